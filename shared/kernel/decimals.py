"""Exact arithmetic: fractions inside, six places for ratios, rounding once."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SIX_PLACES = Decimal("0.000001")


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """numerator / denominator to six places, half up; the denominator must not be 0.

    Exact fractions inside, so that the result does not depend on the decimal context.
    """
    return rounded(Fraction(numerator) / Fraction(denominator))


def rounded(value: Fraction, places: int = 6) -> Decimal:
    """An exact value at so many decimal places, half up (away from zero on a tie)."""
    scale = 10**places
    numerator, denominator = abs(value.numerator) * scale, value.denominator
    units = (2 * numerator + denominator) // (2 * denominator)
    # Built from text: the constructor is exact, scaleb would round to the decimal context.
    return Decimal(f"{-units if value < 0 else units}E-{places}")


def half_up(value: Decimal, places: int) -> Decimal:
    """A Decimal at so many places, half up, for showing."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def clamp(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """The value, or the bound it lies beyond."""
    return max(low, min(high, value))


def weighted_mean(pairs: Iterable[tuple[Decimal, Decimal | int]]) -> Decimal | None:
    """Σ value·weight / Σ weight to six places; ``None`` when the weights add up to 0.

    Summed as exact fractions: invariant to the order and to a common factor of the weights.
    """
    total, weights = Fraction(0), Fraction(0)
    for value, weight in pairs:
        total += Fraction(value) * Fraction(weight)
        weights += Fraction(weight)
    return rounded(total / weights) if weights else None
