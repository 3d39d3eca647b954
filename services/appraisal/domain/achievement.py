"""How far a KPI target was reached."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from shared.kernel.decimals import rounded

Direction = Literal["higher", "lower", "within"]


def achievement(actual: Decimal, target: Decimal, direction: Direction) -> Decimal | None:
    """Share of a KPI target reached, to six places; 1 is exactly on target. Not clamped.

    Safe for negative figures: ``1 + (actual - target)/|target|``, mirrored when lower is better.
    ``None`` when the target is 0 (only curves on the actual value apply) and for ``within``, which
    has bounds and no target. Source: docs/arithmetic.md, "KPI achievement".
    """
    if target == 0 or direction == "within":
        return None
    distance = (Fraction(actual) - Fraction(target)) / abs(Fraction(target))
    return rounded(1 + distance if direction == "higher" else 1 - distance)


def deviation(actual: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """How far a value lies outside its bounds, in the KPI's unit; 0 inside, an open side never.

    ``max(low - actual, actual - high, 0)``. Source: docs/arithmetic.md, "KPI achievement".
    """
    below = low - actual if low is not None else Decimal(0)
    above = actual - high if high is not None else Decimal(0)
    return max(below, above, Decimal(0))
