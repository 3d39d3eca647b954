"""Plans: segments tile the period; short ones may be left out."""

from datetime import date

import pytest

from services.appraisal.domain import errors
from services.appraisal.domain.plans import last_days, must_be_sound
from tests.support.appraisals import FIRST, LAST, LI, plan, segment

JULY_30 = date(2026, 7, 30)
JULY_29 = date(2026, 7, 29)


def two(second: date, *, left_out: bool):
    before = date.fromordinal(second.toordinal() - 1)
    return plan(segment(FIRST, before, left_out=left_out), segment(second, LAST))


def test_a_segment_of_29_days_may_be_left_out():
    must_be_sound(two(JULY_30, left_out=True))


def test_a_segment_of_30_days_counts():
    with pytest.raises(errors.SegmentTooLongToLeaveOut) as refused:
        must_be_sound(two(date(2026, 7, 31), left_out=True))
    assert refused.value.field == "segments[0].leave_out"
    assert refused.value.details["days"] == 30


def test_at_least_one_segment_counts():
    short = plan(segment(FIRST, JULY_29, left_out=True), first=FIRST, last=JULY_29)
    with pytest.raises(errors.NoSegmentLeft):
        must_be_sound(short)


@pytest.mark.parametrize(
    "segments",
    [
        (segment(JULY_30, LAST),),
        (segment(FIRST, LAST), segment(FIRST, LAST)),
        (segment(FIRST, LAST), segment(date(2026, 10, 1), date(2026, 10, 2))),
    ],
)
def test_segments_that_do_not_tile_the_period_are_refused(segments):
    with pytest.raises(errors.SegmentsNotInOrder):
        must_be_sound(plan(*segments))


def test_nobody_is_their_own_manager():
    with pytest.raises(errors.ReviewsThemselves):
        must_be_sound(plan(manager=LI))


def test_a_period_ends_after_it_begins():
    with pytest.raises(errors.PeriodReversed):
        must_be_sound(plan(first=LAST, last=FIRST))


def test_the_day_of_a_change_belongs_to_the_new_segment():
    assert last_days((FIRST, JULY_30), LAST) == (JULY_29, LAST)


def test_the_last_segment_that_counts_governs():
    short_end = date(2026, 9, 15)
    ends_short = plan(segment(FIRST, date(2026, 9, 14)), segment(short_end, LAST, left_out=True))
    assert ends_short.governing.first == FIRST
