"""Forgetting and legal holds over HTTP."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from shared.kernel.actors import person, service
from shared.kernel.erased import ERASED
from tests.support.children import until
from tests.support.directory import SINCE, refused, somebody
from tests.support.house import At, House, running, speaking
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as house:
        yield house


@pytest.fixture
def console(house: House) -> Iterator[At]:
    with speaking(house, "directory", service("host")) as at:
        yield at


def gone(console: At, **said: str) -> str:
    """Someone who has left."""
    one = somebody(**said)
    console.done("register-people", {"people": [one]})
    last = {"person_id": one["person_id"], "last_day": SINCE}
    console.done("end-employment", last)
    return str(one["person_id"])


def forgotten(console: At, who: str) -> bool:
    forgetting = console.read(f"/personal/{who}")["forgetting"]
    return bool(forgetting and forgetting["finished_at"])


def test_who_has_left_is_forgotten_and_the_tables_follow(console: At) -> None:
    who = gone(console, name="李明", name_en="Li Ming")
    held = console.read(f"/personal/{who}")
    assert held["facts"] == {"directory.Person.Named": 1}
    assert held["requests"] == 1
    assert held["forgetting"] is None
    console.done("forget-person", {"person_id": who, "reason": "Asked for."})
    until(lambda: forgotten(console, who), 20, "the tables follow")
    told = console.read(f"/people/{who}")["person"]
    assert (told["name"], told["name_en"]) == (ERASED, ERASED)
    assert console.read(f"/personal/{who}")["requests"] == 0


def test_whoever_was_forgotten_is_not_registered_again(console: At) -> None:
    one = somebody()
    console.done("register-people", {"people": [one]})
    last = {"person_id": one["person_id"], "last_day": SINCE}
    console.done("end-employment", last)
    console.done("forget-person", {"person_id": one["person_id"], "reason": "Asked for."})
    again = {"people": [{**one, "effective_from": "2026-10-01"}]}
    refused(console.ask("register-people", again), "AlreadyForgotten", "person_id")


def test_nobody_who_works_here_is_forgotten(console: At) -> None:
    one = somebody()
    console.done("register-people", {"people": [one]})
    body = {"person_id": one["person_id"], "reason": "Asked for."}
    refused(console.ask("forget-person", body), "StillWorksHere", "person_id")


def test_a_legal_hold_stands_until_it_is_released(console: At) -> None:
    who, hold = gone(console), str(uuid4())
    asked = {"person_id": who, "hold_id": hold, "reason": "A case is pending."}
    console.done("place-legal-hold", asked)
    (told,) = console.read("/legal-holds", person=who)["legal_holds"]
    assert (told["hold_id"], told["reason"], told["placed_by"]) == (hold, asked["reason"], "host")
    body = {"person_id": who, "reason": "Asked for."}
    refused(console.ask("forget-person", body), "HeldByLaw", "person_id")
    console.done("release-legal-hold", {**asked, "reason": "The case is closed."})
    assert console.read("/legal-holds", person=who)["legal_holds"] == []
    console.done("forget-person", body)


@pytest.mark.parametrize("command", ["forget-person", "place-legal-hold", "release-legal-hold"])
def test_nobody_without_the_right_asks_for_it(house: House, console: At, command: str) -> None:
    who = gone(console)
    body = {"person_id": who, "reason": "So."}
    if "hold" in command:
        body["hold_id"] = str(uuid4())
    with speaking(house, "directory", person(uuid4())) as anybody:
        assert anybody.ask(command, body).status_code == 403
        assert anybody.get(f"/personal/{who}").status_code == 403
        assert anybody.get("/legal-holds").status_code == 403
