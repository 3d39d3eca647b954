"""The six forms of a measure, and when one makes no sense."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from services.goals.domain import measure as m
from services.goals.domain.measure import (
    Metric,
    Milestone,
    Milestones,
    Rubric,
    RubricLevel,
    Threshold,
    YesNo,
)

TEN, TWENTY = Decimal(10), Decimal(20)
ANY_MEASURE: TypeAdapter[m.Measure] = TypeAdapter(m.Measure)


def metric(baseline: int, target: int, stretch: int | None = None) -> Metric:
    return Metric(
        baseline=Decimal(baseline),
        target=Decimal(target),
        stretch=None if stretch is None else Decimal(stretch),
    )


def test_the_type_tells_the_forms_apart() -> None:
    read = ANY_MEASURE.validate_python({"type": "metric", "baseline": "0", "target": "1200"})
    assert read == metric(0, 1200)
    assert isinstance(ANY_MEASURE.validate_python({"type": "boolean"}), YesNo)


def test_a_figure_that_is_no_number_is_not_read() -> None:
    with pytest.raises(ValidationError):
        Metric(baseline=Decimal("NaN"), target=Decimal(1))


def test_baseline_equal_to_target_goes_nowhere() -> None:
    assert m.goes_nowhere(metric(5, 5))
    assert not m.goes_nowhere(metric(5, 6))
    assert not m.goes_nowhere(YesNo())


def test_a_relative_aim_is_taken_from_the_size_of_the_baseline() -> None:
    assert m.relative_target(Decimal(200), Decimal("0.2")) == 240
    assert m.relative_target(Decimal(-200), Decimal("0.2")) == -160


def test_a_relative_aim_needs_a_baseline_and_must_agree_with_the_target() -> None:
    fifth = Decimal("0.2")
    assert m.aims_relative_to_nothing(metric(0, 10), fifth)
    assert not m.aims_relative_to_nothing(metric(0, 10), None)
    assert not m.aims_relative_to_nothing(YesNo(), fifth)
    assert m.contradicts_its_relative_aim(metric(10, 13), fifth)
    assert not m.contradicts_its_relative_aim(metric(10, 12), fifth)
    assert not m.contradicts_its_relative_aim(metric(10, 13), None)
    assert not m.contradicts_its_relative_aim(YesNo(), fifth)


def test_a_stretch_lies_beyond_the_target_upwards_and_downwards() -> None:
    assert not m.stretches_short(metric(0, 10, 12))
    assert m.stretches_short(metric(0, 10, 9))
    assert not m.stretches_short(metric(10, 5, 4))
    assert m.stretches_short(metric(10, 5, 6))
    assert not m.stretches_short(metric(0, 10))
    assert not m.stretches_short(YesNo())


def test_a_threshold_needs_the_bounds_of_its_operator() -> None:
    assert m.lacks_a_bound(Threshold(operator="at_least", upper=TEN))
    assert m.lacks_a_bound(Threshold(operator="at_most", lower=TEN))
    assert m.lacks_a_bound(Threshold(operator="between", lower=TEN))
    assert not m.lacks_a_bound(Threshold(operator="between", lower=TEN, upper=TWENTY))
    assert m.lacks_a_bound(Threshold(operator="at_least", lower=TEN, judged="period_ratio"))
    assert not m.lacks_a_bound(YesNo())


def test_bounds_in_the_wrong_order_are_crossed() -> None:
    assert m.bounds_are_crossed(Threshold(operator="between", lower=TWENTY, upper=TEN))
    assert not m.bounds_are_crossed(Threshold(operator="between", lower=TEN, upper=TEN))
    assert not m.bounds_are_crossed(Threshold(operator="at_least", lower=TEN))
    assert not m.bounds_are_crossed(Threshold(operator="between", lower=TEN))
    assert not m.bounds_are_crossed(YesNo())


def step(name: str, weight: int) -> Milestone:
    return Milestone(name=name, weight=weight, due=date(2026, 8, 1))


def test_milestones_need_different_names_and_some_weight() -> None:
    assert m.milestones_cannot_be_weighed(Milestones(milestones=()))
    assert m.milestones_cannot_be_weighed(Milestones(milestones=(step("a", 0),)))
    assert m.milestones_cannot_be_weighed(Milestones(milestones=(step("a", 2), step("b", -1))))
    assert m.milestones_cannot_be_weighed(Milestones(milestones=(step("a", 1), step("a", 1))))
    assert not m.milestones_cannot_be_weighed(Milestones(milestones=(step("a", 1),)))
    assert not m.milestones_cannot_be_weighed(YesNo())


def test_a_rubric_needs_different_names_and_values_from_0_to_1() -> None:
    half = RubricLevel(name="half", value=Decimal("0.5"))
    too_much = RubricLevel(name="all", value=Decimal("1.1"))
    assert m.rubric_cannot_be_read(Rubric(levels=()))
    assert m.rubric_cannot_be_read(Rubric(levels=(half, too_much)))
    assert m.rubric_cannot_be_read(Rubric(levels=(half, half)))
    assert not m.rubric_cannot_be_read(Rubric(levels=(half,)))
    assert not m.rubric_cannot_be_read(YesNo())


def test_money_is_told_by_its_currency_code() -> None:
    assert m.is_money("CNY")
    assert not any(m.is_money(unit) for unit in ("%", "pp", "家", "cny", "customers"))
