"""KPIs: their definitions, the card of one subject, commitments, and their stories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.metrics.api.board import Board, board_of
from services.metrics.api.calendars import calendar_as_of, members_of
from services.metrics.api.definitions import DefinedKpi, definitions
from services.metrics.api.promises import Promised, promises
from services.metrics.api.stories import story_of
from services.metrics.domain.attainment import Yardstick, due_by
from services.metrics.domain.errors import KpiIsUnknown
from shared.http.reading import AsOf, Reading

router = APIRouter(tags=["queries"])

VERSIONS = """
SELECT *, lower(during) AS said_at FROM measurement
WHERE subject_id = %(subject)s AND kpi_id = ANY(%(kpis)s)
  AND lower(during) <= %(moment)s::timestamptz
  AND entry_id IN (SELECT entry_id FROM measurement
                   WHERE subject_id = %(subject)s AND kpi_id = ANY(%(kpis)s)
                     AND lower(during) <= %(moment)s::timestamptz
                     AND observed_on BETWEEN %(first)s AND %(last)s)
ORDER BY rank, lower(during)
"""
STREAMS = """
SELECT ledger_id AS stream FROM kpi_ledger
WHERE kpi_id = ANY(%(kpis)s) AND subject_id = %(subject)s
UNION ALL SELECT commitment_id FROM commitment
WHERE upper_inf(during) AND kpi_id = %(kpi)s AND subject_id = %(subject)s
"""
SAID = ("value", "period", "observed_on")
FIRST = ("entry_id", "kpi_id", "source", "origin", "external_id", "note")
ON_TIME = timedelta(days=1)


@router.get("/kpis")
def kpis(reading: AsOf) -> dict[str, Any]:
    """Every KPI with the definition that holds, by code."""
    return reading.told(items=[kpi.told() for kpi in definitions(reading).values()])


@router.get("/kpis/{kpi_id}")
def card(reading: AsOf, kpi_id: UUID, subject: UUID, period: str) -> dict[str, Any]:
    """One KPI of one subject in a period: promise, figures, series, entries.

    A unit without figures of its own shows what its people come to together.
    """
    calendar = calendar_as_of(reading)
    named = calendar.named(period)
    reading = replace(reading, on=min(reading.on, named.last))
    members = members_of(reading, subject)
    subjects = {subject, *(one.id for one in members)}
    promised = promises(reading, subjects=[subject], period=named.code)
    board = board_of(reading, calendar, named, promised, subjects)
    kpi = _known(board, kpi_id)
    promise = board.promised.get((kpi_id, subject))
    people = [one.id for one in members if one.kind == "person"]
    kind = "unit" if len(members) > 1 else "person"
    if promise is not None:
        kind = promise.row["subject_kind"]
    return reading.told(
        **kpi.told(),
        subject={"kind": kind, "id": subject},
        period=named.model_dump(),
        **board.unit_cell(kpi, subject, people),
        commitment=_commitment(promise),
        series={"actual": _series(board, kpi, subject), "plan": _plan(board, kpi, promise)},
        entries=_entries(reading, board, kpi, subject),
    )


@router.get("/kpis/{kpi_id}/story")
def story(
    reading: AsOf, kpi_id: UUID, subject: UUID | None = None, figures: bool = True
) -> dict[str, Any]:
    """What happened to a KPI, and to one subject's promises and figures, in sentences.

    Without ``figures`` only what was defined, promised, corrected and sealed.
    """
    kpi = definitions(reading, [kpi_id]).get(kpi_id)
    if kpi is None:
        raise KpiIsUnknown(field="kpi_id")
    asked = {"kpi": kpi_id, "kpis": list(kpi.components), "subject": subject}
    streams = [row["stream"] for row in reading.rows(STREAMS, asked)]
    return reading.told(items=story_of(reading, [kpi_id, *streams], figures=figures))


@router.get("/commitments")
def commitments(
    reading: AsOf,
    subject: UUID | None = None,
    period: str | None = None,
    state: str | None = None,
) -> dict[str, Any]:
    """Commitments of a subject, of a period or in a state: offered, agreed, disputed."""
    wanted = None if subject is None else [subject]
    found = promises(reading, subjects=wanted, period=period, state=state)
    items = [
        {
            "id": one.row["commitment_id"],
            "kpi": one.row["kpi_id"],
            "subject": {"kind": one.row["subject_kind"], "id": one.row["subject_id"]},
            "period": {word: one.row[word] for word in ("first", "last")}
            | {"code": one.row["period"]},
            **(_commitment(one) or {}),
        }
        for one in found
    ]
    return reading.told(items=items)


def _known(board: Board, kpi_id: UUID) -> DefinedKpi:
    try:
        return board.kpis[kpi_id]
    except KeyError:
        raise KpiIsUnknown(field="kpi_id") from None


def _commitment(promise: Promised | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    row, agreements = promise.row, promise.agreements
    return {
        "id": row["commitment_id"],
        "status": row["state"],
        "disputed_for": row["disputed_for"],
        "agreed_on": agreements[-1]["recorded_at"] if agreements else None,
        "baseline": {
            word: row[f"baseline_{word}"]
            for word in ("value", "taken_from", "method", "reason", "evidence")
        },
        "baseline_original": {word: row[f"original_{word}"] for word in ("value", "taken_from")},
        "terms": promise.history(),
        "suspended": sorted(promise.suspended),
    }


def _series(board: Board, kpi: DefinedKpi, subject: UUID) -> list[dict[str, Any]]:
    """Each measured day of the first component, with the aggregate reached by then."""
    return [
        {
            "on": value.observed_on,
            "period": value.period,
            "value": value.value if len(kpi.components) == 1 else None,
            "cumulative": board.figures.until(kpi, subject, value.observed_on),
        }
        for value in board.figures.of(kpi.components[-1], subject)
    ]


def _plan(board: Board, kpi: DefinedKpi, promise: Promised | None) -> list[dict[str, Any]]:
    """What of the target is due on the first and last day and at each point of its plan."""
    agreed = promise.on(board.on) if promise else None
    if agreed is None or agreed.terms.target is None:
        return []
    terms, target, window = agreed.terms, agreed.terms.target, board.period
    days = sorted({window.first, *(point.on for point in terms.plan), window.last})
    said = kpi.definition
    return [
        {
            "on": day,
            "value": due_by(target, terms, Yardstick(said.direction, said.over_time, window, day)),
        }
        for day in days
    ]


def _entries(
    reading: Reading, board: Board, kpi: DefinedKpi, subject: UUID
) -> list[dict[str, Any]]:
    window = {"first": board.period.first, "last": board.period.last}
    asked = {"kpis": list(kpi.components), "subject": subject, **window}
    by_entry: dict[UUID, list[dict[str, Any]]] = {}
    for row in reading.rows(VERSIONS, asked):
        by_entry.setdefault(row["entry_id"], []).append(row)
    return [_entry(reading, versions) for versions in by_entry.values()]


def _entry(reading: Reading, versions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    first, now = versions[0], versions[-1]
    recorded_on = first["first_recorded_at"].astimezone(reading.reads.time_zone).date()
    return {
        **{word: first[word] for word in FIRST},
        **{word: now[word] for word in SAID},
        "recorded_at": first["first_recorded_at"],
        "actor": first["on_behalf_of"] or first["actor"],
        "late": recorded_on > first["observed_on"] + ON_TIME,
        "after_sealing": any(version["after_sealing"] for version in versions),
        "withdrawn": now["withdrawn"],
        "corrections": [
            {
                "from": before["value"],
                "value": after["value"],
                "withdrawn": after["withdrawn"],
                "reason": after["reason"],
                "recorded_at": after["said_at"],
                "actor": after["said_for"] or after["said_by"],
            }
            for before, after in pairwise(versions)
        ],
    }
