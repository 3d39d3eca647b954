"""How one key result stands on a business day, against its original and its current terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.domain.agreement import KeyResultAgreement
from services.goals.domain.due import Attention, Cadence, IsWorkingDay, attention, grace_days
from services.goals.domain.evidence import Evidence
from services.goals.domain.expected import expected, plan_shares
from services.goals.domain.measure import (
    EstablishBaseline,
    Measure,
    Metric,
    Milestones,
    PeriodKind,
    Threshold,
    YesNo,
)
from services.goals.domain.progress import JudgedPeriod, Said, period_ratio, progress
from services.goals.domain.status import Circumstances, Policy, Status, status
from services.goals.domain.targets import TwoProgresses, effects
from services.goals.domain.terms import KeyResultTerms
from shared.kernel.periods import Period

SETTLED = Attention(due=None, missed=0)
PeriodsOf = Callable[[PeriodKind, Period], Sequence[Period]]


@dataclass(frozen=True)
class Rules:
    """What a standing depends on beside the key result: cadence, working days, periods, policy."""

    cadence: Cadence
    works: IsWorkingDay
    periods: PeriodsOf
    policy: Policy = "gap"


@dataclass(frozen=True)
class KeyResultKnown:
    """A key result as known at an instant: what was agreed, what was observed, whether it lives."""

    agreement: KeyResultAgreement
    evidence: Evidence
    dropped_from: date | None = None
    added_later: bool = False

    def last_counting_day(self, day: date) -> date:
        """The day on which it is looked at: a dropped one keeps its last progress."""
        return min(day, self.dropped_from) if self.dropped_from else day

    def lives_on(self, day: date) -> bool:
        """Whether it has not been dropped by this day."""
        return self.dropped_from is None or day < self.dropped_from


@dataclass(frozen=True)
class Standing:
    """Where a key result stands on a day: figures, expectation, status, and what is asked for.

    ``figure_overdue`` when the first check-in's day has passed: from then on no data counts as 0.
    """

    terms: KeyResultTerms
    said: Said
    observed_on: date | None
    progress: TwoProgresses
    expected: Decimal
    expected_original: Decimal
    status: Status
    attention: Attention
    figure_overdue: bool


def standing(known: KeyResultKnown, on: date, rules: Rules) -> Standing:
    """How a key result stands on a business day.

    Source: docs/arithmetic.md, "Original and current", "Expected", "Status".
    """
    day = known.last_counting_day(on)
    terms = known.agreement.terms_on(day)
    progresses = _both(known, terms, day, rules)
    due, last = expected_by(terms, day), observed_on(known, terms, day)
    is_settled = _is_settled(terms.measure, progresses.current)
    return Standing(
        terms=terms,
        said=said_by(known, terms, day),
        observed_on=last,
        progress=progresses,
        expected=due,
        expected_original=expected_by(known.agreement.original, on),
        status=status(progresses.current, due, day, _circumstances(terms, rules)),
        attention=SETTLED if is_settled else _asked(terms, last, day, rules),
        figure_overdue=_asked(terms, None, day, rules).overdue,
    )


def _is_settled(measure: Measure, progress: Decimal | None) -> bool:
    once_for_all = isinstance(measure, Milestones | YesNo | EstablishBaseline)
    return once_for_all and progress is not None and progress >= 1


def window_of(terms: KeyResultTerms) -> Period:
    """The days from start to deadline."""
    return Period(first=terms.start, last=max(terms.start, terms.deadline))


def said_by(known: KeyResultKnown, terms: KeyResultTerms, day: date) -> Said:
    """What is known by a day; a KPI's figures count from the start to min(deadline, day)."""
    days = _observed_days(terms, day)
    return known.evidence.said(days) if days else Said()


def observed_on(known: KeyResultKnown, terms: KeyResultTerms, day: date) -> date | None:
    """The last day by this one on which anything that counts was observed."""
    days = _observed_days(terms, day)
    return known.evidence.last_day(days) if days else None


def _observed_days(terms: KeyResultTerms, day: date) -> Period | None:
    last = min(terms.deadline, day) if terms.kpi else day
    if last < terms.start:
        return None if terms.kpi else Period(first=last, last=last)
    return Period(first=terms.start, last=last)


def expected_by(terms: KeyResultTerms, day: date) -> Decimal:
    """The share of its way that these terms expect by a day."""
    measure = terms.measure
    if isinstance(measure, Metric):
        shares = plan_shares(terms.plan, measure.baseline, measure.target)
        return expected(measure, window_of(terms), day, shares)
    return expected(measure, window_of(terms), day)


def _asked(terms: KeyResultTerms, last: date | None, day: date, rules: Rules) -> Attention:
    return attention(window_of(terms), rules.cadence, rules.works, last, day)


def _circumstances(terms: KeyResultTerms, rules: Rules) -> Circumstances:
    return Circumstances(
        window=window_of(terms),
        grace=grace_days(rules.cadence),
        is_threshold=isinstance(terms.measure, Threshold),
        policy=rules.policy,
    )


def _both(known: KeyResultKnown, terms: KeyResultTerms, day: date, rules: Rules) -> TwoProgresses:
    original = known.agreement.original
    actual = said_by(known, terms, day).value
    return TwoProgresses(
        progress_by(known, original, day, rules),
        progress_by(known, terms, day, rules),
        *effects(actual, original.measure, terms.measure),
    )


def progress_by(
    known: KeyResultKnown, terms: KeyResultTerms, day: date, rules: Rules
) -> Decimal | None:
    """Raw progress by a day, against these terms: the original's, or those that hold then."""
    measure = terms.measure
    if isinstance(measure, Threshold) and measure.judged == "period_ratio":
        periods = judged_periods(known, terms, day, rules)
        return period_ratio(periods, after_deadline=day >= terms.deadline)
    return progress(measure, said_by(known, terms, day))


def judged_periods(
    known: KeyResultKnown, terms: KeyResultTerms, day: date, rules: Rules
) -> tuple[JudgedPeriod, ...]:
    """The periods of a threshold's window, each with its figure and the bounds to judge it by.

    Against the original these are the original's, else the ones in force on its last day.
    """
    kind = terms.measure.period if isinstance(terms.measure, Threshold) else None
    periods = rules.periods(kind or "month", window_of(terms))
    judged = ((p, _bounds(known, terms, p.last), _figure(known, p, day)) for p in periods)
    return tuple(JudgedPeriod(p.last, value, bounds) for p, bounds, value in judged if bounds)


def _bounds(known: KeyResultKnown, terms: KeyResultTerms, day: date) -> Threshold | None:
    is_original = terms is known.agreement.original
    measure = terms.measure if is_original else known.agreement.terms_on(day).measure
    return measure if isinstance(measure, Threshold) else None


def _figure(known: KeyResultKnown, period: Period, day: date) -> Decimal | None:
    if day < period.first:
        return None
    return known.evidence.said_within(Period(first=period.first, last=min(period.last, day)))
