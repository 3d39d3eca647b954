"""Named periods, and which of them are due within a stretch of days."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from shared.kernel.periods import Period

Frequency = Literal["day", "week", "month", "quarter", "half", "year"]

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d{2})|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
)


class NamedPeriod(Period):
    """A row of the calendar: its code, first and last day, both inclusive."""

    code: str


def natural_period(frequency: Frequency, day: date) -> NamedPeriod:
    """The ordinary calendar's period around a day, where the tenant's calendar names none.

    ``2026-08-14``, ``2026-W33`` (ISO weeks), ``2026-08``, ``2026-Q3``, ``2026-H2``, ``2026``.
    """
    if frequency == "day":
        return NamedPeriod(code=day.isoformat(), first=day, last=day)
    if frequency == "week":
        monday = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        last = monday + timedelta(days=6)
        return NamedPeriod(code=f"{year}-W{week:02}", first=monday, last=last)
    return _months_from((day.month - 1) // MONTHS[frequency], frequency, day.year)


def _months_from(number: int, frequency: Frequency, year: int) -> NamedPeriod:
    """The ``number``-th month, quarter or half (from 0) of a year, or the year."""
    size = MONTHS[frequency]
    first = date(year, number * size + 1, 1)
    after = date(year + (number + 1) * size // 12, (number + 1) * size % 12 + 1, 1)
    codes = {
        "month": f"{year}-{number + 1:02}",
        "quarter": f"{year}-Q{number + 1}",
        "half": f"{year}-H{number + 1}",
        "year": f"{year}",
    }
    return NamedPeriod(code=codes[frequency], first=first, last=after - timedelta(days=1))


def natural_named(code: str) -> NamedPeriod | None:
    """The ordinary calendar's period with this code; ``None`` when it names none."""
    written = WRITTEN.fullmatch(code)
    if written is None:
        return None
    said = {word: int(digits) for word, digits in written.groupdict().items() if digits}
    try:
        return natural_period(_frequency(said), _first_day(said))
    except (ValueError, OverflowError):
        return None


def _frequency(said: dict[str, int]) -> Frequency:
    finest: tuple[Frequency, ...] = ("day", "week", "month", "quarter", "half")
    return next((word for word in finest if word in said), "year")


def _first_day(said: dict[str, int]) -> date:
    if "week" in said:
        return date.fromisocalendar(said["year"], said["week"], 1)
    month = said.get("quarter", 1) * 3 - 2 if "quarter" in said else said.get("month", 1)
    month = said["half"] * 6 - 5 if "half" in said else month
    return date(said["year"], month, said.get("day", 1))


def periods_within(frequency: Frequency, window: Period) -> Iterator[NamedPeriod]:
    """The ordinary calendar's periods that end within a stretch of days, in order."""
    period = natural_period(frequency, window.first)
    while period.last <= window.last:
        yield period
        period = natural_period(frequency, period.last + timedelta(days=1))


def due_periods(
    frequency: Frequency, window: Period, on: date, left_out: frozenset[date] = frozenset()
) -> list[NamedPeriod]:
    """The periods of a window that should have been measured by the end of a day, in order.

    A period none of whose days within the window remains (``left_out``: days off for daily
    figures, suspended days for all) is not due.
    """
    last = min(on, window.last)
    if last < window.first:
        return []
    return [
        period
        for period in periods_within(frequency, Period(first=window.first, last=last))
        if not left_out or any(day in window and day not in left_out for day in period.each_day())
    ]
