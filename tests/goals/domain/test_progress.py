"""Raw progress, by type of measure."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.measure import (
    EstablishBaseline,
    Measure,
    Metric,
    Milestone,
    Milestones,
    Rubric,
    RubricLevel,
    Threshold,
    YesNo,
)
from services.goals.domain.progress import (
    JudgedPeriod,
    Said,
    holds,
    is_degenerate,
    metric_progress,
    milestone_progress,
    period_ratio,
    progress,
)

figures = st.decimals(-10_000, 10_000, places=2)
STEPS = Milestones(
    milestones=(
        Milestone(name="pilot", weight=1, due=date(2026, 7, 31)),
        Milestone(name="launch", weight=3, due=date(2026, 9, 15)),
    )
)
LEVELS = Rubric(
    levels=(
        RubricLevel(name="draft", value=Decimal("0.3")),
        RubricLevel(name="in use", value=Decimal(1)),
    )
)


def test_one_formula_serves_growth_and_reduction() -> None:
    assert metric_progress(Decimal(600), Decimal(0), Decimal(1200)) == Decimal("0.5")
    assert metric_progress(Decimal(4), Decimal(5), Decimal(3)) == Decimal("0.5")


def test_progress_is_raw_below_the_baseline_and_beyond_the_target() -> None:
    assert metric_progress(Decimal(-600), Decimal(0), Decimal(1200)) == Decimal("-0.5")
    assert metric_progress(Decimal(1800), Decimal(0), Decimal(1200)) == Decimal("1.5")


def test_a_range_without_length_only_says_reached_or_not() -> None:
    ten = Decimal(10)
    assert is_degenerate(Metric(baseline=ten, target=ten))
    assert metric_progress(ten, ten, ten) == 1
    assert metric_progress(Decimal("9.9"), ten, ten) == 0


@given(figures, figures, figures, figures)
def test_a_metric_is_monotone_in_the_actual(
    low: Decimal, high: Decimal, baseline: Decimal, target: Decimal
) -> None:
    low, high = sorted((low, high))
    before, after = (metric_progress(a, baseline, target) for a in (low, high))
    assert before <= after if target >= baseline else before >= after


@given(figures, figures, figures)
def test_progress_is_always_a_number(actual: Decimal, baseline: Decimal, target: Decimal) -> None:
    assert metric_progress(actual, baseline, target).is_finite()


def test_bounds_are_inclusive() -> None:
    two, four = Decimal(2), Decimal(4)
    assert holds(Threshold(operator="at_least", lower=two), two)
    assert not holds(Threshold(operator="at_least", lower=two), Decimal("1.99"))
    assert holds(Threshold(operator="at_most", upper=four), four)
    assert not holds(Threshold(operator="at_most", upper=four), Decimal("4.01"))
    between = Threshold(operator="between", lower=two, upper=four)
    assert [holds(between, Decimal(v)) for v in (1, 2, 3, 4, 5)] == [False, True, True, True, False]


def periods(*values: int | None, bound: int = 95) -> list[JudgedPeriod]:
    bounds = Threshold(operator="at_least", lower=Decimal(bound), judged="period_ratio")
    return [
        JudgedPeriod(date(2026, 7 + n, 28), None if v is None else Decimal(v), bounds)
        for n, v in enumerate(values)
    ]


def test_an_earlier_gap_is_a_period_not_met() -> None:
    assert period_ratio(periods(96, None, 97, None), after_deadline=False) == Decimal("0.666667")


def test_from_the_deadline_on_all_periods_are_due() -> None:
    assert period_ratio(periods(96, None, 97, None), after_deadline=True) == Decimal("0.5")


def test_periods_never_measured_give_no_figure() -> None:
    assert period_ratio(periods(None, None), after_deadline=True) is None
    assert period_ratio([], after_deadline=True) is None


def test_each_period_is_judged_on_the_bounds_then_in_force() -> None:
    stricter = [*periods(96), *periods(96, bound=97)]
    assert period_ratio(stricter, after_deadline=False) == Decimal("0.5")


def test_milestones_count_by_weight() -> None:
    assert milestone_progress(STEPS, {"pilot"}) == Decimal("0.25")
    assert milestone_progress(STEPS, {"pilot", "launch", "unknown"}) == 1
    assert milestone_progress(Milestones(milestones=()), {"pilot"}) is None


def test_what_was_said_is_read_by_the_type_of_measure() -> None:
    half = Said(value=Decimal("0.5"))
    at_least = Threshold(operator="at_least", lower=Decimal("0.5"))
    assert progress(Metric(baseline=Decimal(0), target=Decimal(1)), half) == Decimal("0.5")
    assert progress(at_least, half) == 1
    assert progress(at_least, Said(value=Decimal(0))) == 0
    assert progress(YesNo(), Said(value=Decimal(1))) == 1
    assert progress(YesNo(), Said(value=Decimal(0))) == 0
    assert progress(EstablishBaseline(), Said(value=Decimal(42))) == 1
    assert progress(STEPS, Said(milestones_done=frozenset({"launch"}))) == Decimal("0.75")
    assert progress(LEVELS, Said(level="draft")) == Decimal("0.3")
    assert progress(LEVELS, Said(level="gone")) is None


def test_without_anything_said_there_is_no_progress() -> None:
    measures: list[Measure] = [
        Metric(baseline=Decimal(0), target=Decimal(1)),
        YesNo(),
        STEPS,
        LEVELS,
        EstablishBaseline(),
    ]
    assert [progress(measure, Said()) for measure in measures] == [None] * 5
    assert progress(STEPS, Said(value=Decimal(1))) is None
