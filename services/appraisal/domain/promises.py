"""What a person and their manager agreed on for a KPI, and which terms an appraisal goes by."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.appraisal.domain.achievement import Direction
from services.appraisal.domain.coverage import Frequency, PlanPoint
from services.appraisal.domain.entries import Grain, OverTime, Source
from services.appraisal.domain.presets import Bounds
from services.appraisal.domain.values import Value
from shared.kernel.periods import Period


class Kpi(Value):
    """A KPI's definition as far as points need it."""

    kpi: UUID
    code: str
    unit: str = ""
    direction: Direction
    over_time: OverTime
    frequency: Frequency
    grain: Grain
    sources: tuple[str, ...] = ()
    numerator: UUID | None = None
    denominator: UUID | None = None


class Terms(Value):
    """One version of what was promised: numbered from 1, holding from its day once agreed."""

    number: int
    bounds: Bounds
    plan: tuple[PlanPoint, ...] = ()
    share: Decimal = Decimal(1)
    effective_from: date
    agreed_at: datetime | None = None
    records: tuple[Source, ...] = ()


class Commitment(Value):
    """All terms of one KPI, subject and period, and the days that were taken out of it."""

    commitment: UUID
    period: Period
    terms: tuple[Terms, ...]
    suspended: tuple[Period, ...] = ()

    def appraised(self, last: date, end_of_last: datetime) -> Terms | None:
        """The terms last agreed on the stretch's last day, and in force by then.

        Agreed only afterwards, they count when nothing had been agreed in time (the first so
        agreed): a late signature must not leave someone without a target, and must not move one.
        """
        agreed = [t for t in self.terms if t.agreed_at is not None and t.effective_from <= last]
        in_time = [t for t in agreed if t.agreed_at is not None and t.agreed_at < end_of_last]
        if in_time:
            return max(in_time, key=lambda t: t.number)
        return min(agreed, key=lambda t: t.number, default=None)

    def original(self) -> Terms | None:
        """The terms agreed first: later revisions never touch them."""
        agreed = [terms for terms in self.terms if terms.agreed_at is not None]
        return min(agreed, key=lambda t: t.number, default=None)


def commitment_for(days: Period, known: Sequence[Commitment]) -> Commitment | None:
    """The commitment that shares most days with these; of equals, the shorter one."""

    def fitness(commitment: Commitment) -> tuple[int, int]:
        shared = commitment.period.overlap(days)
        return (shared.days if shared else 0, -commitment.period.days)

    best = max(known, key=fitness, default=None)
    return best if best is not None and best.period.overlap(days) else None
