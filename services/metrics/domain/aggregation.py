"""How figures add up over time and over units, and how much of what was due is there."""

from collections.abc import Callable, Collection, Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from services.metrics.domain.kpi import OverTime, OverUnits
from shared.kernel.decimals import ratio, rounded

# Wide enough for any sum of figures, so that adding never rounds.
EXACT = Context(prec=200)


def over_time(values: Sequence[Decimal], how: OverTime) -> Decimal | None:
    """The aggregate of the measured periods' values in order of time; ``None`` without any.

    Missing periods are not in ``values`` and are never taken as 0. A mean has six places, half up;
    everything else is exact. Ratios come from ``ratio_of_sums``.
    Source: docs/arithmetic.md, "Aggregation".
    """
    return AGGREGATES[how](values) if values else None


def over_units(values: Sequence[Decimal | None], how: OverUnits) -> Decimal | None:
    """The aggregate of several subjects' figures; those without one are left out.

    ``None`` when no one has a figure or when the KPI does not add up over units (``none``).
    """
    there = [value for value in values if value is not None]
    return AGGREGATES[how](there) if there and how != "none" else None


def ratio_of_sums(
    numerators: Sequence[Decimal], denominators: Sequence[Decimal], unit: str = ""
) -> Decimal | None:
    """Σ numerators / Σ denominators to six places, times 100 in the unit ``%``.

    ``None`` when either was never measured or the denominators add up to 0.
    """
    below = _sum(denominators)
    if not numerators or not denominators or below == 0:
        return None
    hundredfold = 100 if unit == "%" else 1
    return ratio(_sum(numerators) * hundredfold, below)


def coverage(measured: Collection[str], due: Collection[str]) -> Decimal | None:
    """The share of due periods that were measured, 0..1; ``None`` while nothing is due."""
    if not due:
        return None
    return ratio(Decimal(len(set(due) & set(measured))), Decimal(len(set(due))))


def _sum(values: Sequence[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(values, Decimal(0))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return rounded(Fraction(_sum(values)) / len(values))


def _last(values: Sequence[Decimal]) -> Decimal:
    return values[-1]


AGGREGATES: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "mean": _mean,
    "last": _last,
    "min": min,
    "max": max,
}
