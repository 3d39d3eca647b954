"""How far a key result has come: raw progress p, 1 is exactly on target, never clamped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.domain.measure import (
    EstablishBaseline,
    Measure,
    Metric,
    Milestones,
    Rubric,
    Threshold,
    YesNo,
)
from shared.kernel.decimals import ratio

REACHED, NOT_REACHED = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Said:
    """What was said about a key result: a figure, the milestones done, or the rubric level chosen.

    A boolean key result says 1 or 0. ``None`` where nothing was said.
    """

    value: Decimal | None = None
    milestones_done: frozenset[str] | None = None
    level: str | None = None


@dataclass(frozen=True)
class JudgedPeriod:
    """One period of a threshold's window, and the bounds in force on its last day."""

    last: date
    value: Decimal | None
    bounds: Threshold


def metric_progress(actual: Decimal, baseline: Decimal, target: Decimal) -> Decimal:
    """(a − b)/(t − b): the share of the way from baseline to target, up or down alike.

    Below 0 when the actual lies behind the baseline, above 1 beyond the target. Where baseline and
    target are the same (``is_degenerate``): 1 when the actual is at least that, else 0.
    Source: docs/arithmetic.md, "Progress of a metric".
    """
    if baseline == target:
        return REACHED if actual >= target else NOT_REACHED
    return ratio(actual - baseline, target - baseline)


def is_degenerate(measure: Metric) -> bool:
    """Whether the range has no length, so that progress only says reached or not."""
    return measure.baseline == measure.target


def holds(bounds: Threshold, value: Decimal) -> bool:
    """Whether a value keeps the bounds; both are inclusive, an absent one does not bind."""
    low = bounds.lower if bounds.operator != "at_most" else None
    high = bounds.upper if bounds.operator != "at_least" else None
    return (low is None or value >= low) and (high is None or value <= high)


def period_ratio(periods: Sequence[JudgedPeriod], *, after_deadline: bool) -> Decimal | None:
    """Periods met / periods due; ``None`` when none was ever measured.

    Due are the periods up to the latest measured one, a gap among them counts as not met; from the
    deadline on all periods of the window are due. Each is judged on the bounds then in force.
    Source: docs/arithmetic.md, "Thresholds".
    """
    measured = [n for n, period in enumerate(periods) if period.value is not None]
    if not measured:
        return None
    due = len(periods) if after_deadline else measured[-1] + 1
    met = sum(1 for p in periods[:due] if p.value is not None and holds(p.bounds, p.value))
    return ratio(Decimal(met), Decimal(due))


def milestone_progress(measure: Milestones, done: Collection[str]) -> Decimal | None:
    """Σ w·done / Σ w over the milestones; ``None`` when none weighs anything."""
    total = sum(m.weight for m in measure.milestones)
    reached = sum(m.weight for m in measure.milestones if m.name in done)
    return ratio(Decimal(reached), Decimal(total)) if total else None


def rubric_progress(measure: Rubric, level: str) -> Decimal | None:
    """What the chosen level is worth; ``None`` when there is no such level any more."""
    return next((named.value for named in measure.levels if named.name == level), None)


def progress(measure: Measure, said: Said) -> Decimal | None:
    """Raw progress of what was last said; ``None`` without data.

    A ``period_ratio`` threshold is judged by its periods instead: ``period_ratio``.
    Source: docs/arithmetic.md, "Progress".
    """
    if said.value is not None:
        return _of_figure(measure, said.value)
    match measure:
        case Milestones() if said.milestones_done is not None:
            return milestone_progress(measure, said.milestones_done)
        case Rubric() if said.level is not None:
            return rubric_progress(measure, said.level)
        case _:
            return None


def _of_figure(measure: Measure, value: Decimal) -> Decimal | None:
    match measure:
        case Metric():
            return metric_progress(value, measure.baseline, measure.target)
        case Threshold():
            return REACHED if holds(measure, value) else NOT_REACHED
        case YesNo():
            return NOT_REACHED if value == 0 else REACHED
        case EstablishBaseline():
            return REACHED
        case _:
            return None
