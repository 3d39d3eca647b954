"""Commitments as known at an instant: what was offered, agreed and suspended."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.metrics.domain.terms import AgreedTerms, Terms, in_force
from shared.http.reading import Reading
from shared.kernel.periods import Period

COMMITMENTS = """
SELECT * FROM commitment WHERE during @> %(moment)s::timestamptz
  AND (%(subjects)s::uuid[] IS NULL OR subject_id = ANY(%(subjects)s))
  AND (%(period)s::text IS NULL OR period = %(period)s)
  AND (%(kpi)s::uuid IS NULL OR kpi_id = %(kpi)s)
  AND (%(state)s::text IS NULL OR state = %(state)s)
ORDER BY period, subject_id, kpi_id
"""
STATED = """
SELECT * FROM {table} WHERE commitment_id = ANY(%(ids)s)
  AND recorded_at <= %(moment)s::timestamptz ORDER BY recorded_at
"""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Promised:
    """One commitment with its terms in order, those agreed in order of agreeing, and days out."""

    row: Row
    terms: Mapping[int, Row]
    agreements: Sequence[Row]
    suspended: frozenset[date]

    @property
    def agreed(self) -> list[AgreedTerms]:
        """The terms agreed so far, in the order of agreeing."""
        return [self._agreed(row["number"]) for row in self.agreements]

    def on(self, day: date) -> AgreedTerms | None:
        """The terms that hold on a day."""
        return in_force(self.agreed, day)

    @property
    def original(self) -> AgreedTerms | None:
        """The terms agreed first."""
        return self.agreed[0] if self.agreements else None

    def history(self) -> list[dict[str, Any]]:
        """Every set of terms that was put, with who, when, why, and when it was agreed."""
        agreed_at = {row["number"]: row["recorded_at"] for row in reversed(self.agreements)}
        return [
            {
                "number": number,
                **{word: row["terms"][word] for word in ("threshold", "target", "stretch")},
                "low": row["terms"]["low"],
                "high": row["terms"]["high"],
                "plan": row["terms"]["plan"],
                "share": row["terms"]["share"],
                **{word: row[word] for word in ("effective_from", "recorded_at", "reason")},
                "category": row["category"],
                "retroactive": row["retroactive"],
                "actor": row["on_behalf_of"] or row["actor"],
                "agreed_at": agreed_at.get(number),
            }
            for number, row in self.terms.items()
        ]

    def _agreed(self, number: int) -> AgreedTerms:
        row = self.terms[number]
        return AgreedTerms(number, Terms.model_validate(row["terms"]), row["effective_from"])


def promises(
    reading: Reading,
    *,
    subjects: Collection[UUID] | None = None,
    period: str | None = None,
    kpi: UUID | None = None,
    state: str | None = None,
) -> list[Promised]:
    """The commitments asked for, in four queries however many they are."""
    wanted = None if subjects is None else list(subjects)
    asked = {"subjects": wanted, "period": period, "kpi": kpi, "state": state}
    rows = reading.rows(COMMITMENTS, asked)
    ids = [row["commitment_id"] for row in rows]
    terms, agreements, days = (
        _stated(reading, table, ids)
        for table in ("commitment_terms", "commitment_agreement", "commitment_suspension")
    )
    return [
        Promised(
            row,
            {said["number"]: said for said in terms[row["commitment_id"]]},
            agreements[row["commitment_id"]],
            _days(days[row["commitment_id"]]),
        )
        for row in rows
    ]


def _stated(reading: Reading, table: str, ids: list[UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in reading.rows(STATED.format(table=table), {"ids": ids}) if ids else ():
        found[row["commitment_id"]].append(row)
    return found


def _days(rows: Sequence[Row]) -> frozenset[date]:
    stretches = (Period(first=row["first"], last=row["last"]) for row in rows)
    return frozenset(day for stretch in stretches for day in stretch.each_day())
