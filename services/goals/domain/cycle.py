"""A stretch of time for which objectives are drafted, run, graded and closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from services.goals.domain.errors import (
    CycleEndsBeforeItBegins,
    CycleIsClosed,
    CycleIsNotActive,
    CycleIsNotDrafting,
    CycleIsNotGrading,
    CycleIsPlannedOtherwise,
    CycleTakesNoDrafts,
    OutsideTheCycle,
    UnknownCycle,
)
from shared.kernel.facts import Fact

CycleKind = Literal["month", "two_months", "quarter", "half_year", "year", "custom"]
Cadence = Literal["weekly", "biweekly", "monthly"]
State = Literal["unknown", "planned", "drafting", "active", "grading", "closed"]

DRAFTING_DAYS = 3
_ORDER: tuple[State, ...] = ("unknown", "planned", "drafting", "active", "grading", "closed")

# What can have happened


class CyclePlanned(Fact, name="goals.Cycle.Planned"):
    """A cycle has its days, drafting window and cadence; first and last days are inclusive."""

    code: str
    kind: CycleKind
    first: date
    last: date
    parent_id: UUID | None = None
    drafting_first: date
    drafting_last: date
    cadence: Cadence
    mid_cycle_review: date | None = None


class DraftingOpened(Fact, name="goals.Cycle.DraftingOpened"):
    """Objectives may be drafted and published."""


class DraftingWindowMoved(Fact, name="goals.Cycle.DraftingWindowMoved"):
    """The drafting window has other days; who publishes after it joins late."""

    first: date
    last: date


class CadenceChosen(Fact, name="goals.Cycle.CadenceChosen"):
    """How often to check in, for the whole cycle or one unit of it."""

    cadence: Cadence
    unit_id: UUID | None = None


class MidCycleReviewMoved(Fact, name="goals.Cycle.MidCycleReviewMoved"):
    """The mid-cycle review takes place on another day."""

    on: date


class CycleActivated(Fact, name="goals.Cycle.Activated"):
    """The cycle runs."""


class GradingOpened(Fact, name="goals.Cycle.GradingOpened"):
    """Objectives are scored and closed."""


class GradingReopened(Fact, name="goals.Cycle.GradingReopened"):
    """Back from grading to running, for a reason."""

    reason: str


class CycleClosed(Fact, name="goals.Cycle.Closed"):
    """Plans and scores are final."""

    closed_on: date


# What can be asked


@dataclass(frozen=True)
class Cycle:
    """One cycle: planned, then drafting, active, grading, closed; each step is taken once.

    Asking for a step that has been taken records nothing. Grading goes back to active with a
    reason; a closed cycle stays closed.
    """

    state: State = "unknown"
    plan_made: CyclePlanned | None = None
    drafting_last: date = date.max
    drafting_first: date = date.min
    cadence: Cadence = "weekly"
    cadences: Mapping[UUID, Cadence] = field(default_factory=dict)
    mid_cycle_review: date | None = None

    @property
    def code(self) -> str:
        """What people call it, such as ``2026-Q3``."""
        return self.plan_made.code if self.plan_made else ""

    @property
    def first(self) -> date:
        """Its first day."""
        return self.plan_made.first if self.plan_made else date.min

    @property
    def last(self) -> date:
        """Its last day, inclusive."""
        return self.plan_made.last if self.plan_made else date.max

    def plan(self, plan: CyclePlanned) -> Iterator[Fact]:
        """Plan it; planning it the same way again records nothing."""
        if self.plan_made is None:
            _must_be_in_order(plan)
            yield plan
        elif plan != self.plan_made:
            raise CycleIsPlannedOtherwise(field="code", code=plan.code)

    def open_drafting(self) -> Iterator[Fact]:
        """Let objectives be drafted."""
        self.must_be_known()
        if not self._is_past("planned"):
            yield DraftingOpened()

    def activate(self) -> Iterator[Fact]:
        """Let it run; drafting must have been opened."""
        self.must_be_known()
        if not self._is_past("planned"):
            raise CycleIsNotDrafting(field="cycle_ids", code=self.code)
        if not self._is_past("drafting"):
            yield CycleActivated()

    def open_grading(self) -> Iterator[Fact]:
        """Begin to score its objectives; it must have run."""
        self.must_be_known()
        if not self._is_past("drafting"):
            raise CycleIsNotActive(field="cycle_ids", code=self.code)
        if not self._is_past("active"):
            yield GradingOpened()

    def reopen_grading(self, reason: str) -> Iterator[Fact]:
        """Go back from grading to running."""
        self.must_be_in_grading()
        yield GradingReopened(reason=reason)

    def close(self, today: date) -> Iterator[Fact]:
        """Make plans and scores final; it must be in grading."""
        self.must_be_known()
        if self.state != "closed":
            self.must_be_in_grading()
            yield CycleClosed(closed_on=today)

    def choose_cadence(self, cadence: Cadence, unit_id: UUID | None) -> Iterator[Fact]:
        """Say how often to check in, in all of it or in one unit."""
        self.must_not_be_closed()
        known = self.cadences.get(unit_id) if unit_id else self.cadence
        if cadence != known:
            yield CadenceChosen(cadence=cadence, unit_id=unit_id)

    def move_drafting_window(self, first: date, last: date) -> Iterator[Fact]:
        """Give the drafting window other days."""
        self.must_not_be_closed()
        if last < first:
            raise CycleEndsBeforeItBegins(field="last", first=first, last=last)
        if (first, last) != (self.drafting_first, self.drafting_last):
            yield DraftingWindowMoved(first=first, last=last)

    def move_mid_cycle_review(self, on: date) -> Iterator[Fact]:
        """Hold the mid-cycle review on another day of the cycle."""
        self.must_not_be_closed()
        if not self.first <= on <= self.last:
            raise OutsideTheCycle(field="on", day=on, first=self.first, last=self.last)
        if on != self.mid_cycle_review:
            yield MidCycleReviewMoved(on=on)

    # What objectives ask of it

    def must_be_known(self) -> None:
        """Refuse a cycle that nobody planned."""
        if self.plan_made is None:
            raise UnknownCycle(field="cycle_id")

    def must_not_be_closed(self) -> None:
        """Refuse plan and score facts once it is closed."""
        self.must_be_known()
        if self.state == "closed":
            raise CycleIsClosed(field="cycle_id", code=self.code)

    def must_take_drafts(self) -> None:
        """Refuse new objectives before drafting opens and once grading began."""
        self.must_not_be_closed()
        if self.state == "planned":
            raise CycleIsNotDrafting(field="cycle_id", code=self.code)
        if self.state == "grading":
            raise CycleTakesNoDrafts(field="cycle_id", code=self.code)

    def must_be_in_grading(self) -> None:
        """Refuse scores outside grading."""
        self.must_not_be_closed()
        if self.state != "grading":
            raise CycleIsNotGrading(field="cycle_id", code=self.code)

    def is_past_mid_review(self, day: date) -> bool:
        """Whether the mid-cycle review was before this day."""
        return self.mid_cycle_review is not None and day > self.mid_cycle_review

    def _is_past(self, state: State) -> bool:
        return _ORDER.index(self.state) > _ORDER.index(state)

    # What is true afterwards

    def after(self, fact: Fact) -> "Cycle":
        """The cycle once this fact is known; assigns, never judges."""
        match fact:
            case CyclePlanned():
                return replace(
                    self,
                    state="planned",
                    plan_made=fact,
                    drafting_first=fact.drafting_first,
                    drafting_last=fact.drafting_last,
                    cadence=fact.cadence,
                    mid_cycle_review=fact.mid_cycle_review,
                )
            case DraftingWindowMoved(first=first, last=last):
                return replace(self, drafting_first=first, drafting_last=last)
            case CadenceChosen():
                return self._checked_in(fact.cadence, fact.unit_id)
            case MidCycleReviewMoved(on=on):
                return replace(self, mid_cycle_review=on)
            case _ if type(fact) in _LEADS_TO:
                return replace(self, state=_LEADS_TO[type(fact)])
        return self

    def _checked_in(self, cadence: Cadence, unit_id: UUID | None) -> "Cycle":
        if unit_id is None:
            return replace(self, cadence=cadence)
        return replace(self, cadences={**self.cadences, unit_id: cadence})


_LEADS_TO: Mapping[type[Fact], State] = {
    DraftingOpened: "drafting",
    CycleActivated: "active",
    GradingOpened: "grading",
    GradingReopened: "active",
    CycleClosed: "closed",
}


def first_days(first: date) -> date:
    """The last day of the drafting window that a cycle has unless told otherwise."""
    return first + timedelta(days=DRAFTING_DAYS - 1)


def _must_be_in_order(plan: CyclePlanned) -> None:
    if plan.last < plan.first:
        raise CycleEndsBeforeItBegins(field="last", first=plan.first, last=plan.last)
    if plan.drafting_last < plan.drafting_first:
        raise CycleEndsBeforeItBegins(
            field="drafting_last", first=plan.drafting_first, last=plan.drafting_last
        )
    review = plan.mid_cycle_review
    if review and not plan.first <= review <= plan.last:
        raise OutsideTheCycle(
            field="mid_cycle_review", day=review, first=plan.first, last=plan.last
        )
