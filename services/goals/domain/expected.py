"""Where a key result should stand by a day: the share e of its way, and the plan behind it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from services.goals.domain.measure import Measure, Metric, Milestones, PlanPoint, Threshold
from shared.kernel.decimals import clamp, rounded
from shared.kernel.periods import Period

NOTHING, ALL = Decimal(0), Decimal(1)
Share = tuple[date, Fraction]


def elapsed(window: Period, day: date) -> Decimal:
    """Inclusive elapsed days / total days of the window: 0 before it, 1 from its last day on.

    Source: docs/arithmetic.md, "Expected".
    """
    return clamp(rounded(Fraction((day - window.first).days + 1, window.days)), NOTHING, ALL)


def plan_shares(plan: Sequence[PlanPoint], baseline: Decimal, target: Decimal) -> tuple[Share, ...]:
    """Each point of a plan as a share of the way from baseline to target, in order of days.

    A plan is kept as shares of the range it was made for, so that a later target rescales the rest
    of it by (t₁ − b)/(t₀ − b). Source: docs/arithmetic.md, "Plans".
    """
    way = Fraction(target) - Fraction(baseline)
    if way == 0:
        return ()
    points = sorted(plan, key=lambda p: p.due)
    return tuple((p.due, (Fraction(p.value) - Fraction(baseline)) / way) for p in points)


def planned_share(window: Period, shares: Sequence[Share], day: date) -> Decimal:
    """The share of the way the plan asks for by the end of a day, straight between its points.

    It sets out from 0 on the eve of the window and arrives at 1 on its last day, unless the plan
    itself speaks of that day. Clamped to 0..1. Source: docs/arithmetic.md, "Plans".
    """
    eve = window.first - timedelta(days=1)
    inside = [share for share in shares if window.first <= share[0] < window.last]
    arrival = next((s for d, s in shares if d == window.last), Fraction(1))
    corners = [(eve, Fraction(0)), *inside, (window.last, arrival)]
    return clamp(rounded(_between(corners, day)), NOTHING, ALL)


def _between(corners: Sequence[Share], day: date) -> Fraction:
    if day <= corners[0][0]:
        return corners[0][1]
    for (start, low), (end, high) in pairwise(corners):
        if day <= end:
            return low + (high - low) * Fraction((day - start).days, (end - start).days)
    return corners[-1][1]


def rescaled(
    plan: Sequence[PlanPoint], since: date, baseline: Decimal, before: Decimal, after: Decimal
) -> tuple[PlanPoint, ...]:
    """The plan after its target moved: points from this day on keep their share of the way.

    v₁ = b + (v₀ − b)·(t₁ − b)/(t₀ − b); earlier points stay. Source: docs/arithmetic.md, "Plans".
    """
    if before == baseline:
        return tuple(plan)
    scale = (Fraction(after) - Fraction(baseline)) / (Fraction(before) - Fraction(baseline))
    return tuple(
        PlanPoint(due=p.due, value=_scaled(p.value, baseline, scale)) if p.due >= since else p
        for p in plan
    )


def _scaled(value: Decimal, baseline: Decimal, scale: Fraction) -> Decimal:
    return rounded(Fraction(baseline) + (Fraction(value) - Fraction(baseline)) * scale)


def expected(measure: Measure, window: Period, day: date, shares: Sequence[Share] = ()) -> Decimal:
    """The share of its way a key result should have gone by a day, 0..1.

    A metric by its plan (straight without one), milestones by their due days, a threshold wholly
    from its first day on; everything else is due on its last day and not before.
    Source: docs/arithmetic.md, "Expected".
    """
    match measure:
        case Metric():
            return planned_share(window, shares, day) if shares else elapsed(window, day)
        case Milestones():
            return _due_share(measure, day)
        case Threshold():
            return ALL if day >= window.first else NOTHING
        case _:
            return ALL if day >= window.last else NOTHING


def _due_share(measure: Milestones, day: date) -> Decimal:
    total = sum(m.weight for m in measure.milestones)
    due = sum(m.weight for m in measure.milestones if m.due <= day)
    return rounded(Fraction(due, total)) if total else NOTHING


def expected_value(measure: Metric, share: Decimal) -> Decimal:
    """The figure that this share of the way comes to: the plan line of the chart."""
    way = Fraction(measure.target) - Fraction(measure.baseline)
    return rounded(Fraction(measure.baseline) + Fraction(share) * way)
