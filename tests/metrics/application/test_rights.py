"""Who may speak about figures, and by which rule; who may read what is said of key results."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.metrics.application.check_ins import ledger_of
from services.metrics.application.commitments import commitment_of
from services.metrics.application.kpis import kpi_of
from shared.kernel.actors import Actor, person, service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.metrics_world import (
    CHEN,
    CUSTOMERS,
    CYCLE,
    EAST,
    HU,
    LI,
    OWNER,
    REVENUE,
    SALES,
    WU,
    ZHAO,
    World,
    a_world,
)
from tests.support.postgres import Databases

SECRET, MATRIX, AUDITOR = (id_of("test", name) for name in ("secret", "matrix", "auditor"))
TARGET = {"target": "100"}


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with running(module_databases, "directory", "goals", "metrics") as house:
        made = a_world(house)
        _also_works_here(made)
        _keep_to_themselves(made)
        made.settle()
        yield made


def _also_works_here(world: World) -> None:
    usual = {"name": "王", "name_en": "Wang", "effective_from": "2026-01-01"}
    people = [
        {"person_id": str(MATRIX), **usual},
        {"person_id": str(AUDITOR), **usual, "roles": [{"role": "auditor"}]},
        {
            "person_id": str(CHEN),
            **usual,
            "posts": [{"unit_id": str(EAST), "title": "sales"}],
            "managers": [
                {"manager_id": str(LI)},
                {"kind": "functional", "manager_id": str(MATRIX)},
            ],
        },
    ]
    with speaking(world.house, "directory") as directory:
        directory.done("register-people", {"people": people})
    world.settle()


def _keep_to_themselves(world: World) -> None:
    """Chen publishes a private objective with one key result."""
    key_result = {
        "key_result_id": str(SECRET),
        "title": "Win the merger",
        "responsible_id": str(CHEN),
        "measure": {"type": "metric", "baseline": "0", "target": "10"},
    }
    objective = {
        "objective_id": str(uuid4()),
        "cycle_id": str(CYCLE),
        "title": "Prepare what nobody knows yet",
        "level": "person",
        "holder": {"kind": "person", "id": str(CHEN)},
        "responsible_id": str(CHEN),
        "kind": "committed",
        "visibility": "private",
        "key_results": [key_result],
    }
    with speaking(world.house, "goals") as goals:
        goals.done("draft-objectives", {"objectives": [objective]})
        goals.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    world.settle()
    with world.speaking(person(CHEN)) as chen:
        chen.done("check-in", {"check_ins": [{"key_result_id": str(SECRET), "value": "3"}]})


def on(kind: str, subject: UUID, period: str) -> dict[str, Any]:
    return {
        "kpi_id": str(REVENUE),
        "subject": {"kind": kind, "id": str(subject)},
        "period": period,
    }


def rules(world: World, stream: UUID) -> set[str | None]:
    facts = world.house.services["metrics"].journal.history(stream)
    return {one.envelope.rule for one in facts}


@pytest.fixture(scope="module")
def periods(world: World) -> list[str]:
    """Months of the calendar, one for each who sets terms."""
    first = world.today.replace(day=1)
    months = [(first + timedelta(days=32 * n)).replace(day=1) for n in range(8)]
    named = [
        {
            "code": f"R{n}",
            "kind": "month",
            "first": str(month),
            "last": str((month + timedelta(days=32)).replace(day=1) - timedelta(days=1)),
        }
        for n, month in enumerate(months)
    ]
    with speaking(world.house, "directory") as directory:
        directory.done("define-periods", {"periods": named})
    world.settle()
    return [one["code"] for one in named]


@pytest.mark.parametrize(
    ("n", "who", "kind", "subject", "rule"),
    [
        (0, person(OWNER), "person", CHEN, "owner"),
        (1, person(LI), "person", CHEN, "above"),
        (2, person(HU), "person", CHEN, "keeper"),
        (3, service("import"), "person", CHEN, "service"),
        (4, service("import", CHEN), "person", WU, "console"),
        (5, person(LI), "unit", EAST, "head-above"),
    ],
    ids=["owner", "manager", "hr", "system", "import", "head above"],
)
def test_terms_are_set_by_who_answers_for_the_figures_and_the_rule_is_recorded(
    world: World, periods: list[str], n: int, who: Actor, kind: str, subject: UUID, rule: str
) -> None:
    with world.speaking(who) as me:
        offer = on(kind, subject, periods[n]) | {"terms": TARGET}
        me.done("offer-commitments", {"offers": [offer]})
    stream = commitment_of(REVENUE, subject, periods[n])
    assert rules(world, stream) == {f"offer-commitments:{rule}"}


@pytest.mark.parametrize(
    ("who", "kind", "subject", "code"),
    [
        (person(CHEN), "person", CHEN, "OwnFigures"),
        (service("import", CHEN), "person", CHEN, "OwnFigures"),
        (person(LI), "unit", SALES, "OwnFigures"),
        (person(WU), "person", CHEN, "NotYourFigures"),
        (person(ZHAO), "person", CHEN, "NotYourFigures"),
        (person(AUDITOR), "person", CHEN, "NotYourFigures"),
    ],
    ids=["themselves", "by import", "the head", "colleague", "champion", "auditor"],
)
def test_nobody_else_sets_terms_and_nobody_their_own(
    world: World, periods: list[str], who: Actor, kind: str, subject: UUID, code: str
) -> None:
    with world.speaking(who) as me:
        offer = on(kind, subject, periods[6]) | {"terms": TARGET}
        answer = me.ask("offer-commitments", {"offers": [offer]})
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert answer.json()["field"] == "offers[0]"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [(HU, True), (CHEN, False), (LI, False), (OWNER, False), (AUDITOR, False)],
    ids=["hr", "employee", "head", "owner of another", "auditor"],
)
def test_kpis_are_defined_by_keepers(world: World, who: UUID, allowed: bool) -> None:
    code = f"K-{who.hex[:8]}"
    definition = {
        "code": code,
        "name_zh": "件数",
        "name_en": "Pieces",
        "unit": "pieces",
        "direction": "higher",
        "over_time": "sum",
        "frequency": "month",
        "owner_id": str(who),
    }
    with world.speaking(person(who)) as me:
        answer = me.ask("define-kpis", {"definitions": [definition]})
    assert answer.status_code == (200 if allowed else 403), answer.text
    assert rules(world, kpi_of(code)) == ({"define-kpis:keeper"} if allowed else set())


@pytest.mark.parametrize(
    ("who", "rule"),
    [(CHEN, "responsible"), (LI, "above"), (ZHAO, "champion")],
    ids=["responsible", "manager", "champion"],
)
def test_check_ins_come_from_the_responsible_those_above_and_the_champion(
    world: World, who: UUID, rule: str
) -> None:
    before = len(world.house.services["metrics"].journal.history(ledger_of(CUSTOMERS)))
    said = {"key_result_id": str(CUSTOMERS), "confidence": 5, "progress": rule}
    with world.speaking(person(who)) as me:
        me.done("check-in", {"check_ins": [said]})
    facts = world.house.services["metrics"].journal.history(ledger_of(CUSTOMERS))[before:]
    assert {one.envelope.rule for one in facts} == {f"check-in:{rule}"}


@pytest.mark.parametrize("who", [WU, HU, AUDITOR], ids=["colleague", "hr", "auditor"])
def test_nobody_else_checks_in(world: World, who: UUID) -> None:
    said = {"key_result_id": str(CUSTOMERS), "confidence": 5}
    with world.speaking(person(who)) as me:
        assert me.ask("check-in", {"check_ins": [said]}).json()["code"] == "NotAskedToCheckIn"


@pytest.mark.parametrize("part", ["check-ins", "story"])
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (person(CHEN), True),
        (person(LI), True),
        (person(MATRIX), True),
        (person(ZHAO), True),
        (person(HU), True),
        (person(AUDITOR), True),
        (service("import"), True),
        (person(WU), False),
        (person(OWNER), False),
    ],
    ids=[
        "holder",
        "manager",
        "functional manager",
        "champion",
        "hr",
        "auditor",
        "service",
        "colleague",
        "stranger",
    ],
)
def test_what_is_said_of_a_private_objective_is_read_by_who_may_see_it(
    world: World, part: str, who: Actor, seen: bool
) -> None:
    with world.speaking(who) as me:
        hidden = me.get(f"/key-results/{SECRET}/{part}")
        open_to_all = me.read(f"/key-results/{CUSTOMERS}/{part}")
    assert hidden.status_code == (200 if seen else 404)
    assert bool(hidden.json().get("items")) == seen
    assert "items" in open_to_all


def test_whoever_does_not_work_here_reads_nothing(world: World) -> None:
    with world.speaking(person(uuid4())) as me:
        for path in ("/kpis", "/commitments", f"/key-results/{CUSTOMERS}/check-ins"):
            assert me.get(path).json()["code"] == "NoLongerHere"
