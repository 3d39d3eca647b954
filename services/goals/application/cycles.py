"""What goals does with cycles and policy when asked: load, ask, save."""

from collections.abc import Callable, Iterable
from uuid import UUID

from services.goals.application import commands as c
from services.goals.application.entries import CycleEntry
from services.goals.application.versions import only_version
from services.goals.domain.cycle import Cycle, CyclePlanned, first_days
from services.goals.domain.policy import Policy
from services.goals.domain.sense import naming
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of

POLICY = id_of("goals", "policy")

Step = Callable[[Cycle], Iterable[Fact]]


class Cycles:
    """One method per command about cycles, and the policy."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def plan_cycles(self, asked: Asked, command: c.PlanCycles) -> Answer:
        """Every cycle is planned as described."""

        def decide(work: Work) -> None:
            work.load_many(Cycle, [entry.cycle_id for entry in command.cycles])
            for n, entry in enumerate(command.cycles):
                with naming(f"cycles[{n}]"):
                    self._plan(work, entry)

        return self._journal.decide(asked, decide)

    def open_drafting(self, asked: Asked, command: c.OpenDrafting) -> Answer:
        """The cycles take drafts."""
        return self._each(asked, command, command.cycle_ids, lambda cycle: cycle.open_drafting())

    def activate_cycles(self, asked: Asked, command: c.ActivateCycles) -> Answer:
        """The cycles run."""
        return self._each(asked, command, command.cycle_ids, lambda cycle: cycle.activate())

    def open_grading(self, asked: Asked, command: c.OpenGrading) -> Answer:
        """The cycles are graded."""
        return self._each(asked, command, command.cycle_ids, lambda cycle: cycle.open_grading())

    def close_cycles(self, asked: Asked, command: c.CloseCycles) -> Answer:
        """The cycles are final."""
        today = self._clock.today()
        return self._each(asked, command, command.cycle_ids, lambda cycle: cycle.close(today))

    def reopen_grading(self, asked: Asked, command: c.ReopenGrading) -> Answer:
        """The cycle runs again."""
        return self._each(
            asked,
            command,
            [command.cycle_id],
            lambda cycle: cycle.reopen_grading(command.reason),
        )

    def choose_cadence(self, asked: Asked, command: c.ChooseCadence) -> Answer:
        """The cycle, or one unit in it, checks in so often."""
        return self._each(
            asked,
            command,
            [command.cycle_id],
            lambda cycle: cycle.choose_cadence(command.cadence, command.unit_id),
        )

    def move_drafting_window(self, asked: Asked, command: c.MoveDraftingWindow) -> Answer:
        """The cycle's drafting window has these days."""
        return self._each(
            asked,
            command,
            [command.cycle_id],
            lambda cycle: cycle.move_drafting_window(command.first, command.last),
        )

    def move_mid_cycle_review(self, asked: Asked, command: c.MoveMidCycleReview) -> Answer:
        """The cycle's mid-cycle review is on this day."""
        return self._each(
            asked,
            command,
            [command.cycle_id],
            lambda cycle: cycle.move_mid_cycle_review(command.on),
        )

    def adopt_policy(self, asked: Asked, command: c.AdoptPolicy) -> Answer:
        """The rules are these."""

        def decide(work: Work) -> None:
            work.change(
                Policy,
                POLICY,
                lambda policy: policy.adopt(command.policy),
                expected=command.expected_version,
            )

        return self._journal.decide(asked, decide)

    def _plan(self, work: Work, entry: CycleEntry) -> None:
        if entry.parent_id is not None:
            work.load(Cycle, entry.parent_id).must_be_known()
        first = entry.drafting_first or entry.first
        plan = CyclePlanned(
            **entry.model_dump(exclude={"cycle_id", "drafting_first", "drafting_last"}),
            drafting_first=first,
            drafting_last=entry.drafting_last or first_days(first),
        )
        work.change(Cycle, entry.cycle_id, lambda cycle: cycle.plan(plan))

    def _each(
        self, asked: Asked, command: c.Command, cycle_ids: Iterable[UUID], step: Step
    ) -> Answer:
        ids = list(cycle_ids)

        def decide(work: Work) -> None:
            expected = only_version(command, len(ids))
            work.load_many(Cycle, ids)
            for cycle_id in ids:
                work.change(Cycle, cycle_id, step, expected=expected)

        return self._journal.decide(asked, decide)
