"""Results worked out at reading: from the rows of appraisals, schemes and KPIs as of an instant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.appraisal.api.evidence import SqlKpis
from services.appraisal.domain.appraising import Days, Known, appraise, governing
from services.appraisal.domain.facts import Plan
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.totals import Judgement, Mark, Result
from shared.http.reading import Reading

Versions = Mapping[tuple[UUID, int], dict[str, Any]]


@dataclass(frozen=True)
class Standing:
    """One appraisal as it stands: its row, plan, schemes, what people added, and the result.

    ``result`` is the sealed one where there is one; ``live`` is worked out from KPIs in any case.
    """

    row: dict[str, Any]
    plan: Plan
    scheme: dict[str, Any]
    rules: Rules
    extras: list[dict[str, Any]]
    live: Result
    known: Known

    @property
    def sealed(self) -> bool:
        """Whether the figures are frozen."""
        return self.row["result"] is not None

    @property
    def result(self) -> Result:
        """The result that holds: sealed, else live."""
        return Result.model_validate(self.row["result"]) if self.sealed else self.live


def standings(reading: Reading, rows: Sequence[dict[str, Any]]) -> list[Standing]:
    """How these appraisals stand, with a constant number of queries."""
    plans = [Plan.model_validate(row["plan"]) for row in rows]
    versions = _versions(reading)
    rules = {key: Rules.model_validate(row["rules"]) for key, row in versions.items()}
    known = SqlKpis(reading.reads.pool, reading.moment).known(plans, rules)
    extras = _extras(reading, rows)
    return [
        _standing(reading, row, plan, versions, rules, extras[row["appraisal"]], known)
        for row, plan in zip(rows, plans, strict=True)
    ]


def _standing(
    reading: Reading,
    row: dict[str, Any],
    plan: Plan,
    versions: Versions,
    rules: Mapping[tuple[UUID, int], Rules],
    extras: list[dict[str, Any]],
    known: Known,
) -> Standing:
    by_segment = [rules[s.scheme, s.scheme_version] for s in plan.segments]
    governs = plan.governing
    days = Days(
        until=min(reading.on, plan.last), today=_today(reading), zone=reading.reads.time_zone
    )
    return Standing(
        row=row,
        plan=plan,
        scheme=versions[governs.scheme, governs.scheme_version],
        rules=governing(plan, by_segment),
        extras=extras,
        live=appraise(plan, by_segment, _judgement(row, extras), known, days),
        known=known,
    )


def _today(reading: Reading) -> date:
    if reading.as_of is None:
        return reading.reads.clock.today()
    instant: date = reading.as_of.astimezone(reading.reads.time_zone).date()
    return instant


def _versions(reading: Reading) -> dict[tuple[UUID, int], dict[str, Any]]:
    rows = reading.rows(
        "SELECT scheme, version, code, title, template, from_day, rules FROM scheme_versions"
        " WHERE during @> %(moment)s::timestamptz"
    )
    return {(row["scheme"], row["version"]): row for row in rows}


def _extras(
    reading: Reading, rows: Sequence[Mapping[str, Any]]
) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    query = (
        "SELECT appraisal, entry, kind, points, author, reason, given_at FROM extras"
        " WHERE during @> %(moment)s::timestamptz AND appraisal = ANY(%(ids)s) ORDER BY given_at"
    )
    for row in reading.rows(query, {"ids": [row["appraisal"] for row in rows]}):
        found[row.pop("appraisal")].append(row)
    return found


def _judgement(row: Mapping[str, Any], extras: Sequence[Mapping[str, Any]]) -> Judgement:
    def total(kind: str) -> Decimal:
        return sum((extra["points"] for extra in extras if extra["kind"] == kind), Decimal(0))

    return Judgement(
        self_marks=_marks(row["self_review"]),
        manager_marks=_marks(row["manager_review"]),
        bonus=total("bonus"),
        deduction=total("deduction"),
        veto=any(extra["kind"] == "veto" for extra in extras),
    )


def _marks(review: Mapping[str, Any] | None) -> tuple[Mark, ...] | None:
    return tuple(map(Mark.model_validate, review["marks"])) if review else None
