"""When a check-in is due, overdue and stale."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.due import attention, due_days, grace_days
from shared.kernel.periods import Period

QUARTER = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))


def every_weekday(day: date) -> bool:
    return day.weekday() < 5


def without_golden_week(day: date) -> bool:
    closed = Period(first=date(2026, 10, 1), last=date(2026, 10, 11))
    return every_weekday(day) and day not in closed


def never(day: date) -> bool:
    return False


def weekly(last: date | None, today: date) -> tuple[date | None, int]:
    asked = attention(QUARTER, "weekly", every_weekday, last, today)
    return asked.due, asked.missed


def test_a_weekly_check_in_is_due_each_week_after_the_start() -> None:
    days = list(due_days(QUARTER, "weekly", every_weekday))
    assert days[:2] == [date(2026, 7, 8), date(2026, 7, 15)]
    assert days[-1] == date(2026, 9, 30)


def test_a_due_day_moves_to_the_next_working_day() -> None:
    from_saturday = Period(first=date(2026, 7, 4), last=date(2026, 7, 31))
    assert next(due_days(from_saturday, "weekly", every_weekday)) == date(2026, 7, 13)


def test_a_week_without_a_working_day_asks_for_nothing() -> None:
    autumn = Period(first=date(2026, 9, 23), last=date(2026, 10, 28))
    days = list(due_days(autumn, "weekly", without_golden_week))
    assert days == [date(2026, 9, 30), *(date(2026, 10, d) for d in (14, 21, 28))]


def test_two_due_days_moved_together_are_one() -> None:
    long_closure = Period(first=date(2026, 9, 30), last=date(2026, 10, 21))

    def works(day: date) -> bool:
        return day == date(2026, 10, 5) or day >= date(2026, 10, 19)

    assert list(due_days(long_closure, "weekly", works)) == [date(2026, 10, 19), date(2026, 10, 21)]


def test_where_nobody_ever_works_nothing_is_due() -> None:
    assert list(due_days(QUARTER, "weekly", never)) == []


def test_monthly_keeps_the_day_of_the_month_as_far_as_there_is_one() -> None:
    half = Period(first=date(2026, 8, 31), last=date(2027, 2, 28))
    days = list(due_days(half, "monthly", lambda day: True))
    assert days == [
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_before_the_first_due_day_nothing_is_missed() -> None:
    assert weekly(None, date(2026, 7, 3)) == (date(2026, 7, 8), 0)
    assert weekly(None, date(2026, 7, 8)) == (date(2026, 7, 8), 0)


def test_one_cadence_unmet_is_overdue_and_two_are_stale() -> None:
    late = attention(QUARTER, "weekly", every_weekday, None, date(2026, 7, 9))
    later = attention(QUARTER, "weekly", every_weekday, None, date(2026, 7, 16))
    assert (late.overdue, late.stale) == (True, False)
    assert (later.overdue, later.stale) == (True, True)


def test_a_check_in_since_the_last_due_day_meets_the_next_one() -> None:
    assert weekly(date(2026, 7, 6), date(2026, 7, 7)) == (date(2026, 7, 15), 0)
    assert weekly(date(2026, 7, 6), date(2026, 7, 16)) == (date(2026, 7, 22), 1)


def test_after_the_end_nothing_is_due_any_more() -> None:
    assert weekly(date(2026, 9, 29), date(2026, 10, 15)) == (None, 0)
    assert weekly(date(2026, 9, 20), date(2026, 10, 15)) == (None, 1)


def test_grace_is_a_week_at_least() -> None:
    assert [grace_days(c) for c in ("weekly", "biweekly", "monthly")] == [7, 14, 30]


@given(st.integers(0, 120), st.integers(0, 120), st.integers(0, 20))
def test_checking_in_later_never_misses_more(today: int, last: int, more: int) -> None:
    day = QUARTER.first + timedelta(days=today)
    first, second = (QUARTER.first + timedelta(days=last + extra) for extra in (0, more))
    assert weekly(second, day)[1] <= weekly(first, day)[1] <= weekly(None, day)[1]
