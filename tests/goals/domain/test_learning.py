"""What a cycle teaches."""

from datetime import date
from decimal import Decimal

from services.goals.domain.learning import (
    TargetMove,
    brier,
    challenge,
    drift_by_category,
    forecast_error,
    late_softenings,
)
from services.goals.domain.measure import Metric
from shared.kernel.periods import Period

QUARTER = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))


def move(before: int, after: int, on: date, category: str = "learned") -> TargetMove:
    old, new = (Metric(baseline=Decimal(0), target=Decimal(t)) for t in (before, after))
    return TargetMove(old, new, on, category)


DOWN = move(1200, 900, date(2026, 8, 1), "external_change")
UP = move(1000, 1100, date(2026, 9, 10))
LATE = move(1000, 800, date(2026, 9, 10))


def test_drift_is_the_move_as_a_share_of_the_way() -> None:
    assert (DOWN.drift, UP.drift) == (Decimal("-0.25"), Decimal("0.1"))
    assert move(0, 5, QUARTER.first).drift is None


def test_drift_adds_up_by_category() -> None:
    drifts = drift_by_category([DOWN, UP, LATE, move(0, 5, QUARTER.first, "error")])
    assert drifts == {
        "external_change": Decimal("-0.25"),
        "learned": Decimal("-0.1"),
        "error": Decimal(0),
    }


def test_only_easier_targets_in_the_last_third_are_late_softenings() -> None:
    assert late_softenings([DOWN, UP, LATE, move(0, 5, QUARTER.last)], QUARTER) == (LATE,)


def test_calibration_is_the_mean_squared_miss_of_confidence() -> None:
    assert brier([(10, True), (0, False)]) == 0
    assert brier([(5, True), (5, False)]) == Decimal("0.25")
    assert brier([]) is None


def test_a_forecast_above_the_end_was_too_hopeful() -> None:
    assert forecast_error(Decimal("0.9"), Decimal("0.6")) == Decimal("0.3")


def test_challenge_is_how_often_history_fell_short_of_what_is_asked() -> None:
    history = [Decimal(change) for change in (80, 100, 120, 300)]
    assert challenge(Decimal(250), Decimal(50), history) == 75
    assert challenge(Decimal(2), Decimal(10), [Decimal(-5), Decimal(-9)]) == 50
    assert challenge(Decimal(5), Decimal(5), history) is None
    assert challenge(Decimal(250), Decimal(50), []) is None
