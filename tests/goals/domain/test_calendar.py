"""Working days and periods."""

from datetime import date

import pytest

from services.goals.domain.calendar import Calendar
from services.goals.domain.measure import PeriodKind
from shared.kernel.periods import Period

QUARTER = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
SATURDAY, MONDAY, TUESDAY = date(2026, 7, 4), date(2026, 7, 6), date(2026, 7, 7)


def test_weekends_are_free_and_marked_days_are_as_marked() -> None:
    marked = Calendar(marked={SATURDAY: "make_up", MONDAY: "day_off", TUESDAY: "working"})
    assert [marked.works(day) for day in (SATURDAY, MONDAY, TUESDAY)] == [True, False, True]
    assert not Calendar().works(SATURDAY)


def test_named_periods_come_first() -> None:
    four_weeks = Period(first=date(2026, 7, 1), last=date(2026, 7, 28))
    outside = Period(first=date(2026, 9, 5), last=date(2026, 10, 2))
    assert Calendar({"month": (outside, four_weeks)}).periods("month", QUARTER) == (four_weeks,)


@pytest.mark.parametrize(
    ("kind", "count"), [("week", 13), ("month", 3), ("quarter", 1), ("half", 0), ("year", 0)]
)
def test_the_plain_periods_are_those_that_end_in_the_window(kind: PeriodKind, count: int) -> None:
    assert len(Calendar().periods(kind, QUARTER)) == count


def test_plain_months_run_from_first_to_last() -> None:
    july = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
    assert Calendar().periods("month", QUARTER)[0] == july


def test_daily_periods_are_the_working_days() -> None:
    week = Period(first=date(2026, 7, 1), last=date(2026, 7, 7))
    assert [p.first.day for p in Calendar().periods("day", week)] == [1, 2, 3, 6, 7]
