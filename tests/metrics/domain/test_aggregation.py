"""How figures add up over time and over units."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.aggregation import coverage, over_time, over_units, ratio_of_sums

AMOUNT = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)
AMOUNTS = st.lists(AMOUNT, min_size=1, max_size=20)


def of(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("how", "expected"),
    [("sum", "6"), ("mean", "2"), ("last", "2"), ("min", "1"), ("max", "3")],
)
def test_each_way_to_add_up(how: str, expected: str) -> None:
    assert over_time(of("1", "3", "2"), how) == Decimal(expected)  # type: ignore[arg-type]


def test_nothing_measured_is_null_and_not_nought() -> None:
    assert over_time([], "sum") is None
    assert over_units([None, None], "sum") is None


def test_a_mean_has_six_places_half_up() -> None:
    assert over_time(of("1", "0", "0"), "mean") == Decimal("0.333333")
    assert over_time(of("0.000001", "0"), "mean") == Decimal("0.000001")


def test_who_has_no_figure_is_left_out() -> None:
    assert over_units([Decimal(4), None, Decimal(2)], "mean") == 3


def test_what_does_not_add_up_over_units_is_null() -> None:
    assert over_units(of("1", "2"), "none") is None


def test_a_ratio_is_that_of_the_sums_and_not_the_mean_of_ratios() -> None:
    assert ratio_of_sums(of("1", "9"), of("10", "10")) == Decimal("0.5")
    assert ratio_of_sums(of("1", "9"), of("10", "10"), "%") == Decimal(50)


@pytest.mark.parametrize(
    ("above", "below"), [(of("1"), of("0")), (of("1"), []), ([], of("1")), (of("0"), of("1", "-1"))]
)
def test_a_ratio_over_nothing_is_null(above: list[Decimal], below: list[Decimal]) -> None:
    assert ratio_of_sums(above, below) is None


def test_missing_periods_lower_the_coverage() -> None:
    assert coverage({"1", "2", "9"}, ["1", "2", "3", "4"]) == Decimal("0.5")
    assert coverage({"1"}, []) is None


@settings(max_examples=150, deadline=None)
@given(AMOUNTS, st.randoms())
def test_sum_and_mean_do_not_depend_on_order_or_context(
    values: list[Decimal], dice: object
) -> None:
    shuffled = list(values)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    with localcontext(prec=3):
        narrow = (over_time(shuffled, "sum"), over_time(shuffled, "mean"))
    assert narrow == (over_time(values, "sum"), over_time(values, "mean"))
    assert over_time(values, "sum") == sum(values, Decimal(0))


@settings(max_examples=100, deadline=None)
@given(AMOUNTS, st.integers(1, 1000))
def test_a_sum_scales_with_its_values(values: list[Decimal], factor: int) -> None:
    scaled = [value * factor for value in values]
    assert over_time(scaled, "sum") == (over_time(values, "sum") or 0) * factor


@settings(max_examples=100, deadline=None)
@given(AMOUNTS)
def test_a_mean_lies_between_least_and_greatest(values: list[Decimal]) -> None:
    mean = over_time(values, "mean")
    assert mean is not None
    assert min(values) <= mean <= max(values)


@settings(max_examples=100, deadline=None)
@given(AMOUNTS, AMOUNTS, st.integers(1, 1000))
def test_a_ratio_does_not_change_with_the_scale(
    above: list[Decimal], below: list[Decimal], factor: int
) -> None:
    wider = ratio_of_sums([a * factor for a in above], [b * factor for b in below])
    assert wider == ratio_of_sums(above, below)
