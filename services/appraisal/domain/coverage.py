"""Which periods of a KPI are due in a stretch of days, and each one's share of the target."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from services.appraisal.domain.values import Value
from shared.kernel.periods import Period

Frequency = Literal["day", "week", "month", "quarter", "half", "year"]

SUNDAY = 6
SATURDAY = 5


class WorkingDays(Value):
    """The working week from Monday to Friday with its exceptions: days off, and make-up days."""

    off: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    def __contains__(self, day: date) -> bool:
        if day in self.make_up:
            return True
        return day.weekday() < SATURDAY and day not in self.off


class PlanPoint(Value):
    """By the end of this day the aggregate should have reached this value."""

    on: date
    value: Decimal


def period_of(day: date, frequency: Frequency) -> Period:
    """The calendar day, ISO week, month, quarter, half or year in which this day lies."""
    if frequency == "day":
        return Period(first=day, last=day)
    if frequency == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(first=monday, last=monday + timedelta(days=SUNDAY))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[frequency]
    start = (day.month - 1) // months * months + 1
    first = date(day.year, start, 1)
    end = start + months
    after = date(day.year + (end > 12), (end - 1) % 12 + 1, 1)
    return Period(first=first, last=after - timedelta(days=1))


@lru_cache(maxsize=1024)
def due_periods(
    window: Period,
    frequency: Frequency,
    working: WorkingDays,
    suspended: tuple[Period, ...] = (),
) -> tuple[Period, ...]:
    """The KPI's periods that end within the window, in order; for daily KPIs its working days.

    A period all of whose days are suspended is not due: it leaves coverage and target.
    Remembered, because everybody in a list is asked about the same days.
    """
    found: dict[date, Period] = {}
    for day in window.each_day():
        period = period_of(day, frequency)
        if period.last not in window or (frequency == "day" and day not in working):
            continue
        if not all(_within_any(d, suspended) for d in period.each_day()):
            found[period.first] = period
    return tuple(found.values())


def _within_any(day: date, stretches: Iterable[Period]) -> bool:
    return any(day in stretch for stretch in stretches)


def part_of_plan(
    promised: Period,
    due: Sequence[Period],
    counted: frozenset[date],
    target: Decimal,
    plan: Sequence[PlanPoint] = (),
) -> Fraction:
    """The part of a summed target that belongs to the counted periods (by their first days)."""
    if due and not plan:
        return Fraction(target) * sum(period.first in counted for period in due) / len(due)
    shares = own_plan(promised, due, target, plan)
    return sum((share for first, share in shares.items() if first in counted), Fraction(0))


def own_plan(
    promised: Period,
    due: Sequence[Period],
    target: Decimal,
    plan: Sequence[PlanPoint] = (),
) -> dict[date, Fraction]:
    """Each due period's part of a target that is summed up, by the period's first day.

    Without a plan all due periods share equally. With one, a period's part is the growth of the
    plan line since the due period before; the last one takes it to the target.
    Source: docs/arithmetic.md, "Own plan".
    """
    if not due:
        return {}
    if not plan:
        share = Fraction(target) / len(due)
        return {period.first: share for period in due}
    line = _line(promised, target, plan)
    shares: dict[date, Fraction] = {}
    before = Fraction(0)
    for number, period in enumerate(due, start=1):
        reached = Fraction(target) if number == len(due) else line(period.last)
        shares[period.first] = reached - before
        before = reached
    return shares


def _line(
    promised: Period, target: Decimal, plan: Sequence[PlanPoint]
) -> Callable[[date], Fraction]:
    """The plan as a line through its points, from 0 before the first day to target on the last."""
    points = {promised.first - timedelta(days=1): Fraction(0), promised.last: Fraction(target)}
    points |= {p.on: Fraction(p.value) for p in plan if p.on < promised.last}
    marks = sorted(points.items())

    def reached(day: date) -> Fraction:
        left = max(mark for mark in marks if mark[0] <= day)
        right = min((mark for mark in marks if mark[0] >= day), default=marks[-1])
        if left[0] == right[0]:
            return left[1]
        done = Fraction((day - left[0]).days, (right[0] - left[0]).days)
        return left[1] + (right[1] - left[1]) * done

    return reached
