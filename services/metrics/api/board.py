"""The KPI board: KPI × subject for a period, with value, target and where it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.metrics.api.calendars import calendar_as_of, members_of
from services.metrics.api.definitions import DefinedKpi, definitions
from services.metrics.api.figures import Figures, due_codes, figures
from services.metrics.api.promises import Promised, promises
from services.metrics.domain.aggregation import coverage
from services.metrics.domain.attainment import Yardstick, achievement, level
from services.metrics.domain.calendar import Frequency, NamedPeriod
from services.metrics.domain.subjects import Subject
from services.metrics.domain.tenant_calendar import TenantCalendar
from shared.http.reading import AsOf, Reading
from shared.kernel.periods import Period

router = APIRouter(tags=["queries"])

SEALS = """
SELECT DISTINCT kpi_id, subject_id FROM period_seal WHERE subject_id = ANY(%(subjects)s)
  AND recorded_at <= %(moment)s::timestamptz AND first <= %(first)s AND last >= %(last)s
"""


@dataclass(frozen=True)
class Board:
    """All that the cells of a board are worked out from."""

    period: NamedPeriod
    on: date
    kpis: Mapping[UUID, DefinedKpi]
    figures: Figures
    promised: Mapping[tuple[UUID, UUID], Promised]
    sealed: Collection[tuple[UUID, UUID]]
    calendar: TenantCalendar
    _due: dict[object, frozenset[str]] = field(default_factory=dict)

    def due(self, frequency: Frequency, suspended: frozenset[date]) -> frozenset[str]:
        """The periods that are due; the same for most cells, so worked out once."""
        key = frequency, suspended
        if key not in self._due:
            self._due[key] = due_codes(frequency, self.period, self.on, self.calendar, suspended)
        return self._due[key]

    def cell(self, kpi: DefinedKpi, subject: UUID, actual: Decimal | None) -> dict[str, Any]:
        """One KPI of one subject: figure, promise, and how the one stands against the other."""
        promise = self.promised.get((kpi.id, subject))
        agreed = promise.on(self.on) if promise else None
        terms = agreed.terms if agreed else None
        target = terms.target if terms else None
        direction, over_time = kpi.definition.direction, kpi.definition.over_time
        reached = None
        if actual is not None and target is not None:
            reached = achievement(actual, target, direction)
        measured = self.figures.measured(kpi, subject)
        suspended = promise.suspended if promise else frozenset()
        return {
            "kpi": kpi.id,
            "actual": actual,
            **_marks(promise, agreed and agreed.terms),
            "achievement": reached,
            "coverage": coverage(measured, self.due(kpi.definition.frequency, suspended)),
            "level": level(actual, terms, Yardstick(direction, over_time, self.period, self.on)),
            "state": promise.row["state"] if promise else None,
            "sealed": all((part, subject) in self.sealed for part in kpi.components),
        }

    def row(self, subject: Subject) -> dict[str, Any]:
        """All KPIs of one subject."""
        cells = [
            self.cell(kpi, subject.id, self.figures.actual(kpi, subject.id))
            for kpi in self.kpis.values()
        ]
        return {"subject": subject.model_dump(), "cells": cells}

    def unit_cell(
        self, kpi: DefinedKpi, subject: UUID, members: Collection[UUID]
    ) -> dict[str, Any]:
        """One KPI of a unit: its own figure, or else what its people come to together."""
        own = self.figures.actual(kpi, subject)
        if own is not None or not members:
            return self.cell(kpi, subject, own)
        together = self.figures.of_members(kpi, members)
        return {**self.cell(kpi, subject, together), "of_members": True}

    def unit_row(self, unit: UUID, members: Collection[UUID]) -> dict[str, Any]:
        """All KPIs of a unit."""
        cells = [self.unit_cell(kpi, unit, members) for kpi in self.kpis.values()]
        return {"subject": {"kind": "unit", "id": unit}, "cells": cells}


def _marks(promise: Promised | None, terms: Any) -> dict[str, Any]:
    original = promise.original.terms if promise and promise.original else None
    row = promise.row if promise else {}
    return {
        "target": terms.target if terms else None,
        "threshold": terms.threshold if terms else None,
        "stretch": terms.stretch if terms else None,
        "low": terms.low if terms else None,
        "high": terms.high if terms else None,
        "original_target": original.target if original else None,
        "baseline": row.get("baseline_value"),
    }


@router.get("/kpi-board")
def kpi_board(
    reading: AsOf, period: str, unit: UUID | None = None, subject: UUID | None = None
) -> dict[str, Any]:
    """The board of a unit with everyone in it, of one subject, or of all with a commitment."""
    calendar = calendar_as_of(reading)
    named = calendar.named(period)
    reading = replace(reading, on=min(reading.on, named.last))
    asked = _asked(reading, unit, subject)
    wanted = None if asked is None else [one.id for one in asked]
    promised = promises(reading, subjects=wanted, period=named.code)
    subjects = asked if asked is not None else _promising(promised)
    board = board_of(reading, calendar, named, promised, [one.id for one in subjects])
    shown = [one for one in subjects if one.id != unit and (subject or _tells(board, one))]
    rows = [board.row(one) for one in sorted(shown, key=lambda s: (s.kind, str(s.id)))]
    if unit is not None:
        people = {one.id for one in subjects if one.kind == "person"}
        rows.insert(0, board.unit_row(unit, people))
    kpis = [kpi.told() for kpi in board.kpis.values()]
    return reading.told(period=named.model_dump(), kpis=kpis, rows=rows)


def board_of(
    reading: Reading,
    calendar: TenantCalendar,
    period: NamedPeriod,
    promised: Collection[Promised],
    subjects: Collection[UUID],
) -> Board:
    """What is known of these subjects in a period, in a constant number of queries."""
    kpis = definitions(reading)
    begun = reading.on >= period.first
    window = Period(first=period.first, last=min(reading.on, period.last)) if begun else None
    days = {"subjects": list(subjects), "first": period.first, "last": period.last}
    return Board(
        period=period,
        on=min(reading.on, period.last),
        kpis=kpis,
        figures=figures(reading, kpis, subjects, window) if window else Figures({}),
        promised={(p.row["kpi_id"], p.row["subject_id"]): p for p in promised},
        sealed={(row["kpi_id"], row["subject_id"]) for row in reading.rows(SEALS, days)},
        calendar=calendar,
    )


def _asked(reading: Reading, unit: UUID | None, subject: UUID | None) -> list[Subject] | None:
    if unit is not None:
        return members_of(reading, unit)
    return None if subject is None else [Subject(kind="person", id=subject)]


def _promising(promised: Collection[Promised]) -> list[Subject]:
    found = {(p.row["subject_kind"], p.row["subject_id"]) for p in promised}
    return [Subject(kind=kind, id=one) for kind, one in found]


def _tells(board: Board, subject: Subject) -> bool:
    """Whether there is a figure or a promise to show."""
    return any(
        (kpi, subject.id) in board.promised or (kpi, subject.id) in board.figures.values
        for kpi in board.kpis
    )
