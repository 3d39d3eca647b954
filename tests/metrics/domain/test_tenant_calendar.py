"""The tenant's own calendar before the ordinary one."""

from datetime import date
from typing import Any

import pytest

from services.metrics.domain.errors import DayOutsidePeriod, PeriodDoesNotFit, PeriodIsUnknown
from services.metrics.domain.tenant_calendar import TenantCalendar, calendar_of
from shared.kernel.periods import Period

TODAY = date(2026, 8, 14)
FISCAL = calendar_of(
    [
        ("FY26", "year", date(2026, 4, 1), date(2027, 3, 31)),
        ("FY26-P05", "month", date(2026, 7, 27), date(2026, 8, 30)),
    ],
    [
        (date(2026, 9, 20), "make_up"),
        (date(2026, 9, 25), "day_off"),
        (date(2026, 9, 24), "working"),
    ],
)


def test_its_own_rows_come_first() -> None:
    assert FISCAL.around("month", TODAY).code == "FY26-P05"
    assert FISCAL.around("year", date(2027, 1, 1)).code == "FY26"
    assert FISCAL.named("FY26-P05").last == date(2026, 8, 30)


def test_where_it_names_none_the_ordinary_calendar_holds() -> None:
    assert FISCAL.around("quarter", TODAY).code == "2026-Q3"
    assert FISCAL.named("2026-Q3").first == date(2026, 7, 1)
    assert TenantCalendar().around("year", TODAY).code == "2026"


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(PeriodIsUnknown) as refused:
        FISCAL.named("FY99", field="taken_from")
    assert refused.value.field == "taken_from"


@pytest.mark.parametrize(
    ("frequency", "day", "code", "expected"),
    [
        ("day", date(2026, 8, 3), None, ("2026-08-03", date(2026, 8, 3))),
        ("day", None, None, ("2026-08-14", TODAY)),
        ("month", None, "FY26-P05", ("FY26-P05", date(2026, 8, 30))),
        ("month", date(2026, 8, 3), "FY26-P05", ("FY26-P05", date(2026, 8, 3))),
        ("month", date(2026, 8, 3), None, ("FY26-P05", date(2026, 8, 3))),
        ("quarter", None, "2026-Q2", ("2026-Q2", date(2026, 6, 30))),
    ],
)
def test_a_figure_has_a_period_and_a_day(
    frequency: Any, day: Any, code: Any, expected: Any
) -> None:
    period, on = FISCAL.of_figure(frequency, day, code, TODAY)
    assert (period.code, on) == expected


def test_a_period_of_another_frequency_is_refused() -> None:
    with pytest.raises(PeriodDoesNotFit):
        FISCAL.of_figure("day", None, "2026-Q3", TODAY)


def test_a_day_outside_the_named_period_is_refused() -> None:
    with pytest.raises(DayOutsidePeriod):
        FISCAL.of_figure("month", date(2026, 9, 1), "FY26-P05", TODAY)


def test_days_off_are_weekends_and_holidays_without_make_up_days() -> None:
    week = Period(first=date(2026, 9, 19), last=date(2026, 9, 27))
    assert FISCAL.days_off(week) == {
        date(2026, 9, 19),
        date(2026, 9, 25),
        date(2026, 9, 26),
        date(2026, 9, 27),
    }
