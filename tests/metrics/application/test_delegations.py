"""Acting for somebody else about figures, over HTTP: segregation of duties looks at both."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.metrics.application.check_ins import ledger_of
from shared.kernel.actors import Actor, person
from tests.support.delegations import let
from tests.support.house import running, speaking
from tests.support.metrics_world import (
    CHEN,
    CUSTOMERS,
    EAST,
    HU,
    LI,
    OWNER,
    REVENUE,
    SALES,
    WU,
    World,
    a_world,
)
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with running(module_databases, "directory", "goals", "metrics") as house:
        made = a_world(house)
        first = made.today.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        named = {"code": "D0", "kind": "month", "first": str(first), "last": str(last)}
        with speaking(house, "directory") as directory:
            directory.done("define-periods", {"periods": [named]})
        made.settle()
        yield made


def offer(world: World, who: Actor, kind: str, subject: UUID) -> str:
    """What was said against an offer; nothing when it was taken."""
    about = {"kpi_id": str(REVENUE), "subject": {"kind": kind, "id": str(subject)}, "period": "D0"}
    return code(world, who, "offer-commitments", {"offers": [about | {"terms": {"target": "9"}}]})


def code(world: World, who: Actor, command: str, body: dict[str, Any]) -> str:
    with world.speaking(who) as me:
        answer = me.ask(command, body)
    assert answer.status_code in (200, 403), answer.text
    return str(answer.json().get("code", ""))


def test_a_deputy_checks_in_for_whoever_answers_and_both_are_named(world: World) -> None:
    said = {"key_result_id": str(CUSTOMERS), "confidence": 5, "progress": "as agreed"}
    assert (
        code(world, let(world.house, CHEN, WU, "metrics"), "check-in", {"check_ins": [said]}) == ""
    )
    recorded = world.house.services["metrics"].journal.history(ledger_of(CUSTOMERS))[-1]
    assert (recorded.envelope.actor.person, recorded.envelope.actor.hand) == (str(CHEN), str(WU))
    assert recorded.envelope.rule == "check-in:responsible"
    world.settle()
    for service in ("metrics", "goals"):
        with speaking(world.house, service, let(world.house, CHEN, WU)) as me:
            line = me.read(f"/key-results/{CUSTOMERS}/story")["items"][-1]
        assert line["sentence"].endswith("({hand} did this for {giver}.)"), service
        assert (line["people"]["hand"], line["people"]["giver"]) == (str(WU), str(CHEN))


def test_nobody_sets_terms_of_their_own_by_standing_in_for_their_manager(world: World) -> None:
    assert offer(world, let(world.house, LI, CHEN), "person", CHEN) == "OwnFigures"
    assert offer(world, let(world.house, OWNER, CHEN), "person", CHEN) == "OwnFigures"
    assert offer(world, let(world.house, HU, CHEN), "person", CHEN) == "OwnFigures"


def test_nor_does_anybody_for_whoever_they_stand_in_for(world: World) -> None:
    assert offer(world, let(world.house, CHEN, HU), "person", CHEN) == "OwnFigures"


def test_a_head_sets_no_terms_of_their_unit_in_any_name(world: World) -> None:
    assert offer(world, let(world.house, HU, LI), "unit", SALES) == "OwnFigures"
    assert offer(world, let(world.house, HU, LI), "unit", EAST) == ""


def test_a_promise_is_given_by_whoever_makes_it_and_by_no_delegate(world: World) -> None:
    about = {"kpi_id": str(REVENUE), "subject": {"kind": "person", "id": str(CHEN)}, "period": "D0"}
    assert offer(world, let(world.house, LI, WU), "person", CHEN) == ""
    wu = let(world.house, CHEN, WU)
    assert code(world, wu, "agree-to-commitments", {"commitments": [about]}) == "InPersonOnly"
    disputed = {"disputes": [about | {"reason": "Too much."}]}
    assert code(world, wu, "dispute-commitments", disputed) == "InPersonOnly"
    assert code(world, person(CHEN), "agree-to-commitments", {"commitments": [about]}) == ""
