"""How a figure stands against what was agreed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.attainment import (
    Yardstick,
    achievement,
    deviation,
    due_by,
    level,
)
from services.metrics.domain.terms import PlanPoint, Terms
from shared.kernel.periods import Period

TEN_DAYS = Period(first=date(2026, 8, 1), last=date(2026, 8, 10))
LAST = TEN_DAYS.last
AMOUNT = st.decimals(-(10**6), 10**6, places=2, allow_nan=False, allow_infinity=False)


def yardstick(direction: Any = "higher", over_time: Any = "sum", on: date = LAST) -> Yardstick:
    return Yardstick(direction, over_time, TEN_DAYS, on)


def terms(**figures: Any) -> Terms:
    return Terms(**{k: v if k == "plan" else Decimal(v) for k, v in figures.items()})


@pytest.mark.parametrize(
    ("actual", "target", "direction", "expected"),
    [
        ("110", "100", "higher", "1.1"),
        ("90", "100", "higher", "0.9"),
        ("-90", "-100", "higher", "1.1"),
        ("90", "100", "lower", "1.1"),
        ("130", "100", "lower", "0.7"),
        ("300", "100", "lower", "-1"),
    ],
)
def test_achievement_is_safe_for_negative_figures(
    actual: str, target: str, direction: Any, expected: str
) -> None:
    assert achievement(Decimal(actual), Decimal(target), direction) == Decimal(expected)


def test_a_target_of_nought_and_bounds_have_no_achievement() -> None:
    assert achievement(Decimal(1), Decimal(0), "higher") is None
    assert achievement(Decimal(1), Decimal(1), "within") is None


@settings(max_examples=100, deadline=None)
@given(AMOUNT, AMOUNT, AMOUNT.filter(bool))
def test_achievement_rises_with_what_is_better(a: Decimal, b: Decimal, target: Decimal) -> None:
    worse, better = sorted((a, b))
    assert (achievement(worse, target, "higher") or 0) <= (
        achievement(better, target, "higher") or 0
    )
    assert (achievement(worse, target, "lower") or 0) >= (achievement(better, target, "lower") or 0)
    assert achievement(target, target, "lower") == 1


@pytest.mark.parametrize(("actual", "away"), [("5", "0"), ("10", "0"), ("12", "2"), ("3", "2")])
def test_deviation_is_the_way_back_to_the_bounds(actual: str, away: str) -> None:
    assert deviation(Decimal(actual), Decimal(5), Decimal(10)) == Decimal(away)


def test_a_sum_is_due_evenly_and_in_full_at_the_end() -> None:
    hundred = terms(target=100)
    assert due_by(Decimal(100), hundred, yardstick(on=date(2026, 8, 1))) == 10
    assert due_by(Decimal(100), hundred, yardstick(on=date(2026, 8, 5))) == 50
    assert due_by(Decimal(100), hundred, yardstick()) == 100
    assert due_by(Decimal(100), hundred, yardstick(on=date(2026, 7, 1))) == 0


def test_a_mean_is_due_in_full_from_the_first_day() -> None:
    on = date(2026, 8, 1)
    assert due_by(Decimal(100), terms(target=100), yardstick(over_time="mean", on=on)) == 100


@pytest.mark.parametrize(
    ("day", "planned"), [(1, "5"), (4, "20"), (7, "60"), (8, "73.3333"), (9, "86.6667")]
)
def test_a_plan_is_straight_between_its_points(day: int, planned: str) -> None:
    plan = (
        PlanPoint(on=date(2026, 8, 4), value=Decimal(20)),
        PlanPoint(on=date(2026, 8, 10), value=Decimal(100)),
    )
    on = date(2026, 8, day)
    due = due_by(Decimal(100), terms(target=100, plan=plan), yardstick(on=on))
    assert round(due, 4) == Decimal(planned)
    half = due_by(Decimal(50), terms(target=100, plan=plan), yardstick(on=on))
    assert round(half * 2, 4) == round(due, 4)


def test_after_its_last_point_a_plan_stays_where_it_is() -> None:
    plan = (PlanPoint(on=date(2026, 8, 4), value=Decimal(100)),)
    due = due_by(Decimal(100), terms(target=100, plan=plan), yardstick(on=date(2026, 8, 7)))
    assert due == 100


MARKS = {"threshold": 80, "target": 100, "stretch": 120}


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("79", "below_threshold"),
        ("80", "below_target"),
        ("100", "on_target"),
        ("119", "on_target"),
        ("120", "stretched"),
    ],
)
def test_marks_are_inclusive(actual: str, expected: str) -> None:
    assert level(Decimal(actual), terms(**MARKS), yardstick()) == expected


def test_lower_is_better_where_it_is_said_so() -> None:
    minutes = terms(threshold=30, target=20, stretch=10)
    by = yardstick("lower", "mean")
    assert [level(Decimal(a), minutes, by) for a in (31, 30, 20, 10)] == [
        "below_threshold",
        "below_target",
        "on_target",
        "stretched",
    ]


def test_without_a_threshold_a_miss_is_below_target() -> None:
    assert level(Decimal(1), terms(target=100), yardstick()) == "below_target"


def test_within_bounds_is_on_target() -> None:
    by, bounds = yardstick("within", "mean"), terms(low=5, high=10)
    assert level(Decimal(5), bounds, by) == "on_target"
    assert level(Decimal(11), bounds, by) == "below_threshold"


def test_no_figure_and_no_agreement_say_so() -> None:
    assert level(None, terms(**MARKS), yardstick()) == "no_data"
    assert level(Decimal(1), None, yardstick()) == "no_target"


def test_in_mid_period_a_sum_is_judged_by_what_is_due() -> None:
    assert level(Decimal(50), terms(**MARKS), yardstick(on=date(2026, 8, 5))) == "on_target"
