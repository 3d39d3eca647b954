"""Where a key result should stand by a day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.expected import (
    elapsed,
    expected,
    expected_value,
    plan_shares,
    planned_share,
    rescaled,
)
from services.goals.domain.measure import (
    Metric,
    Milestone,
    Milestones,
    PlanPoint,
    Threshold,
    YesNo,
)
from shared.kernel.periods import Period

QUARTER = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
CUSTOMERS = Metric(baseline=Decimal(0), target=Decimal(1200))
PLAN = (
    PlanPoint(due=date(2026, 7, 31), value=Decimal(300)),
    PlanPoint(due=date(2026, 8, 31), value=Decimal(900)),
)
SHARES = plan_shares(PLAN, Decimal(0), Decimal(1200))


def test_elapsed_days_are_inclusive_and_clamped() -> None:
    assert elapsed(QUARTER, date(2026, 6, 30)) == 0
    assert elapsed(QUARTER, date(2026, 7, 1)) == Decimal("0.010870")
    assert elapsed(QUARTER, date(2026, 8, 15)) == Decimal("0.5")
    assert elapsed(QUARTER, date(2026, 9, 30)) == 1
    assert elapsed(QUARTER, date(2026, 12, 31)) == 1


def test_a_metric_without_a_plan_is_straight() -> None:
    assert expected(CUSTOMERS, QUARTER, date(2026, 8, 15)) == Decimal("0.5")


def test_a_plan_is_met_on_its_days_and_straight_between_them() -> None:
    assert expected(CUSTOMERS, QUARTER, date(2026, 7, 31), SHARES) == Decimal("0.25")
    assert expected(CUSTOMERS, QUARTER, date(2026, 8, 31), SHARES) == Decimal("0.75")
    assert expected(CUSTOMERS, QUARTER, date(2026, 9, 15), SHARES) == Decimal("0.875")


def test_a_plan_begins_at_nothing_and_ends_at_the_target() -> None:
    assert planned_share(QUARTER, SHARES, date(2026, 6, 1)) == 0
    assert planned_share(QUARTER, SHARES, date(2026, 9, 30)) == 1
    assert planned_share(QUARTER, SHARES, date(2027, 1, 1)) == 1


def test_a_plan_may_speak_of_the_last_day_itself() -> None:
    shares = plan_shares(
        [PlanPoint(due=QUARTER.last, value=Decimal(600))], Decimal(0), Decimal(1200)
    )
    assert planned_share(QUARTER, shares, QUARTER.last) == Decimal("0.5")


def test_a_plan_on_a_range_without_length_says_nothing() -> None:
    assert plan_shares(PLAN, Decimal(5), Decimal(5)) == ()


def test_a_new_target_rescales_the_rest_of_the_plan() -> None:
    moved = rescaled(PLAN, date(2026, 8, 1), Decimal(0), Decimal(1200), Decimal(1000))
    assert [point.value for point in moved] == [300, 750]
    assert rescaled(PLAN, date(2026, 8, 1), Decimal(5), Decimal(5), Decimal(9)) == PLAN


@given(st.integers(-500, 500), st.integers(1, 900), st.integers(1, 900))
def test_rescaling_keeps_every_share(baseline: int, before: int, after: int) -> None:
    b, t0, t1 = Decimal(baseline), Decimal(baseline + before), Decimal(baseline + after)
    plan = [PlanPoint(due=date(2026, 8, 31), value=b + before // 2)]
    old = plan_shares(plan, b, t0)
    new = plan_shares(rescaled(plan, QUARTER.first, b, t0, t1), b, t1)
    assert abs(old[0][1] - new[0][1]) < Fraction(1, 10_000)


def test_milestones_are_expected_on_their_due_days() -> None:
    steps = Milestones(
        milestones=(
            Milestone(name="pilot", weight=1, due=date(2026, 7, 31)),
            Milestone(name="launch", weight=3, due=date(2026, 9, 15)),
        )
    )
    days = (date(2026, 7, 30), date(2026, 7, 31), date(2026, 9, 15))
    assert [expected(steps, QUARTER, day) for day in days] == [0, Decimal("0.25"), 1]
    assert expected(Milestones(milestones=()), QUARTER, QUARTER.last) == 0


def test_a_threshold_is_expected_whole_from_its_first_day() -> None:
    threshold = Threshold(operator="at_most", upper=Decimal(3))
    days = (date(2026, 6, 30), date(2026, 7, 1))
    assert [expected(threshold, QUARTER, day) for day in days] == [0, 1]


def test_what_is_simply_due_is_expected_on_its_last_day() -> None:
    assert [expected(YesNo(), QUARTER, date(2026, 9, d)) for d in (29, 30)] == [0, 1]


def test_the_plan_line_shows_the_figure_of_a_share() -> None:
    assert expected_value(CUSTOMERS, Decimal("0.25")) == 300


@given(st.integers(-30, 150), st.integers(0, 30))
def test_expectation_never_falls_and_stays_from_0_to_1(offset: int, later: int) -> None:
    day = QUARTER.first + timedelta(days=offset)
    after = day + timedelta(days=later)
    for shares in ((), SHARES):
        before_share = expected(CUSTOMERS, QUARTER, day, shares)
        after_share = expected(CUSTOMERS, QUARTER, after, shares)
        assert 0 <= before_share <= after_share <= 1
