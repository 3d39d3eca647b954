"""The tenant's own calendar: its named rows first, the ordinary calendar where it names none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.metrics.domain.calendar import (
    Frequency,
    NamedPeriod,
    natural_named,
    natural_period,
)
from services.metrics.domain.errors import DayOutsidePeriod, PeriodDoesNotFit, PeriodIsUnknown
from shared.kernel.periods import Period

SATURDAY = 5


@dataclass(frozen=True)
class TenantCalendar:
    """Named periods by kind, and the days that depart from the working week."""

    rows: tuple[tuple[str, NamedPeriod], ...] = ()
    days: tuple[tuple[date, str], ...] = ()

    def named(self, code: str, field: str = "period") -> NamedPeriod:
        """The period with this code; refused when there is none."""
        found = next((row for _, row in self.rows if row.code == code), None) or natural_named(code)
        if found is None:
            raise PeriodIsUnknown(field=field, period=code)
        return found

    def around(self, frequency: Frequency, day: date) -> NamedPeriod:
        """The period of this kind that a day lies in."""
        own = next((row for kind, row in self.rows if kind == frequency and day in row), None)
        return own or natural_period(frequency, day)

    def of_figure(
        self, frequency: Frequency, day: date | None, code: str | None, today: date
    ) -> tuple[NamedPeriod, date]:
        """The period and business day of a figure, from whichever of the two was said.

        Of a named period alone the day is its last one; of nothing at all it is today. Refused when
        the period is not of the KPI's frequency, or the day lies outside it.
        """
        if code is None:
            day = day or today
            return self.around(frequency, day), day
        period = self.named(code)
        if self.around(frequency, period.last).code != period.code:
            raise PeriodDoesNotFit(field="period", period=code)
        day = day or period.last
        if day not in period:
            raise DayOutsidePeriod(
                field="observed_on",
                day=day.isoformat(),
                period=code,
                first=period.first.isoformat(),
                last=period.last.isoformat(),
            )
        return period, day

    def days_off(self, window: Period) -> frozenset[date]:
        """Weekends and holidays of a stretch of days, without make-up days."""
        marked: Mapping[date, str] = dict(self.days)
        return frozenset(day for day in window.each_day() if _is_off(day, marked.get(day)))


def _is_off(day: date, marked: str | None) -> bool:
    if marked in ("day_off", "make_up"):
        return marked == "day_off"
    return day.weekday() >= SATURDAY


def calendar_of(
    rows: Iterable[tuple[str, str, date, date]], days: Iterable[tuple[date, str]]
) -> TenantCalendar:
    """The calendar from its rows (code, kind, first, last) and marked days."""
    named = ((kind, NamedPeriod(code=c, first=f, last=t)) for c, kind, f, t in rows)
    return TenantCalendar(tuple(named), tuple(days))
