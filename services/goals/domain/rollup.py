"""What several things amount to together: weighted progress, expectation and coverage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from services.goals.domain.measure import Metric
from shared.kernel.decimals import clamp, ratio, rounded, weighted_mean

Mode = Literal["equal", "manual", "by_target_size", "sum"]
NoFigure = Literal["nothing_below", "weightless", "nothing_measured_yet", "units_differ"]

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Part:
    """One thing that is rolled up.

    ``progress`` raw, ``None`` without data; ``weight`` in basis points; ``overdue`` when its first
    check-in is; ``metric``, ``unit`` and the last ``actual`` are what only the modes
    ``by_target_size`` and ``sum`` ask for.
    """

    progress: Decimal | None
    weight: int
    overdue: bool = False
    expected: Decimal = ZERO
    metric: Metric | None = None
    unit: str = ""
    actual: Decimal | None = None


@dataclass(frozen=True)
class RollUp:
    """What the parts come to: ``progress`` 0..cap or ``None`` with a reason, ``expected`` over the
    same parts, and ``coverage``, the measured share of the live weight.
    """

    progress: Decimal | None
    expected: Decimal | None
    coverage: Decimal | None
    reason: NoFigure | None = None


def roll_up(parts: Iterable[Part], mode: Mode = "manual", cap: Decimal = ONE) -> RollUp:
    """Σ w·clamp(p, 0, cap) / Σ w over the parts that count, totals rounded once.

    A part without data counts 0 once overdue and is left out before; one of weight 0 is shown and
    does not count. Source: docs/arithmetic.md, "Roll-up".
    """
    shown = list(parts)
    live = [part for part in shown if part.weight > 0]
    counting = [part for part in live if part.progress is not None or part.overdue]
    reason = _no_figure(shown, live, counting, mode)
    weigh = _WEIGHING.get(mode, _by_weight)
    expected = weighted_mean((part.expected, weigh(part)) for part in counting)
    if reason:
        return RollUp(None, expected, coverage(live), reason)
    progress = _summed(counting, cap) if mode == "sum" else _mean(counting, weigh, cap)
    missing: NoFigure | None = "weightless" if progress is None else None
    return RollUp(progress, expected, coverage(live), missing)


def coverage(parts: Sequence[Part]) -> Decimal | None:
    """Σ weight measured / Σ weight live; overdue parts without data are uncovered."""
    total = sum(part.weight for part in parts)
    measured = sum(part.weight for part in parts if part.progress is not None)
    return ratio(Decimal(measured), Decimal(total)) if total else None


def _no_figure(
    shown: Sequence[Part], live: Sequence[Part], counting: Sequence[Part], mode: Mode
) -> NoFigure | None:
    if not live:
        return "weightless" if shown else "nothing_below"
    if not counting:
        return "nothing_measured_yet"
    if mode == "sum" and (any(p.metric is None for p in counting) or _units_differ(counting)):
        return "units_differ"
    return None


def _units_differ(parts: Sequence[Part]) -> bool:
    return len({part.unit for part in parts}) > 1


def _mean(parts: Sequence[Part], weigh: Callable[[Part], Decimal], cap: Decimal) -> Decimal | None:
    return weighted_mean((clamp(p.progress or ZERO, ZERO, cap), weigh(p)) for p in parts)


def _summed(parts: Sequence[Part], cap: Decimal) -> Decimal | None:
    gone, way = Fraction(0), Fraction(0)
    for part in parts:
        assert part.metric is not None
        baseline = Fraction(part.metric.baseline)
        way += Fraction(part.metric.target) - baseline
        gone += Fraction(part.actual) - baseline if part.actual is not None else 0
    return clamp(rounded(gone / way), ZERO, cap) if way else None


def _by_weight(part: Part) -> Decimal:
    return Decimal(part.weight)


def _by_size(part: Part) -> Decimal:
    return abs(part.metric.target - part.metric.baseline) if part.metric else ZERO


_WEIGHING: Mapping[str, Callable[[Part], Decimal]] = {
    "equal": lambda _: ONE,
    "manual": _by_weight,
    "by_target_size": _by_size,
    "sum": _by_size,
}
