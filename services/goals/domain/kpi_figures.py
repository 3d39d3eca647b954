"""What a KPI says about how a key result stands: the aggregate of its figures over some days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from services.goals.domain.progress import Said
from shared.kernel.decimals import rounded
from shared.kernel.periods import Period

OverTime = Literal["sum", "mean", "last", "min", "max", "ratio_of_sums"]
Grain = Literal["replace", "add"]


@dataclass(frozen=True)
class Figure:
    """One KPI measurement as it counts: its period, day, value and source; later ``rank`` wins."""

    period: str
    observed_on: date
    rank: int
    value: Decimal
    source: str = ""


@dataclass(frozen=True)
class Definition:
    """How a KPI adds up: over time, within a period, and which source is believed first.

    ``percent``: its unit is %, so that a ratio of one half reads 50.
    """

    over_time: OverTime
    grain: Grain = "replace"
    sources: tuple[str, ...] = ()
    percent: bool = False


class KpiFigures:
    """The figures of one KPI and subject; ``components`` are those of a ratio of sums.

    Source: docs/arithmetic.md, "Measured by a KPI".
    """

    def __init__(
        self,
        definition: Definition,
        figures: Iterable[Figure],
        numerator: "KpiFigures | None" = None,
        denominator: "KpiFigures | None" = None,
    ) -> None:
        self.definition = definition
        self.figures = sorted(figures, key=lambda f: (f.observed_on, f.rank))
        self.numerator, self.denominator = numerator, denominator

    def said(self, days: Period) -> Said:
        """The aggregate over these days; nothing said when none of them was measured."""
        return Said(value=self.aggregate(days))

    def said_within(self, days: Period) -> Decimal | None:
        """The aggregate over these days."""
        return self.aggregate(days)

    def last_day(self, days: Period) -> date | None:
        """The last of these days that was measured."""
        return max((day for day in self.days() if day in days), default=None)

    def days(self) -> Sequence[date]:
        """Every measured day, in order, each once."""
        parts = [p.days() for p in (self.numerator, self.denominator) if p is not None]
        own = {figure.observed_on for figure in self.figures}
        return sorted(own.union(*parts))

    def aggregate(self, days: Period) -> Decimal | None:
        """The figure that the definition makes of these days; ``None`` when none was measured."""
        if self.definition.over_time == "ratio_of_sums":
            return self._ratio(days)
        values = self.by_period(days)
        return _OVER_TIME[self.definition.over_time](values) if values else None

    def by_period(self, days: Period) -> list[Decimal]:
        """The value of each measured period among these days, in order: best source, then grain."""
        periods: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if figure.observed_on in days:
                periods.setdefault(figure.period, []).append(figure)
        return [self._value(figures) for figures in periods.values()]

    def _value(self, figures: Sequence[Figure]) -> Decimal:
        best = min(self._standing(f) for f in figures)
        believed = [f for f in figures if self._standing(f) == best]
        if self.definition.grain == "add":
            return sum((f.value for f in believed), Decimal(0))
        return max(believed, key=lambda f: f.rank).value

    def _standing(self, figure: Figure) -> int:
        sources = self.definition.sources
        return sources.index(figure.source) if figure.source in sources else len(sources)

    def _ratio(self, days: Period) -> Decimal | None:
        if self.numerator is None or self.denominator is None:
            return None
        above, below = (c.by_period(days) for c in (self.numerator, self.denominator))
        total = sum(below, Decimal(0))
        whole = 100 if self.definition.percent else 1
        return rounded(whole * sum(map(Fraction, above)) / Fraction(total)) if total else None


def _mean(values: Sequence[Decimal]) -> Decimal:
    return rounded(Fraction(sum(values, Decimal(0))) / len(values))


_OVER_TIME: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": lambda values: sum(values, Decimal(0)),
    "mean": _mean,
    "last": lambda values: values[-1],
    "min": min,
    "max": max,
}
