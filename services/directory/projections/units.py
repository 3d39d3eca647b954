"""Rows about units and the calendar."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.contracts import organisation as say
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

UNIT = Timed(
    "unit",
    ("unit_id",),
    (
        "code",
        "kind",
        "counts_as_department",
        "name_zh",
        "name_en",
        "effective_from",
        "last_day",
        "reopened_from",
    ),
)
CLOSURE = Timed("closure", ("unit_id", "day"), ("reason",))
DAY = Timed("calendar_day", ("day",), ("kind",))


def units(tables: Tables, known: Known) -> None:
    """Units: what they are, and when they are closed."""
    unit, at = known.stream, known.recorded_at
    match known.data:
        case say.UnitFounded() as founded:
            tables.change(UNIT, (unit,), at, **founded.model_dump(exclude={"parent_id"}))
            _below(tables, known, founded.parent_id, founded.effective_from)
        case say.UnitNamed(name_zh=name_zh, name_en=name_en):
            tables.change(UNIT, (unit,), at, name_zh=name_zh, name_en=name_en)
        case say.UnitMoved(parent_id=parent_id, effective_from=day):
            _below(tables, known, parent_id, day)
        case say.UnitClosed(last_day=last_day):
            tables.change(UNIT, (unit,), at, last_day=last_day, reopened_from=None)
        case say.UnitReopened(effective_from=day):
            tables.change(UNIT, (unit,), at, reopened_from=day)
        case say.HeadAppointed(person_id=person_id, effective_from=day):
            _lead(tables, known, "head", person_id, day)
        case say.ChampionAppointed(person_id=person_id, effective_from=day):
            _lead(tables, known, "champion", person_id, day)
        case say.HeadVacated(effective_from=day):
            _lead(tables, known, "head", None, day)
        case say.ChampionVacated(effective_from=day):
            _lead(tables, known, "champion", None, day)


def _below(tables: Tables, known: Known, parent_id: UUID | None, day: date) -> None:
    _from_day(tables, known, "unit_parent", day, {"parent_id": parent_id})


def _lead(tables: Tables, known: Known, part: str, person_id: UUID | None, day: date) -> None:
    _from_day(tables, known, "unit_lead", day, {"part": part, "person_id": person_id})


def _from_day(tables: Tables, known: Known, table: str, day: date, row: dict[str, Any]) -> None:
    when = {"recorded_at": known.recorded_at, "position": known.position}
    tables.insert(table, {"unit_id": known.stream, **row, "effective_from": day, **when})


def calendar(tables: Tables, known: Known) -> None:
    """Named periods, days that depart from the working week, and days on which units rest."""
    at = known.recorded_at
    match known.data:
        case say.PeriodsDefined(periods=periods):
            for period in periods:
                tables.insert("calendar_period", {**period.model_dump(), "recorded_at": at})
        case say.DaysMarked(days=days):
            for day in days:
                tables.change(DAY, (day.day,), at, kind=day.kind)
        case say.ClosuresMarked(days=closed, reason=reason):
            for one in closed:
                tables.change(CLOSURE, (known.stream, one), at, reason=reason)
        case say.ClosuresLifted(days=open_again):
            for one in open_again:
                tables.end(CLOSURE, (known.stream, one), at)
