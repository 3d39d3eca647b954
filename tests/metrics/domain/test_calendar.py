"""Named periods, and which of them are due."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.calendar import (
    Frequency,
    due_periods,
    natural_named,
    natural_period,
    periods_within,
)
from shared.kernel.periods import Period

FREQUENCIES: list[Frequency] = ["day", "week", "month", "quarter", "half", "year"]
Q3 = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("frequency", "code", "first", "last"),
    [
        ("day", "2026-08-14", date(2026, 8, 14), date(2026, 8, 14)),
        ("week", "2026-W33", date(2026, 8, 10), date(2026, 8, 16)),
        ("month", "2026-08", date(2026, 8, 1), date(2026, 8, 31)),
        ("quarter", "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("half", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period_of_each_kind(
    frequency: Frequency, code: str, first: date, last: date
) -> None:
    period = natural_period(frequency, date(2026, 8, 14))
    assert (period.code, period.first, period.last) == (code, first, last)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(FREQUENCIES))
def test_a_code_names_the_period_it_was_taken_from(day: date, frequency: Frequency) -> None:
    period = natural_period(frequency, day)
    assert day in period
    assert natural_named(period.code) == period


@pytest.mark.parametrize(
    "code",
    [
        "2026-13",
        "2026-W60",
        "2026-Q5",
        "2026-H3",
        "2026-02-30",
        "FY26",
        "2026-Q",
        "0000",
        "9999-W52",
        "9999-12",
    ],
)
def test_what_names_no_period_is_nothing(code: str) -> None:
    assert natural_named(code) is None


def test_half_years_and_quarters_begin_on_their_first_day() -> None:
    second_half, last_quarter = natural_named("2026-H2"), natural_named("2026-Q4")
    assert second_half is not None
    assert second_half.first == date(2026, 7, 1)
    assert last_quarter is not None
    assert last_quarter.first == date(2026, 10, 1)


def test_periods_within_a_quarter_follow_each_other() -> None:
    assert [p.code for p in periods_within("month", Q3)] == ["2026-07", "2026-08", "2026-09"]
    assert len(list(periods_within("day", Q3))) == 92


def test_only_periods_that_have_ended_are_due() -> None:
    assert due_periods("month", Q3, date(2026, 8, 30)) == [natural_named("2026-07")]
    assert len(due_periods("month", Q3, date(2026, 12, 1))) == 3
    assert due_periods("month", Q3, date(2026, 6, 30)) == []


def test_days_off_and_suspended_days_are_not_due() -> None:
    first_week = frozenset({date(2026, 7, 4), date(2026, 7, 5)})
    assert len(due_periods("day", Q3, date(2026, 7, 7), first_week)) == 5
    july = frozenset(date(2026, 7, 1) + timedelta(days=n) for n in range(31))
    assert [p.code for p in due_periods("month", Q3, date(2026, 9, 30), july)] == [
        "2026-08",
        "2026-09",
    ]
