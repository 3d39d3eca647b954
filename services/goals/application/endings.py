"""What goals does when objectives end: closing, postponing, cancelling, carrying over."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from services.goals.application import commands as c
from services.goals.application import drafting
from services.goals.application.entries import ClosingEntry
from services.goals.application.knowledge import Knowledge
from services.goals.application.premises import Elsewhere
from services.goals.application.versions import only_version
from services.goals.domain.closing import Grade, Proposal, Verdict
from services.goals.domain.cycle import Cycle
from services.goals.domain.objective import Objective
from services.goals.domain.sense import naming
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact

End = Callable[[Objective, Cycle], Iterable[Fact]]


class Endings:
    """One method per command about the end of objectives."""

    def __init__(self, journal: Journal, clock: Clock, elsewhere: Elsewhere) -> None:
        self._journal, self._clock, self._elsewhere = journal, clock, elsewhere

    def close_objectives(self, asked: Asked, command: c.CloseObjectives) -> Answer:
        """Every objective is scored and closed."""

        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            expected = only_version(command, len(command.closings))
            ids = [entry.objective_id for entry in command.closings]
            known.fetch(ids)
            heard = self._elsewhere.proposals(ids, self._clock.today())
            work.on_premise(heard.source, heard.position)
            for n, entry in enumerate(command.closings):
                with naming(f"closings[{n}]"):
                    proposal = heard.says.get(entry.objective_id, Proposal())
                    self._close(known, entry, proposal, expected)

        return self._journal.decide(asked, decide)

    def rescore_objective(self, asked: Asked, command: c.RescoreObjective) -> Answer:
        """The closed objective has another score."""
        today = self._clock.today()
        return self._end(
            asked,
            command,
            [command.objective_id],
            lambda o, cycle: o.rescore(command.score, command.reason, cycle, today),
        )

    def write_post_mortem(self, asked: Asked, command: c.WritePostMortem) -> Answer:
        """The miss is explained."""
        return self._end(
            asked,
            command,
            [command.objective_id],
            lambda o, _: o.write_post_mortem(command.text),
        )

    def postpone_objectives(self, asked: Asked, command: c.PostponeObjectives) -> Answer:
        """The objectives are put off."""
        today = self._clock.today()
        return self._end(
            asked,
            command,
            command.objective_ids,
            lambda o, cycle: o.postpone(command.reason, command.category, cycle, today),
        )

    def cancel_objectives(self, asked: Asked, command: c.CancelObjectives) -> Answer:
        """The objectives are given up."""
        today = self._clock.today()
        return self._end(
            asked,
            command,
            command.objective_ids,
            lambda o, cycle: o.cancel(command.reason, command.category, cycle, today),
        )

    def carry_over_objective(self, asked: Asked, command: c.CarryOverObjective) -> Answer:
        """The objective goes on as a draft in another cycle."""

        def decide(work: Work) -> None:
            cycle = work.load(Cycle, command.cycle_id)
            cycle.must_take_drafts()
            carried = work.change(
                Objective,
                command.objective_id,
                lambda objective: objective.carry_over(command.into, command.cycle_id),
                expected=command.expected_version,
            )
            if carried:
                self._continue(work, command, cycle)

        return self._journal.decide(asked, decide)

    def _close(
        self, known: Knowledge, entry: ClosingEntry, proposal: Proposal, expected: int | None
    ) -> None:
        grades = [Grade(**grade.model_dump()) for grade in entry.key_results]
        verdict = Verdict(entry.score, entry.override_reason, entry.note, grades)
        cycle, today = known.cycle_of(entry.objective_id), self._clock.today()
        known.words()
        known.work.change(
            Objective,
            entry.objective_id,
            lambda objective: objective.close(verdict, proposal, cycle, today),
            expected=entry.expected_version or expected,
        )

    def _continue(self, work: Work, command: c.CarryOverObjective, cycle: Cycle) -> None:
        old = work.load(Objective, command.objective_id)
        terms, key_results = drafting.continued(old, command, cycle)
        work.change(
            Objective,
            command.into,
            lambda objective: objective.draft_as(terms, key_results, cycle, {}),
        )

    def _end(
        self, asked: Asked, command: c.Command, objective_ids: Sequence[UUID], end: End
    ) -> Answer:
        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            expected = only_version(command, len(objective_ids))
            known.fetch(objective_ids)
            for n, objective_id in enumerate(objective_ids):
                with naming(f"objective_ids[{n}]" if len(objective_ids) > 1 else ""):
                    cycle = known.cycle_of(objective_id)
                    work.change(
                        Objective,
                        objective_id,
                        lambda objective: end(objective, cycle),  # noqa: B023 (asked at once)
                        expected=expected,
                    )

        return self._journal.decide(asked, decide)
