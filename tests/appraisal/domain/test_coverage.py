"""Which periods are due, and each one's part of the target."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.coverage import WorkingDays, due_periods, own_plan, period_of
from shared.kernel.periods import Period
from tests.support.appraisals import QUARTER, plan_point

EVERY_WEEK = WorkingDays()


@pytest.mark.parametrize(
    ("frequency", "first", "last"),
    [
        ("day", "2026-08-14", "2026-08-14"),
        ("week", "2026-08-10", "2026-08-16"),
        ("month", "2026-08-01", "2026-08-31"),
        ("quarter", "2026-07-01", "2026-09-30"),
        ("half", "2026-07-01", "2026-12-31"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_period_of_a_day(frequency, first, last):
    period = period_of(date(2026, 8, 14), frequency)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_a_daily_kpi_is_due_on_working_days_with_holidays_and_make_up_days():
    week = Period(first=date(2026, 9, 19), last=date(2026, 9, 26))
    working = WorkingDays(
        off=frozenset({date(2026, 9, 25)}), make_up=frozenset({date(2026, 9, 20)})
    )
    assert [p.first.day for p in due_periods(week, "day", working)] == [20, 21, 22, 23, 24]


def test_a_monthly_kpi_is_due_when_the_month_has_ended_within_the_days():
    days = Period(first=date(2026, 7, 15), last=date(2026, 9, 15))
    assert [p.first.month for p in due_periods(days, "month", EVERY_WEEK)] == [7, 8]


def test_a_weekly_kpi_is_due_for_weeks_that_end_within_the_days():
    found = due_periods(QUARTER, "week", EVERY_WEEK)
    assert (found[0].last, found[-1].last, len(found)) == (
        date(2026, 7, 5),
        date(2026, 9, 27),
        13,
    )


def test_suspended_days_are_not_due():
    closed = Period(first=date(2026, 7, 6), last=date(2026, 7, 12))
    found = due_periods(
        Period(first=date(2026, 7, 1), last=date(2026, 7, 14)), "day", EVERY_WEEK, (closed,)
    )
    assert [p.first.day for p in found] == [1, 2, 3, 13, 14]


def test_a_month_is_due_while_one_of_its_days_is_not_suspended():
    all_but_one = Period(first=date(2026, 7, 1), last=date(2026, 7, 30))
    july = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
    assert len(due_periods(july, "month", EVERY_WEEK, (all_but_one,))) == 1
    assert due_periods(july, "month", EVERY_WEEK, (july,)) == ()


def test_without_a_plan_all_due_periods_share_equally():
    due = due_periods(QUARTER, "month", EVERY_WEEK)
    assert set(own_plan(QUARTER, due, Decimal(100)).values()) == {Fraction(100, 3)}


def test_a_plan_gives_each_month_the_growth_of_its_line():
    due = due_periods(QUARTER, "month", EVERY_WEEK)
    plan = (plan_point(date(2026, 7, 31), 20), plan_point(date(2026, 8, 31), 50))
    assert [*own_plan(QUARTER, due, Decimal(100), plan).values()] == [20, 30, 50]


def test_between_plan_points_the_line_is_straight():
    due = due_periods(QUARTER, "day", EVERY_WEEK)
    plan = (plan_point(date(2026, 7, 10), 100),)
    shares = own_plan(QUARTER, due, Decimal(500), plan)
    assert shares[date(2026, 7, 1)] == 10
    assert shares[date(2026, 7, 6)] == 30  # with the weekend before it


def test_nothing_due_has_no_parts():
    assert own_plan(QUARTER, (), Decimal(100)) == {}


DAYS = st.integers(0, 91).map(lambda n: QUARTER.first + timedelta(days=n))


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(DAYS, st.integers(0, 1000), max_size=5),
    st.integers(1, 10_000),
    st.sampled_from(["day", "week", "month", "quarter"]),
)
def test_the_parts_always_add_up_to_the_target(points, target, frequency):
    due = due_periods(QUARTER, frequency, EVERY_WEEK)
    plan = tuple(plan_point(on, value) for on, value in points.items())
    assert sum(own_plan(QUARTER, due, Decimal(target), plan).values()) == target
