"""The calendar: periods stand for the same days for ever, days depart from the working week."""

from datetime import date

import pytest

from services.directory.domain.calendar import Calendar, DaysMarked, PeriodsDefined
from services.directory.domain.errors import PeriodBackwards, PeriodRedefined
from services.directory.domain.words import CalendarDay, CalendarPeriod
from tests.support.scenario import scenario

Q3 = CalendarPeriod(code="2026-Q3", kind="quarter", first=date(2026, 7, 1), last=date(2026, 9, 30))
JULY = CalendarPeriod(code="2026-07", kind="month", first=date(2026, 7, 1), last=date(2026, 7, 31))
NATIONAL_DAY = CalendarDay(day=date(2026, 10, 1), kind="day_off")
MAKE_UP = CalendarDay(day=date(2026, 9, 20), kind="make_up")


def test_periods_can_be_named():
    scenario(Calendar).when(lambda c: c.define([Q3, JULY])).then(PeriodsDefined(periods=(Q3, JULY)))


def test_a_period_known_already_is_left_out():
    scenario(Calendar).given(PeriodsDefined(periods=(Q3,))).when(
        lambda c: c.define([Q3, JULY])
    ).then(PeriodsDefined(periods=(JULY,)))


def test_naming_them_again_records_nothing():
    scenario(Calendar).given(PeriodsDefined(periods=(Q3, JULY))).when(
        lambda c: c.define([JULY, Q3])
    ).then_nothing()


def test_a_period_said_twice_in_one_breath_is_one_period():
    scenario(Calendar).when(lambda c: c.define([Q3, Q3])).then(PeriodsDefined(periods=(Q3,)))


@pytest.mark.parametrize("before", [(PeriodsDefined(periods=(Q3,)),), ()])
def test_a_code_never_stands_for_other_days(before):
    other = Q3.model_copy(update={"last": date(2026, 9, 29)})
    said = [other] if before else [Q3, other]
    scenario(Calendar).given(*before).when(lambda c: c.define(said)).then_refused(
        PeriodRedefined, field=f"periods[{len(said) - 1}].code", code="2026-Q3"
    )


def test_a_period_ends_on_or_after_its_first_day():
    backwards = JULY.model_copy(update={"last": date(2026, 6, 30)})
    scenario(Calendar).when(lambda c: c.define([Q3, backwards])).then_refused(
        PeriodBackwards, field="periods[1].last", code="2026-07"
    )


def test_a_period_of_one_day_is_one():
    day = CalendarPeriod(
        code="2026-07-01", kind="day", first=date(2026, 7, 1), last=date(2026, 7, 1)
    )
    scenario(Calendar).when(lambda c: c.define([day])).then(PeriodsDefined(periods=(day,)))


def test_days_can_be_marked():
    scenario(Calendar).when(lambda c: c.mark([NATIONAL_DAY, MAKE_UP])).then(
        DaysMarked(days=(NATIONAL_DAY, MAKE_UP))
    )


def test_marking_a_day_as_it_is_records_nothing():
    ordinary = CalendarDay(day=date(2026, 9, 21), kind="working")
    scenario(Calendar).given(DaysMarked(days=(MAKE_UP,))).when(
        lambda c: c.mark([MAKE_UP, ordinary])
    ).then_nothing()


def test_a_marked_day_can_become_ordinary_again():
    ordinary = MAKE_UP.model_copy(update={"kind": "working"})
    after = (
        scenario(Calendar)
        .given(DaysMarked(days=(MAKE_UP,)))
        .when(lambda c: c.mark([ordinary]))
        .then(DaysMarked(days=(ordinary,)))
    )
    assert after.days == {MAKE_UP.day: "working"}
