"""How a figure stands against what was agreed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from services.metrics.domain.kpi import Direction, OverTime
from services.metrics.domain.terms import PlanPoint, Terms
from shared.kernel.decimals import ratio, rounded
from shared.kernel.periods import Period

Level = Literal["no_data", "no_target", "below_threshold", "below_target", "on_target", "stretched"]


def achievement(actual: Decimal, target: Decimal, direction: Direction) -> Decimal | None:
    """Share of a KPI target reached; 1 is exactly on target.

    Safe for negative figures: ``1 + (actual - target)/|target|``, mirrored when lower is better.
    ``None`` when the target is 0 or the KPI stays within bounds. Not clamped.
    Source: docs/arithmetic.md, "KPI achievement".
    """
    if target == 0 or direction == "within":
        return None
    beyond = actual - target if direction == "higher" else target - actual
    return 1 + ratio(beyond, abs(target))


def deviation(actual: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """How far a figure lies outside its bounds, in the KPI's unit; 0 within them."""
    return max(low - actual, actual - high, Decimal(0))


@dataclass(frozen=True)
class Yardstick:
    """How a figure is read: which way is better, how it adds up, over which days, by which day."""

    direction: Direction
    over_time: OverTime
    window: Period
    on: date


def due_by(mark: Decimal, terms: Terms, by: Yardstick) -> Decimal:
    """What of a mark should be reached by the end of a day, of the aggregate since the first.

    A summed KPI goes by its plan, or evenly by inclusive elapsed days; the plan is the target's, so
    other marks follow it in proportion. Anything else is due in full from the first day.
    """
    if by.over_time != "sum" or by.on >= by.window.last:
        return mark
    if terms.plan and terms.target:
        part = _planned(terms.plan, by.window.first, by.on) / Fraction(terms.target)
    else:
        part = Fraction(max((by.on - by.window.first).days + 1, 0), by.window.days)
    return rounded(Fraction(mark) * part)


def _planned(plan: tuple[PlanPoint, ...], first: date, on: date) -> Fraction:
    """The plan on a day: straight between its points, from 0 before the first day."""
    points = [(first - timedelta(days=1), Fraction(0))]
    points += [(point.on, Fraction(point.value)) for point in plan]
    for (start, low), (end, high) in pairwise(points):
        if on <= end:
            return low + (high - low) * Fraction(max((on - start).days, 0), (end - start).days)
    return points[-1][1]


def level(actual: Decimal | None, terms: Terms | None, by: Yardstick) -> Level:
    """Where a figure stands between threshold, target and stretch, as due by a day; inclusive.

    Without a threshold whatever misses the target is ``below_target``. A ``within`` KPI is on
    target inside its bounds and below the threshold outside.
    """
    if actual is None:
        return "no_data"
    if terms is None:
        return "no_target"
    if terms.low is not None and terms.high is not None:
        inside = deviation(actual, terms.low, terms.high) == 0
        return "on_target" if inside else "below_threshold"
    if _reached(actual, terms.stretch, terms, by):
        return "stretched"
    if _reached(actual, terms.target, terms, by):
        return "on_target"
    passed = terms.threshold is None or _reached(actual, terms.threshold, terms, by)
    return "below_target" if passed else "below_threshold"


def _reached(actual: Decimal, mark: Decimal | None, terms: Terms, by: Yardstick) -> bool:
    if mark is None:
        return False
    due = due_by(mark, terms, by)
    return actual >= due if by.direction == "higher" else actual <= due
