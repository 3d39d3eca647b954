"""What is published about people, units and the calendar never changes its shape."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts import organisation as o
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
UNIT, BOSS, COMPANY = (UUID(int=n) for n in range(1, 4))
FROM, LAST = date(2026, 7, 1), date(2026, 9, 30)
EXAMPLES: list[Contract] = [
    o.PersonEmployed(employed_from=FROM),
    o.EmploymentEnded(last_day=LAST),
    o.PersonDeactivated(),
    o.PersonReactivated(),
    o.PersonHandedOver(to=BOSS, effective_from=FROM),
    o.PersonForgotten(),
    o.LegalHoldPlaced(hold_id=UUID(int=8), reason="A case is pending."),
    o.LegalHoldReleased(hold_id=UUID(int=8), reason="The case is closed."),
    o.PersonNamed(name="陈晓", name_en="Chen Xiao"),
    o.PersonLocalised(locale="zh-CN", time_zone="Asia/Shanghai"),
    o.PostAssigned(unit_id=UNIT, title="Sales rep", share=10_000, effective_from=FROM),
    o.PostEnded(unit_id=UNIT, last_day=LAST),
    o.ManagerAssigned(kind="line", manager_id=BOSS, effective_from=FROM),
    o.ManagerEnded(kind="line", last_day=LAST),
    o.DelegationGiven(
        delegation_id=UUID(int=9),
        to=BOSS,
        scope=("goals", "metrics"),
        unit_id=UNIT,
        first=FROM,
        last=LAST,
    ),
    o.DelegationEnded(delegation_id=UUID(int=9)),
    o.RoleGranted(role="hr", unit_id=UNIT, effective_from=FROM, expires_on=LAST),
    o.RoleRevoked(role="hr", unit_id=UNIT),
    o.UnitFounded(
        code="sales",
        kind="department",
        parent_id=COMPANY,
        counts_as_department=True,
        effective_from=FROM,
    ),
    o.UnitNamed(name_zh="销售部", name_en="Sales"),
    o.UnitMoved(parent_id=COMPANY, effective_from=FROM),
    o.HeadAppointed(person_id=BOSS, effective_from=FROM),
    o.ChampionAppointed(person_id=BOSS, effective_from=FROM),
    o.HeadVacated(effective_from=FROM),
    o.ChampionVacated(effective_from=FROM),
    o.UnitClosed(last_day=LAST),
    o.UnitReopened(effective_from=FROM, reason="Demand is back."),
    o.ClosuresMarked(days=(FROM, LAST), reason="Stocktaking"),
    o.ClosuresLifted(days=(LAST,)),
    o.PeriodsDefined(
        periods=(o.CalendarPeriod(code="2026-Q3", kind="quarter", first=FROM, last=LAST),)
    ),
    o.DaysMarked(days=(o.CalendarDay(day=date(2026, 9, 20), kind="make_up"),)),
]

# Records that hold more than they did at first, in full.
GROWN: list[tuple[Contract, str]] = [
    (
        o.RoleGranted(
            role="hr", unit_id=UNIT, effective_from=FROM, expires_on=LAST, reason="She stands in."
        ),
        "cairn.directory.person.role_granted.v1.with-reason.json",
    ),
    (
        o.RoleRevoked(role="hr", unit_id=UNIT, reason="She moved on."),
        "cairn.directory.person.role_revoked.v1.with-reason.json",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_it_is_written_as_it_always_was(example: Contract) -> None:
    golden = json.loads((GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8"))
    written = json.loads(example.model_dump_json())
    assert {name: written[name] for name in golden} == golden
    grown = written.keys() - golden.keys()
    assert {name: written[name] for name in grown} == dict.fromkeys(grown)


@pytest.mark.parametrize(("grown", "file"), GROWN)
def test_what_a_record_grew_by_is_written_as_it_always_was(grown: Contract, file: str) -> None:
    golden = json.loads((GOLDEN / file).read_text(encoding="utf-8"))
    assert json.loads(grown.model_dump_json()) == golden
    assert type(grown).model_validate(golden) == grown


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_what_was_written_can_be_read(example: Contract) -> None:
    golden = (GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8")
    assert type(example).model_validate_json(golden) == example


def test_every_contract_has_its_example() -> None:
    declared = {c for c in vars(o).values() if isinstance(c, type) and issubclass(c, Contract)}
    assert {type(e) for e in EXAMPLES} == {c for c in declared if c.record_name}


def test_names_never_leave_the_directory() -> None:
    assert o.PersonNamed.audience == "own"
    told = {f for e in EXAMPLES if e.audience == "published" for f in type(e).model_fields}
    assert told & {"name", "given_name", "email", "phone"} == set()
