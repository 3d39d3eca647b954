"""When a key result is to be checked in: due, overdue, stale."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shared.kernel.periods import Period

Cadence = Literal["weekly", "biweekly", "monthly"]
IsWorkingDay = Callable[[date], bool]

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
LEAST_GRACE = 7
LONGEST_CLOSURE = 60
_DAYS: dict[Cadence, int] = {"weekly": 7, "biweekly": 14, "monthly": 30}


def grace_days(cadence: Cadence) -> int:
    """How many days without a measurement are no matter: max(7, cadence)."""
    return max(LEAST_GRACE, _DAYS[cadence])


def due_days(window: Period, cadence: Cadence, works: IsWorkingDay) -> Iterator[date]:
    """The days on which a check-in is due: one cadence after the start, and so on, to the end.

    Each is moved to the next working day; one in a week (Monday to Sunday) without any is skipped.
    Source: docs/arithmetic.md, "Due, overdue, stale".
    """
    number, latest = 1, window.first - DAY
    while (nominal := _after(window.first, cadence, number)) <= window.last:
        number += 1
        due = _next_working(nominal, works)
        if due > latest and _has_working_day(nominal, works):
            yield (latest := due)


def _has_working_day(day: date, works: IsWorkingDay) -> bool:
    monday = day - timedelta(days=day.weekday())
    return any(works(monday + timedelta(days=n)) for n in range(7))


def _after(first: date, cadence: Cadence, number: int) -> date:
    if cadence != "monthly":
        return first + timedelta(days=_DAYS[cadence] * number)
    months = first.month - 1 + number
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def _next_working(day: date, works: IsWorkingDay) -> date:
    following = (day + timedelta(days=n) for n in range(LONGEST_CLOSURE))
    return next((later for later in following if works(later)), day)


@dataclass(frozen=True)
class Attention:
    """Whether and when a check-in is asked for.

    ``due`` is the day by which the next one is asked for (``None`` when no more are); ``missed``
    counts the due days in a row that passed without one: ``overdue`` from 1, ``stale`` from 2.
    """

    due: date | None
    missed: int

    @property
    def overdue(self) -> bool:
        """One cadence unmet."""
        return self.missed >= 1

    @property
    def stale(self) -> bool:
        """Two cadences unmet: a flag beside the status."""
        return self.missed >= 2


def attention(
    window: Period, cadence: Cadence, works: IsWorkingDay, last: date | None, today: date
) -> Attention:
    """What is asked for on a day, when the last check-in speaks of ``last`` (``None``: never).

    A due day is met by any check-in since the due day before it, and missed once it has passed.
    Source: docs/arithmetic.md, "Due, overdue, stale".
    """
    previous, missed = window.first - DAY, 0
    for due in due_days(window, cadence, works):
        met = last is not None and last > previous
        if due >= today and not met:
            return Attention(due, missed)
        if not met:
            missed += 1
        previous = due
    return Attention(None, missed)
