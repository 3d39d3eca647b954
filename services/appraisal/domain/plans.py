"""What a plan of an appraisal must fulfil before it is recorded."""

from datetime import date
from itertools import pairwise

from services.appraisal.domain.errors import (
    AppraisalOfAnother,
    NoSegmentLeft,
    PeriodReversed,
    ReviewsThemselves,
    SegmentsNotInOrder,
    SegmentTooLongToLeaveOut,
)
from services.appraisal.domain.facts import Plan

SHORTEST_SEGMENT = 30


def must_be_sound(plan: Plan, shortest: int = SHORTEST_SEGMENT) -> None:
    """Refused: a manager who is the subject, segments that do not tile the period, none left.

    A segment may be left out only when it has fewer calendar days than ``shortest``.
    """
    if plan.last < plan.first:
        raise PeriodReversed(field="last")
    if plan.manager == plan.subject:
        raise ReviewsThemselves(field="manager")
    _segments_must_tile(plan)
    for number, segment in enumerate(plan.segments):
        if segment.left_out and segment.days >= shortest:
            raise SegmentTooLongToLeaveOut(
                field=f"segments[{number}].leave_out",
                first=segment.first,
                days=segment.days,
                limit=shortest,
            )
    if all(segment.left_out for segment in plan.segments):
        raise NoSegmentLeft(field="segments")


def must_be_about_the_same(plan: Plan, before: Plan | None) -> None:
    """Refused: another subject than before; what was said of one must not judge another."""
    if before is not None and plan.subject != before.subject:
        raise AppraisalOfAnother(field="subject")


def _segments_must_tile(plan: Plan) -> None:
    ordered = all(left.first < right.first for left, right in pairwise(plan.segments))
    starts = bool(plan.segments) and plan.segments[0].first == plan.first
    if not ordered or not starts or plan.segments[-1].first > plan.last:
        raise SegmentsNotInOrder(field="segments")


def last_days(firsts: tuple[date, ...], last: date) -> tuple[date, ...]:
    """The last day of each segment: the day before the next one, or the period's last day."""
    following = [date.fromordinal(first.toordinal() - 1) for first in firsts[1:]]
    return (*following, last)
