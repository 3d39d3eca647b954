"""The periods of a fiscal year: of calendar months from any day on, or of weeks by quarter.

A year of weeks (4-4-5 and its kin) has 52 of them, seven days each, or 53, the last month being a
week longer.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.directory.domain.errors import YearStartsTooLate
from services.directory.domain.words import CalendarPeriod, PeriodKind, YearPattern

MONTHS = 12
LAST_COMMON_DAY = 28
WEEK = timedelta(days=7)


def fiscal_year(
    code: str, first: date, pattern: YearPattern, *, long: bool = False
) -> tuple[CalendarPeriod, ...]:
    """The year ``FY26``, its halves ``FY26-H1``, quarters ``FY26-Q1``, months ``FY26-M01`` and, of
    a year of weeks, its weeks ``FY26-W01``. ``long`` is a year of 53 weeks.
    """
    starts = _months(first) if pattern == "months" else _weeks(first, pattern, long)
    return (
        *_named(code, "", "year", starts, MONTHS),
        *_named(code, "-H{:d}", "half", starts, 6),
        *_named(code, "-Q{:d}", "quarter", starts, 3),
        *_named(code, "-M{:02d}", "month", starts, 1),
        *(() if pattern == "months" else _each_week(code, starts)),
    )


def _months(first: date) -> list[date]:
    if first.day > LAST_COMMON_DAY:
        raise YearStartsTooLate(field="first", first=first)
    months = [first.month - 1 + n for n in range(MONTHS + 1)]
    return [first.replace(year=first.year + m // 12, month=m % 12 + 1) for m in months]


def _weeks(first: date, pattern: str, long: bool) -> list[date]:
    starts = [first]
    for weeks in [int(part) for part in pattern.split("-")] * 4:
        starts.append(starts[-1] + weeks * WEEK)
    if long:
        starts[-1] += WEEK
    return starts


def _named(
    code: str, suffix: str, kind: PeriodKind, starts: Sequence[date], months: int
) -> Iterator[CalendarPeriod]:
    for number, n in enumerate(range(0, MONTHS, months), 1):
        last = starts[n + months] - timedelta(days=1)
        yield CalendarPeriod(
            code=code + suffix.format(number), kind=kind, first=starts[n], last=last
        )


def _each_week(code: str, starts: Sequence[date]) -> Iterator[CalendarPeriod]:
    for n in range((starts[-1] - starts[0]) // WEEK):
        first = starts[0] + n * WEEK
        last = first + timedelta(days=6)
        yield CalendarPeriod(code=f"{code}-W{n + 1:02d}", kind="week", first=first, last=last)
