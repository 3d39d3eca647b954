"""What the tables say about KPIs and people, in words of the domain, as of any instant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from psycopg.rows import dict_row

from services.appraisal.domain.appraising import Known
from services.appraisal.domain.coverage import WorkingDays
from services.appraisal.domain.entries import Entry, Source
from services.appraisal.domain.facts import Plan
from services.appraisal.domain.promises import Commitment, Kpi, Terms
from services.appraisal.domain.rules import Rules
from shared.eventing.recorder import Pool
from shared.kernel.periods import Period

Moment = datetime | str
NOW = "infinity"

# The definition that held on the last day looked at.
DEFINITIONS = """
SELECT DISTINCT ON (kpi) kpi, code, unit, direction, over_time, frequency, grain, sources,
       numerator_id AS numerator, denominator_id AS denominator
FROM kpi_definitions
WHERE during @> %(moment)s::timestamptz AND (effective_from IS NULL OR effective_from <= %(last)s)
ORDER BY kpi, definition DESC
"""
TERMS = """
SELECT t.commitment, t.number, t.kpi, t.subject, t.first, t.last, t.terms, t.effective_from,
       t.agreed_at, t.records, t.agreement
FROM commitment_terms t
WHERE t.during @> %(moment)s::timestamptz AND t.subject = ANY(%(subjects)s)
  AND t.first <= %(last)s AND t.last >= %(first)s
ORDER BY t.commitment, t.number
"""
SUSPENSIONS = """
SELECT commitment, first, last FROM suspensions
WHERE during @> %(moment)s::timestamptz AND commitment = ANY(%(commitments)s)
"""
ENTRIES = """
SELECT kpi, subject, value, period, observed_on, origin, source, rank, stream, position, version
FROM kpi_entries
WHERE during @> %(moment)s::timestamptz AND subject = ANY(%(subjects)s)
  AND observed_on BETWEEN %(first)s AND %(last)s
"""
DAYS = """
SELECT day, kind FROM calendar_days
WHERE during @> %(moment)s::timestamptz AND day BETWEEN %(first)s AND %(last)s
"""


class SqlKpis:
    """KPIs as the followed feed says, through the tables."""

    def __init__(self, pool: Pool, moment: Moment = NOW) -> None:
        self._pool, self._moment = pool, moment

    def at(self, moment: Moment) -> "SqlKpis":
        """The same tables as of another instant."""
        return SqlKpis(self._pool, moment)

    def position(self) -> int:
        """How far the kpis feed was followed."""
        return int(self._rows("SELECT position FROM kpis.follower")[0]["position"])

    def known(self, plans: Sequence[Plan], rules: Mapping[tuple[UUID, int], Rules]) -> Known:
        """Everything that these plans ask for, in a handful of queries however many they are."""
        if not plans or not rules:
            return Known()
        window: dict[str, Any] = {
            "first": min(plan.first for plan in plans),
            "last": max(plan.last for plan in plans),
            "subjects": list({s.kpi_subject for plan in plans for s in plan.segments}),
        }
        return Known(
            kpis={row["kpi"]: Kpi(**row) for row in self._rows(DEFINITIONS, window)},
            entries=self._entries(window),
            commitments=self._commitments(window),
            working=self._working(window),
        )

    def _entries(self, window: Mapping[str, Any]) -> dict[tuple[UUID, UUID], tuple[Entry, ...]]:
        found: dict[tuple[UUID, UUID], list[Entry]] = defaultdict(list)
        for row in self._rows(ENTRIES, window):
            found[row["kpi"], row["subject"]].append(_entry(row))
        return {key: tuple(entries) for key, entries in found.items()}

    def _commitments(
        self, window: Mapping[str, Any]
    ) -> dict[tuple[UUID, UUID], tuple[Commitment, ...]]:
        by_commitment: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows(TERMS, window):
            by_commitment[row["commitment"]].append(row)
        suspended: dict[UUID, list[Period]] = defaultdict(list)
        for row in self._rows(SUSPENSIONS, {"commitments": list(by_commitment)}):
            suspended[row["commitment"]].append(Period(first=row["first"], last=row["last"]))
        found: dict[tuple[UUID, UUID], list[Commitment]] = defaultdict(list)
        for commitment, rows in by_commitment.items():
            one = rows[0]
            found[one["kpi"], one["subject"]].append(
                Commitment(
                    commitment=commitment,
                    period=Period(first=one["first"], last=one["last"]),
                    terms=tuple(map(_terms, rows)),
                    suspended=tuple(suspended[commitment]),
                )
            )
        return {key: tuple(commitments) for key, commitments in found.items()}

    def _working(self, window: Mapping[str, Any]) -> WorkingDays:
        marked: dict[str, set[date]] = {"day_off": set(), "make_up": set(), "working": set()}
        for row in self._rows(DAYS, window):
            marked[row["kind"]].add(row["day"])
        return WorkingDays(off=frozenset(marked["day_off"]), make_up=frozenset(marked["make_up"]))

    def _rows(self, query: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            asked = {"moment": self._moment, **(params or {})}
            return cursor.execute(cast("Any", query), asked).fetchall()


def _entry(row: Mapping[str, Any]) -> Entry:
    source = Source.model_construct(
        feed="kpis", position=row["position"], stream=row["stream"], version=row["version"]
    )
    return Entry(
        value=row["value"],
        period=row["period"],
        observed_on=row["observed_on"],
        origin=row["origin"],
        source=row["source"],
        rank=row["rank"],
        said_by=source,
    )


def _terms(row: Mapping[str, Any]) -> Terms:
    says = dict(row["terms"])
    plan, share = says.pop("plan", ()), says.pop("share", 1)
    records = [Source.model_validate(r) for r in (row["records"], row["agreement"]) if r]
    return Terms.model_validate(
        {
            "number": row["number"],
            "bounds": says,
            "plan": plan,
            "share": share,
            "effective_from": row["effective_from"],
            "agreed_at": row["agreed_at"],
            "records": records,
        }
    )
