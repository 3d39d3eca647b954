"""A figure opened: the records it rests on, with what they said, when, and by whom."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.appraisal.api.answers import plainly, told
from services.appraisal.domain.figures import ItemFigure
from shared.http.reading import Reading

# By position, whatever became of the entry later: a sealed figure opens into what it was made of.
MEASURED = """
SELECT DISTINCT ON (position) position, stream, version, entry, kpi, subject, value, period,
       observed_on, origin, source, author, corrected, lower(during) AS recorded_at
FROM kpi_entries WHERE position = ANY(%(positions)s) ORDER BY position, lower(during)
"""
PROMISED = """
SELECT commitment, number, period, terms, effective_from, reason, category, offered_by,
       offered_at, agreed_at, records, agreement
FROM commitment_terms
WHERE commitment = %(commitment)s AND during @> %(moment)s::timestamptz ORDER BY number
"""
NAMES = """
SELECT DISTINCT ON (kpi) kpi, code AS kpi_code, name_zh, name_en, unit
FROM kpi_definitions WHERE during @> %(moment)s::timestamptz ORDER BY kpi, definition DESC
"""


def names_of_kpis(reading: Reading) -> dict[UUID, dict[str, Any]]:
    """What KPIs are called, and their units of measure."""
    return {row.pop("kpi"): row for row in reading.rows(NAMES)}


def lineage(reading: Reading, figures: Sequence[ItemFigure]) -> list[dict[str, Any]]:
    """Each figure of a KPI (one per segment) with its measurements and terms."""
    return [
        {
            **plainly(figure.model_dump()),
            "measurements": [told(row) for row in _measured(reading, figure)],
            "terms": _promised(reading, figure),
        }
        for figure in figures
    ]


def _measured(reading: Reading, figure: ItemFigure) -> list[dict[str, Any]]:
    positions = [source.position for source in figure.evidence]
    return reading.rows(MEASURED, {"positions": positions})


def _promised(reading: Reading, figure: ItemFigure) -> list[dict[str, Any]]:
    if figure.commitment is None:
        return []
    return reading.rows(PROMISED, {"commitment": figure.commitment})
