"""Which days are worked and which periods there are: the calendar's rows, or the plain ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from services.goals.domain.measure import PeriodKind
from shared.kernel.periods import Period

DayKind = Literal["working", "day_off", "make_up"]
DAY = timedelta(days=1)
FRIDAY = 4
_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Calendar:
    """The named periods of each kind, and the days that depart from the working week.

    Where no period of a kind is named, the plain ones of the civil calendar serve.
    """

    named: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    marked: Mapping[date, DayKind] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether this is a working day: Monday to Friday unless marked otherwise."""
        mark = self.marked.get(day, "working")
        return mark == "make_up" or (mark == "working" and day.weekday() <= FRIDAY)

    def periods(self, kind: PeriodKind, window: Period) -> tuple[Period, ...]:
        """The periods of a kind that end within a window, in order; of days, the working ones."""
        if kind == "day":
            return tuple(Period(first=d, last=d) for d in window.each_day() if self.works(d))
        known: Iterable[Period] = self.named.get(kind) or _plain(kind, window)
        ending = (period for period in known if period.last in window)
        return tuple(sorted(ending, key=lambda period: period.first))


def _plain(kind: PeriodKind, window: Period) -> Iterator[Period]:
    first = _beginning(kind, window.first)
    while first <= window.last:
        following = _following(kind, first)
        yield Period(first=first, last=following - DAY)
        first = following


def _beginning(kind: PeriodKind, day: date) -> date:
    if kind == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _following(kind: PeriodKind, first: date) -> date:
    if kind == "week":
        return first + timedelta(days=7)
    months = first.month - 1 + _MONTHS[kind]
    return date(first.year + months // 12, months % 12 + 1, 1)
