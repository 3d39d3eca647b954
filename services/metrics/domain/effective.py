"""Which figures count: corrected, not withdrawn, and from the best source of each period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from services.metrics.domain.kpi import Grain

T = TypeVar("T", date, datetime, int)


class Counting(NamedTuple):
    """An entry as it counts: its value, period key, day, source and (last) origin entry."""

    entry_id: UUID
    value: Decimal
    period: str
    observed_on: date
    source: str


@dataclass(frozen=True)
class Statement(Generic[T]):
    """What was said of an entry at an instant: measured or corrected so; ``None``: withdrawn."""

    at: T
    entry_id: UUID
    counting: Counting | None


class PeriodValue(NamedTuple):
    """The value of one period, its last business day, and the entries it comes from."""

    period: str
    observed_on: date
    value: Decimal
    entries: tuple[UUID, ...]


def known_at(statements: Iterable[Statement[T]], at: T) -> list[Counting]:
    """The entries that counted as known at an instant, in the order of their first statement.

    A correction replaces what an entry says and keeps its rank in time and its source; a withdrawn
    entry is left out. ``statements`` come in the order of recording.
    """
    entries: dict[UUID, Counting | None] = {}
    for statement in statements:
        if statement.at > at:
            break
        first, now = entries.get(statement.entry_id), statement.counting
        entries[statement.entry_id] = now._replace(source=first.source) if first and now else now
    return [entry for entry in entries.values() if entry is not None]


def value_of_periods(
    entries: Sequence[Counting], grain: Grain, sources: Sequence[str]
) -> dict[str, PeriodValue]:
    """The value of each measured period, by period key, in order of day.

    Only the highest of the ranked ``sources`` that reported counts; sources not listed come last
    and are equal among themselves. ``replace``: what it said last holds; ``add``: all it said adds
    up. Periods without a figure are absent, never 0. ``entries`` come in their rank in time.
    """
    rank = {source: place for place, source in enumerate(sources)}
    by_period: dict[str, list[Counting]] = {}
    for entry in entries:
        by_period.setdefault(entry.period, []).append(entry)
    values = [_value(period, said, grain, rank) for period, said in by_period.items()]
    return {value.period: value for value in sorted(values, key=lambda v: v.observed_on)}


def _value(
    period: str, said: Sequence[Counting], grain: Grain, rank: Mapping[str, int]
) -> PeriodValue:
    if len(said) == 1:
        only = said[0]
        return PeriodValue(period, only.observed_on, only.value, (only.entry_id,))
    best = min(rank.get(entry.source, len(rank)) for entry in said)
    counted = [entry for entry in said if rank.get(entry.source, len(rank)) == best]
    if grain == "replace":
        counted = counted[-1:]
    return PeriodValue(
        period=period,
        observed_on=max(entry.observed_on for entry in counted),
        value=sum((entry.value for entry in counted), Decimal(0)),
        entries=tuple(entry.entry_id for entry in counted),
    )
