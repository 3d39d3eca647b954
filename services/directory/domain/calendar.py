"""Named periods and days that depart from the working week: one calendar for the enterprise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from services.directory.domain.errors import PeriodBackwards, PeriodRedefined
from services.directory.domain.words import CalendarDay, CalendarPeriod, DayKind
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of

CALENDAR = id_of("directory", "calendar")


class PeriodsDefined(Fact, name="directory.Calendar.PeriodsDefined"):
    """These periods exist and can be named from now on."""

    periods: tuple[CalendarPeriod, ...]


class DaysMarked(Fact, name="directory.Calendar.DaysMarked"):
    """These days are holidays, make-up working days, or ordinary again."""

    days: tuple[CalendarDay, ...]


@dataclass(frozen=True)
class Calendar:
    """Which periods can be named, and which days people work."""

    periods: dict[str, CalendarPeriod] = field(default_factory=dict)
    days: dict[date, DayKind] = field(default_factory=dict)

    def define(self, periods: Iterable[CalendarPeriod]) -> Iterator[Fact]:
        """Name periods; a code stands for the same days for ever."""
        new: dict[str, CalendarPeriod] = {}
        for n, period in enumerate(periods):
            if period.last < period.first:
                raise PeriodBackwards(field=f"periods[{n}].last", code=period.code)
            known = self.periods.get(period.code) or new.get(period.code)
            if known is not None and known != period:
                raise PeriodRedefined(field=f"periods[{n}].code", code=period.code)
            if known is None:
                new[period.code] = period
        if new:
            yield PeriodsDefined(periods=tuple(new.values()))

    def mark(self, days: Iterable[CalendarDay]) -> Iterator[Fact]:
        """Say what is special about days; what is known already is left out."""
        new = tuple(day for day in days if self.days.get(day.day, "working") != day.kind)
        if new:
            yield DaysMarked(days=new)

    def after(self, fact: Fact) -> "Calendar":
        """The calendar once this fact is known."""
        match fact:
            case PeriodsDefined(periods=periods):
                return replace(self, periods={**self.periods, **{p.code: p for p in periods}})
            case DaysMarked(days=days):
                return replace(self, days={**self.days, **{d.day: d.kind for d in days}})
        return self
