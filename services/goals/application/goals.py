"""What goals does with objectives until they end: load, ask, save."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

from services.goals.application import commands as c
from services.goals.application import drafting
from services.goals.application.entries import AlignmentEntry, ObjectiveEntry
from services.goals.application.knowledge import Knowledge, person_of
from services.goals.application.premises import Elsewhere
from services.goals.application.versions import only_version
from services.goals.domain import notices
from services.goals.domain.alignment import must_align
from services.goals.domain.cycle import Cycle
from services.goals.domain.errors import (
    ObjectiveIsNotSuggested,
    OnlyImportsNameTheDay,
    PublishedInTheFuture,
)
from services.goals.domain.measure import KpiBinding
from services.goals.domain.objective import Objective
from services.goals.domain.objective_life import Suggested
from services.goals.domain.sense import KnownKpis, naming
from services.goals.domain.terms import AlignmentLink
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact

Request = Callable[[Objective], Iterable[Fact]]


class Goals:
    """One method per command about suggestions, drafts, publication and alignment."""

    def __init__(self, journal: Journal, clock: Clock, elsewhere: Elsewhere) -> None:
        self._journal, self._clock, self._elsewhere = journal, clock, elsewhere

    def suggest_objectives(self, asked: Asked, command: c.SuggestObjectives) -> Answer:
        """Every suggestion stands."""

        def decide(work: Work) -> None:
            expected = only_version(command, len(command.suggestions))
            for n, entry in enumerate(command.suggestions):
                with naming(f"suggestions[{n}]"):
                    said = entry.model_dump(exclude={"objective_id"})
                    suggested = Suggested(**said, suggested_by=person_of(asked, "suggested_by"))
                    cycle = work.load(Cycle, entry.cycle_id)
                    work.change(
                        Objective,
                        entry.objective_id,
                        lambda o: o.suggest(suggested, cycle),  # noqa: B023 (asked at once)
                        expected=expected,
                    )

        return self._journal.decide(asked, decide)

    def accept_suggestion(self, asked: Asked, command: c.AcceptSuggestion) -> Answer:
        """The suggestion is a draft."""

        def accepted(work: Work) -> Iterator[Fact]:
            objective = work.load(Objective, command.objective_id)
            terms = drafting.accepted_terms(objective, command)
            if terms is None:
                raise ObjectiveIsNotSuggested(field="objective_id")
            yield from objective.accept(terms, work.load(Cycle, terms.cycle_id))

        def decide(work: Work) -> None:
            work.change(
                Objective,
                command.objective_id,
                lambda _: accepted(work),
                expected=command.expected_version,
            )

        return self._journal.decide(asked, decide)

    def decline_suggestion(self, asked: Asked, command: c.DeclineSuggestion) -> Answer:
        """The suggestion is declined."""

        def decide(work: Work) -> None:
            work.change(
                Objective,
                command.objective_id,
                lambda objective: objective.decline(command.reason),
                expected=command.expected_version,
            )

        return self._journal.decide(asked, decide)

    def draft_objectives(self, asked: Asked, command: c.DraftObjectives) -> Answer:
        """Every draft stands as described; parents may be in the same command."""

        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            expected = only_version(command, len(command.objectives))
            known.fetch(entry.objective_id for entry in command.objectives)
            work.load_many(Cycle, [entry.cycle_id for entry in command.objectives])
            kpis = known.kpis(k.kpi for entry in command.objectives for k in entry.key_results)
            for n, entry in drafting.parents_first(command.objectives):
                with naming(f"objectives[{n}]"):
                    _draft(known, entry, kpis, entry.expected_version or expected)

        return self._journal.decide(asked, decide)

    def publish_objectives(self, asked: Asked, command: c.PublishObjectives) -> Answer:
        """Every draft is published and has its original."""

        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            day = self._publication_day(asked, command.published_on)
            expected = only_version(command, len(command.objective_ids))
            kpis = known.kpis(_drafted_kpis(known, command.objective_ids))
            for n, objective_id in enumerate(command.objective_ids):
                with naming(f"objective_ids[{n}]"):
                    _publish(known, objective_id, day, kpis, expected)
            known.tell_of_holders(command.objective_ids)

        return self._journal.decide(asked, decide)

    def align_objectives(self, asked: Asked, command: c.AlignObjectives) -> Answer:
        """Every objective is aligned as described."""

        def align(known: Knowledge, entry: AlignmentEntry) -> Request:
            cycle = known.cycle_of(entry.objective_id)
            others = known.others(entry.link.objective_id)
            return lambda o: o.align(entry.objective_id, entry.link, others, cycle)

        return self._realign(asked, command, align)

    def end_alignments(self, asked: Asked, command: c.EndAlignments) -> Answer:
        """No objective is aligned so any more."""

        def end(known: Knowledge, entry: AlignmentEntry) -> Request:
            cycle = known.cycle_of(entry.objective_id)
            return lambda objective: objective.end_alignment(entry.link, cycle)

        return self._realign(asked, command, end)

    def _realign(
        self,
        asked: Asked,
        command: c.AlignObjectives,
        request: Callable[[Knowledge, AlignmentEntry], Request],
    ) -> Answer:
        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            expected = only_version(command, len(command.alignments))
            known.fetch(entry.objective_id for entry in command.alignments)
            for n, entry in enumerate(command.alignments):
                with naming(f"alignments[{n}]"):
                    work.change(
                        Objective, entry.objective_id, request(known, entry), expected=expected
                    )

        return self._journal.decide(asked, decide)

    def _publication_day(self, asked: Asked, named: date | None) -> date:
        today = self._clock.today()
        if named is None or named == today:
            return today
        if named > today:
            raise PublishedInTheFuture(field="published_on", day=named)
        if asked.actor.kind != "service":
            raise OnlyImportsNameTheDay(field="published_on")
        return named


def _draft(known: Knowledge, entry: ObjectiveEntry, kpis: KnownKpis, expected: int | None) -> None:
    work = known.work
    cycle = work.load(Cycle, entry.cycle_id)
    cycle.must_be_known()
    terms = drafting.objective_terms(entry)
    key_results = drafting.key_result_terms(entry, cycle)
    aligned = work.load(Objective, entry.objective_id).alignments
    changed = work.change(
        Objective,
        entry.objective_id,
        lambda objective: objective.draft_as(terms, key_results, cycle, kpis),
        expected=expected,
    )
    if changed:
        _must_align(known, entry, set(terms.alignments) - set(aligned))


def _drafted_kpis(known: Knowledge, objective_ids: Iterable[UUID]) -> list[KpiBinding | None]:
    ids = list(objective_ids)
    known.fetch(ids)
    drafts = (known.work.load(Objective, objective_id).drafted for objective_id in ids)
    return [terms.kpi for draft in drafts for terms in draft.values()]


def _publish(
    known: Knowledge, objective_id: UUID, day: date, kpis: KnownKpis, expected: int | None
) -> None:
    cycle = known.cycle_of(objective_id)
    changed = known.work.change(
        Objective,
        objective_id,
        lambda objective: objective.publish(day, cycle, kpis),
        expected=expected,
    )
    if changed:
        published = known.work.load(Objective, objective_id)
        known.tell(objective_id, notices.of_publication(published, cycle, known.words(), kpis))


def _must_align(known: Knowledge, entry: ObjectiveEntry, links: Iterable[AlignmentLink]) -> None:
    for link in links:
        must_align(entry.objective_id, link, known.others(link.objective_id))
