"""How far a target was reached: one formula, safe for negative figures."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.achievement import achievement, deviation

D = Decimal
VALUES = st.decimals(-10_000, 10_000, places=2)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "expected"),
    [
        ("100", "100", "higher", "1"),
        ("110", "100", "higher", "1.1"),
        ("90", "100", "higher", "0.9"),
        ("10", "12", "lower", "1.166667"),
        ("15", "12", "lower", "0.75"),
        ("-50", "-100", "higher", "1.5"),
        ("-150", "-100", "higher", "0.5"),
        ("-150", "-100", "lower", "1.5"),
    ],
)
def test_achievement_is_one_plus_the_distance_from_the_target(actual, target, direction, expected):
    assert achievement(D(actual), D(target), direction) == D(expected)


def test_a_target_of_zero_has_no_ratio():
    assert achievement(D(5), D(0), "higher") is None


def test_bounds_have_no_ratio():
    assert achievement(D(5), D(3), "within") is None


@settings(deadline=None)
@given(VALUES, VALUES.filter(bool))
def test_on_target_is_exactly_one_and_lower_mirrors_higher(actual, target):
    assert achievement(target, target, "higher") == 1
    higher, lower = achievement(actual, target, "higher"), achievement(actual, target, "lower")
    assert higher is not None
    assert lower is not None
    assert higher + lower == 2


@settings(deadline=None)
@given(VALUES, VALUES, VALUES.filter(bool))
def test_more_is_never_worse_when_higher_is_better(a, b, target):
    low, high = sorted((a, b))
    first, second = achievement(low, target, "higher"), achievement(high, target, "higher")
    assert first is not None
    assert second is not None
    assert first <= second


@pytest.mark.parametrize(
    ("actual", "expected"), [("5", "0"), ("3", "0"), ("7", "0"), ("2", "1"), ("9.5", "2.5")]
)
def test_deviation_is_the_way_out_of_the_bounds(actual, expected):
    assert deviation(D(actual), D(3), D(7)) == D(expected)


def test_an_open_side_is_never_left():
    assert deviation(D(900), D(3), None) == 0
    assert deviation(D(-900), None, D(7)) == 0
