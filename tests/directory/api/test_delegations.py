"""For whom somebody may act today, as the directory tells it with the person."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.host.house import House
from shared.kernel.actors import person, service
from tests.support.delegations import let, settle, take_back
from tests.support.house import employ, running, speaking
from tests.support.postgres import Databases

GIVER, LEAVER, RECEIVER = uuid4(), uuid4(), uuid4()


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as standing:
        employ(standing, GIVER, LEAVER, RECEIVER, roles=["employee"])
        yield standing


def held(house: House) -> list[tuple[str, list[str]]]:
    """The givers and areas that the receiver is told of."""
    with speaking(house, "directory", person(RECEIVER)) as me:
        told = me.read(f"/people/{RECEIVER}")["person"]["stands_in_for"]
    return [(one["giver_id"], one["scope"]) for one in told]


def later(house: House, giver: UUID) -> None:
    """One that begins tomorrow."""
    day = house.services["directory"].clock.today() + timedelta(days=1)
    body = {
        "delegation_id": str(uuid4()),
        "person_id": str(giver),
        "to": str(RECEIVER),
        "scope": ["all"],
        "first": str(day),
        "last": str(day),
    }
    with speaking(house, "directory", person(giver)) as me:
        me.done("give-delegation", body)


def test_those_are_told_that_hold_today_from_givers_who_work_here(house: House) -> None:
    assert held(house) == []
    given = let(house, GIVER, RECEIVER, "metrics", "goals")
    let(house, LEAVER, RECEIVER)
    later(house, GIVER)
    everything = [(str(GIVER), ["goals", "metrics"]), (str(LEAVER), ["all"])]
    assert sorted(held(house)) == sorted(everything)
    with speaking(house, "directory", service("import")) as clerk:
        clerk.done("deactivate-people", {"people": [{"person_id": str(LEAVER)}]})
    settle(house)
    assert held(house) == everything[:1]
    take_back(house, given)
    assert held(house) == []
