"""Daily figures that look like business and add up to round sums: seeded, so always the same."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random


def amount(said: str | int) -> Decimal:
    """A figure of the story as an exact value."""
    return Decimal(said)


def working_days(
    first: date, last: date, days_off: Sequence[date], make_up_days: Sequence[date]
) -> Iterator[date]:
    """The days worked from first to last, both inclusive."""
    day = first
    while day <= last:
        if day in make_up_days or (day.weekday() < 5 and day not in days_off):
            yield day
        day += timedelta(days=1)


def spread(total: int, days: Sequence[date], seed: str, shares: Sequence[int]) -> dict[date, int]:
    """A quarter's total over its days: each month gets its share in percent, each day some of it.

    Amounts of 10,000 and more come in hundreds. Every month is exact, the last takes what is left.
    """
    grain = 100 if total >= 10_000 else 1
    chance = Random(seed)  # noqa: S311
    months = sorted({day.month for day in days})
    left, spent = total // grain, {}
    for month, share in zip(months, shares, strict=True):
        part = left if month == months[-1] else (total * share + 50 * grain) // (100 * grain)
        left -= part
        spent.update(_over([day for day in days if day.month == month], part, chance))
    return {day: count * grain for day, count in spent.items()}


def _over(days: Sequence[date], units: int, chance: Random) -> dict[date, int]:
    weights = [0.4 + chance.random() for _ in days]
    whole = sum(weights)
    exact = [units * weight / whole for weight in weights]
    counts = [int(part) for part in exact]
    by_rest = sorted(range(len(days)), key=lambda place: counts[place] - exact[place])
    for place in by_rest[: units - sum(counts)]:
        counts[place] += 1
    return dict(zip(days, counts, strict=True))


def around(mean: int, days: Sequence[date], seed: str) -> dict[date, int]:
    """One whole figure a day whose mean is exact: every day above it has one as far below."""
    chance = Random(seed)  # noqa: S311
    steps = [chance.randint(0, max(1, mean // 3)) for _ in range(len(days) // 2)]
    moves = [*steps, *(-step for step in steps), *([0] * (len(days) % 2))]
    chance.shuffle(moves)
    return {day: mean + move for day, move in zip(days, moves, strict=True)}
