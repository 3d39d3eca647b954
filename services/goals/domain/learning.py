"""What a cycle teaches: drifting targets, confidence that proved right, late softening."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.goals.domain.measure import Metric
from shared.kernel.decimals import clamp, rounded
from shared.kernel.periods import Period


@dataclass(frozen=True)
class TargetMove:
    """One revision of a target: from what to what, from which day on, and for what category."""

    before: Metric
    after: Metric
    effective_from: date
    category: str

    @property
    def drift(self) -> Decimal | None:
        """(t₁ − t₀)/(t₀ − b₀): the move as a share of the way; below 0 is easier."""
        way = Fraction(self.before.target) - Fraction(self.before.baseline)
        moved = Fraction(self.after.target) - Fraction(self.before.target)
        return rounded(moved / way) if way else None


def drift_by_category(moves: Iterable[TargetMove]) -> Mapping[str, Decimal]:
    """The summed drift of targets for each category of reason."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for move in moves:
        totals[move.category] += move.drift or Decimal(0)
    return dict(totals)


def late_softenings(moves: Iterable[TargetMove], window: Period) -> tuple[TargetMove, ...]:
    """The moves that made a target easier in the last third of its window."""
    last_third = window.days * 2 // 3
    return tuple(
        move
        for move in moves
        if (move.drift or 0) < 0 and (move.effective_from - window.first).days >= last_third
    )


def brier(forecasts: Sequence[tuple[int, bool]]) -> Decimal | None:
    """Mean of (confidence/10 − reached)²: 0 is perfect calibration, 0.25 says nothing."""
    if not forecasts:
        return None
    errors = [(Fraction(said, 10) - int(reached)) ** 2 for said, reached in forecasts]
    return rounded(sum(errors, Fraction(0)) / len(errors))


def forecast_error(forecast: Decimal, final: Decimal) -> Decimal:
    """Forecast progress − final progress: above 0 was too hopeful."""
    return forecast - final


def challenge(target: Decimal, baseline: Decimal, history: Sequence[Decimal]) -> int | None:
    """How far a target lies beyond what history makes likely, 0–100; ``None`` without history.

    The share of past cycles whose reached change fell short of the change now asked for.
    Source: docs/arithmetic.md, "Challenge".
    """
    way = target - baseline
    if not history or way == 0:
        return None
    short = sum(1 for change in history if (change - way) * way < 0)
    return int(clamp(rounded(Fraction(100 * short, len(history)), 0), Decimal(0), Decimal(100)))
