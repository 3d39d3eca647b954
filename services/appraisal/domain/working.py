"""The working of one figure: from measurements and promises to points that explain themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from services.appraisal.domain.achievement import achievement, deviation
from services.appraisal.domain.coverage import WorkingDays, due_periods, part_of_plan, period_of
from services.appraisal.domain.entries import (
    Entry,
    Reading,
    Source,
    over_time,
    ratio_of_sums,
    readings,
)
from services.appraisal.domain.figures import Gap, ItemFigure, by_policy, formula
from services.appraisal.domain.presets import Bounds
from services.appraisal.domain.promises import Commitment, Kpi, Terms
from services.appraisal.domain.rules import Item
from shared.kernel.decimals import rounded
from shared.kernel.periods import Period

EVERY_WORKING_DAY = WorkingDays()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The definition of a KPI and the entries of one subject that stand."""

    kpi: Kpi
    entries: tuple[Entry, ...] = ()

    def within(self, window: Period) -> tuple[Reading, ...]:
        """The readings of these days."""
        inside = (entry for entry in self.entries if entry.observed_on in window)
        return readings(inside, self.kpi.sources, self.kpi.grain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What one figure is asked of: the item, the days, the ledgers and what was promised.

    A ratio of sums brings the ledgers of both components. ``until`` ends the days looked at;
    ``today`` tells which due periods are over.
    """

    item: Item
    days: Period
    ledger: Ledger
    above: Ledger | None = None
    below: Ledger | None = None
    commitment: Commitment | None = None
    working: WorkingDays = EVERY_WORKING_DAY
    until: date
    today: date
    end_of_last: datetime


def figure(ask: Question) -> ItemFigure:
    """The figure of one KPI in one segment. Source: docs/arithmetic.md, "KPI achievement"."""
    blank = ItemFigure(
        segment=ask.days.first,
        kpi=ask.item.kpi,
        code=ask.item.code,
        weight=ask.item.weight,
        direction=ask.ledger.kpi.direction,
        policy=ask.item.missing,
    )
    commitment = ask.commitment
    terms = commitment.appraised(ask.days.last, ask.end_of_last) if commitment else None
    if commitment is None or terms is None:
        return blank.model_copy(update={"missing": "no_commitment"})
    return _Sum(ask, commitment, terms, commitment.original() or terms).over(blank)


class _Sum:
    """The working of one figure, step by step."""

    def __init__(
        self, ask: Question, commitment: Commitment, terms: Terms, original: Terms
    ) -> None:
        self.ask, self.kpi = ask, ask.ledger.kpi
        self.commitment, self.terms, self.original = commitment, terms, original
        self.window = _window(ask)
        self.readings = self._readings()
        self.covered, self.due = self._coverage()

    def over(self, blank: ItemFigure) -> ItemFigure:
        """The blank figure filled in."""
        actual = self._actual()
        bounds = self._due_part(self.terms)
        points, gap = self._points(actual, self.terms)
        against_original = points
        if self.original.number != self.terms.number:
            against_original, _ = self._points(actual, self.original)
        filled = blank.model_copy(
            update={
                "commitment": self.commitment.commitment,
                "terms_number": self.terms.number,
                "actual": actual,
                "target": bounds.target,
                "agreed_target": self.terms.bounds.target,
                "original_target": self.original.bounds.target,
                "achievement": self._achievement(actual, bounds),
                "covered": len(self.covered),
                "due": len(self.due),
                "missing": gap,
                "evidence": self._evidence(),
                "formula": formula(self.kpi.direction, actual, bounds, points),
            }
        )
        veto = self.ask.item.curve.preset == "veto" and points == 0 and gap == "none"
        filled = filled.model_copy(update={"veto": veto})
        return by_policy(filled, points, against_original, self._fed_by_systems())

    def _readings(self) -> tuple[Reading, ...]:
        if self.window is None:
            return ()
        sides = [side for side in (self.ask.above, self.ask.below) if side is not None]
        if self.kpi.over_time == "ratio_of_sums":
            return tuple(reading for side in sides for reading in side.within(self.window))
        return self.ask.ledger.within(self.window)

    def _actual(self) -> Decimal | None:
        if self.window is None:
            return None
        if self.kpi.over_time != "ratio_of_sums":
            return over_time(self.readings, self.kpi.over_time)
        if self.ask.above is None or self.ask.below is None:
            return None
        above = self.ask.above.within(self.window)
        below = self.ask.below.within(self.window)
        return ratio_of_sums(above, below, in_percent=self.kpi.unit == "%")

    def _coverage(self) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
        if self.window is None:
            return (), ()
        frequency = self.kpi.frequency
        planned = due_periods(self.window, frequency, self.ask.working, self.commitment.suspended)
        sides: list[tuple[Reading, ...]] = [self.readings]
        if self.ask.above is not None and self.ask.below is not None:
            sides = [self.ask.above.within(self.window), self.ask.below.within(self.window)]
        measured = [{period_of(r.observed_on, frequency).first for r in side} for side in sides]
        covered = tuple(p for p in planned if all(p.first in days for days in measured))
        kept = {period.first for period in covered}
        due = tuple(p for p in planned if p.last < self.ask.today or p.first in kept)
        return covered, due

    def _due_part(self, terms: Terms) -> Bounds:
        """The bounds for the periods due and covered; only sums grow with their periods."""
        if self.kpi.over_time != "sum" or terms.bounds.target is None:
            return self._level(terms)
        promised = self.commitment.period
        everything = due_periods(promised, self.kpi.frequency, self.ask.working)
        counted = frozenset(period.first for period in self.covered)
        part = part_of_plan(promised, everything, counted, terms.bounds.target, terms.plan)
        return _scaled(terms.bounds, part)

    def _level(self, terms: Terms) -> Bounds:
        reached = [p for p in terms.plan if self.window is not None and p.on <= self.window.last]
        if self.window is None or self.window.last >= self.commitment.period.last or not reached:
            return terms.bounds
        latest = max(reached, key=lambda point: point.on)
        return terms.bounds.model_copy(update={"target": latest.value})

    def _points(self, actual: Decimal | None, terms: Terms) -> tuple[Decimal | None, Gap]:
        if not self.due:
            return None, "nothing_due"
        if actual is None or not self.covered:
            return None, "no_value" if self.covered else "uncovered"
        bounds = self._due_part(terms)
        curve = self.ask.item.curve.drawn_for(bounds, self.kpi.direction)
        if curve is None:
            return None, "curve_needs_more"
        x: Decimal | None = actual
        if curve.x == "achievement":
            x = self._achievement(actual, bounds)
        elif curve.x == "deviation":
            x = deviation(actual, bounds.low, bounds.high)
        if x is None:
            return None, "target_is_zero" if bounds.target == 0 else "curve_needs_more"
        gap: Gap = "none" if len(self.covered) == len(self.due) else "uncovered"
        return curve.at(x, self.kpi.direction), gap

    def _achievement(self, actual: Decimal | None, bounds: Bounds) -> Decimal | None:
        if actual is None or bounds.target is None:
            return None
        return achievement(actual, bounds.target, self.kpi.direction)

    def _fed_by_systems(self) -> bool:
        entries = (entry for reading in self.readings for entry in reading.entries)
        return all(entry.origin in ("system", "derived") for entry in entries)

    def _evidence(self) -> tuple[Source, ...]:
        promised = (*self.original.records, *self.terms.records)
        counted = (entry.said_by for reading in self.readings for entry in reading.entries)
        return tuple(dict.fromkeys((*promised, *counted)))


def _window(ask: Question) -> Period | None:
    last = min(ask.days.last, ask.until)
    return Period(first=ask.days.first, last=last) if last >= ask.days.first else None


def _scaled(bounds: Bounds, part: Fraction) -> Bounds:
    """The bounds shrunk to the part of the target that was due; a target of 0 stays as it is."""
    if not bounds.target:
        return bounds
    factor = part / Fraction(bounds.target)

    def share(value: Decimal | None) -> Decimal | None:
        return None if value is None else rounded(Fraction(value) * factor)

    return Bounds(
        threshold=share(bounds.threshold),
        target=share(bounds.target),
        stretch=share(bounds.stretch),
        low=share(bounds.low),
        high=share(bounds.high),
    )
