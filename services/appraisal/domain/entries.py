"""Which measurements count, and what they add up to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Literal
from uuid import UUID

from services.appraisal.domain.values import Value
from shared.kernel.decimals import rounded

OverTime = Literal["sum", "mean", "last", "min", "max", "ratio_of_sums"]
Grain = Literal["replace", "add"]

# Wide enough for any sum of stored figures; rounding inside would be a defect, and is refused.
EXACT = Context(prec=500, traps=[Inexact])


class Source(Value):
    """The published record a figure rests on: feed, position, stream, version there."""

    feed: str
    position: int
    stream: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One measurement as it stands: its value in the KPI's unit, day, and rank in time.

    ``rank`` is the position at which it was first measured; ``said_by`` the record that says what
    it holds now (the correction, if there was one).
    """

    value: Decimal
    period: str
    observed_on: date
    origin: str
    source: str
    rank: int
    said_by: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one period of one KPI, and the entries that make it."""

    observed_on: date
    value: Decimal
    entries: tuple[Entry, ...]


def readings(entries: Iterable[Entry], sources: Sequence[str], grain: Grain) -> tuple[Reading, ...]:
    """One reading per period that was measured, in order of day.

    Only the highest source that reported counts; sources not listed come after the listed ones
    and are equal among themselves. ``replace``: the entry measured last is the period's value;
    ``add``: every entry counts on its own day.
    """
    by_period: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_period[entry.period].append(entry)
    found: list[Reading] = []
    for reported in by_period.values():
        counted = reported if len(reported) == 1 else _highest(reported, sources)
        found += _of_period(counted, grain)
    return tuple(sorted(found, key=lambda r: (r.observed_on, r.entries[0].rank)))


def _highest(reported: list[Entry], sources: Sequence[str]) -> list[Entry]:
    rank: Mapping[str, int] = {name: n for n, name in enumerate(sources)}
    best = min(rank.get(entry.source, len(rank)) for entry in reported)
    return [entry for entry in reported if rank.get(entry.source, len(rank)) == best]


def _of_period(counted: list[Entry], grain: Grain) -> list[Reading]:
    if grain == "replace" and len(counted) > 1:
        counted = [max(counted, key=lambda entry: entry.rank)]
    return [Reading(e.observed_on, e.value, (e,)) for e in counted]


def over_time(found: Sequence[Reading], how: OverTime) -> Decimal | None:
    """The KPI's value over these readings, to six places; ``None`` when there is none.

    A ratio of sums is not made of its own readings: see ``ratio_of_sums``.
    """
    values = [reading.value for reading in found]
    return _AGGREGATES[how](values) if values and how in _AGGREGATES else None


def _sum(values: Sequence[Decimal]) -> Decimal:
    return rounded(_exactly(values))


def _exactly(values: Iterable[Decimal]) -> Fraction:
    """The sum without any rounding."""
    with localcontext(EXACT):
        return Fraction(sum(values, Decimal(0)))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return rounded(_exactly(values) / len(values))


def _last(values: Sequence[Decimal]) -> Decimal:
    return values[-1]


_AGGREGATES: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "mean": _mean,
    "last": _last,
    "min": min,
    "max": max,
}


def ratio_of_sums(
    above: Sequence[Reading], below: Sequence[Reading], *, in_percent: bool = False
) -> Decimal | None:
    """Σ numerator / Σ denominator to six places; ``None`` while the denominator adds up to 0.

    A KPI whose unit is ``%`` reads 95, not 0.95.
    """
    denominator = _exactly(r.value for r in below)
    if denominator == 0:
        return None
    numerator = _exactly(r.value for r in above)
    return rounded(numerator / denominator * (100 if in_percent else 1))
