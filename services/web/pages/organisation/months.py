"""A year drawn month by month: which days are worked, and why not."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, get_day_names

from services.web.pages.language import to_translate
from services.web.pages.status import Mark

SPECIAL = {
    "day_off": Mark("bad", "x", to_translate("Holiday")),
    "make_up": Mark("warn", "briefcase", to_translate("Make-up working day")),
    "closure": Mark("note", "lock", to_translate("Closed in part")),
}
WEEKEND = (5, 6)
MONTH_PATTERNS = {"zh_CN": "M月", "en": "LLLL"}


@dataclass(frozen=True)
class Cell:
    """One day in a month's grid; ``kind`` is empty for an ordinary one."""

    day: date
    kind: str
    weekend: bool
    today: bool


@dataclass(frozen=True)
class Month:
    """One month: its name, and its weeks from Monday on; ``None`` where another month's day is."""

    name: str
    weeks: tuple[tuple[Cell | None, ...], ...]


def months_of(year: int, kinds: Mapping[date, str], today: date, locale: str) -> list[Month]:
    """The twelve months of a year; ``kinds`` says which days are special."""
    return [_month(year, number, kinds, today, locale) for number in range(1, 13)]


def _month(year: int, number: int, kinds: Mapping[date, str], today: date, locale: str) -> Month:
    def cell(day: date) -> Cell | None:
        if day.month != number:
            return None
        return Cell(day, kinds.get(day, ""), day.weekday() in WEEKEND, day == today)

    weeks = Calendar().monthdatescalendar(year, number)
    name = format_date(date(year, number, 1), MONTH_PATTERNS[locale], locale)
    return Month(name, tuple(tuple(cell(day) for day in week) for week in weeks))


def weekdays(locale: str) -> list[tuple[str, str]]:
    """Monday to Sunday, each as a sign and as a word."""
    signs = get_day_names("narrow", "stand-alone", locale)
    words = get_day_names("wide", "stand-alone", locale)
    return [(signs[n], words[n]) for n in range(7)]
