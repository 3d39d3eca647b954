"""Results: sealed with their evidence, signed off, and what a later correction means."""

from collections.abc import Callable, Iterable
from datetime import date, tzinfo
from uuid import UUID

from services.appraisal.application.commands import (
    AcceptChange,
    DismissChange,
    NoteChangedEvidence,
    SealAppraisals,
    SignOffAppraisals,
)
from services.appraisal.application.plans import plan_of, rules_of
from services.appraisal.application.premises import Kpis
from services.appraisal.application.rights import asking, delegate
from services.appraisal.domain.appraisal import Appraisal
from services.appraisal.domain.appraising import Days, Known, appraise
from services.appraisal.domain.entries import Source
from services.appraisal.domain.facts import Plan
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.totals import Result
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact


class Results:
    """One method per command about results; figures are worked out from what the feed told."""

    def __init__(self, journal: Journal, kpis: Kpis, clock: Clock, zone: tzinfo) -> None:
        self._journal, self._kpis = journal, kpis
        self._clock, self._zone = clock, zone

    def seal_appraisals(self, asked: Asked, command: SealAppraisals) -> Answer:
        """The figures of all of them are frozen; one that can't be sealed refuses all."""
        person, today = asking(asked.actor), self._clock.today()
        hand = delegate(asked.actor)

        def decide(work: Work) -> None:
            work.load_many(Appraisal, command.items)
            plans = {one: plan_of(work, one) for one in command.items}
            rules = {one: rules_of(work, plan) for one, plan in plans.items()}
            position = self._kpis.position()
            known = self._kpis.known(list(plans.values()), by_version(plans, rules))
            for one, plan in plans.items():
                result = self._worked_out(work.load(Appraisal, one), plan, rules[one], known, today)
                dated = result.model_copy(update={"complete_through": f"kpis@{position}"})
                work.change(Appraisal, one, _sealing(person, dated, today, hand))
            work.on_premise("kpis", position)

        return self._journal.decide(asked, decide)

    def sign_off_appraisals(self, asked: Asked, command: SignOffAppraisals) -> Answer:
        """Someone else than subject and sealer approves the results."""
        person, hand = asking(asked.actor), delegate(asked.actor)

        def decide(work: Work) -> None:
            work.load_many(Appraisal, command.items)
            for one in command.items:
                plan_of(work, one)
                work.change(Appraisal, one, _signing(person, hand))

        return self._journal.decide(asked, decide)

    def note_changed_evidence(self, asked: Asked, command: NoteChangedEvidence) -> Answer:
        """The service itself notes that a KPI under a sealed result was corrected."""
        today = self._clock.today()

        def decide(work: Work) -> None:
            plan = plan_of(work, command.appraisal_id)
            rules = rules_of(work, plan)
            versions = by_version({command.appraisal_id: plan}, {command.appraisal_id: rules})
            known = self._kpis.known([plan], versions)
            state = work.load(Appraisal, command.appraisal_id)
            total = self._worked_out(state, plan, rules, known, today).total
            evidence = Source(**command.evidence.model_dump())
            work.change(
                Appraisal,
                command.appraisal_id,
                lambda a: a.note_changed_evidence(command.change_id, command.kpi, evidence, total),
            )

        return self._journal.decide(asked, decide)

    def dismiss_change(self, asked: Asked, command: DismissChange) -> Answer:
        """The sealed result stays."""
        c = command
        return self._decide_on(
            asked, c.appraisal_id, lambda a, by: a.dismiss_change(c.change_id, by, c.reason)
        )

    def accept_change(self, asked: Asked, command: AcceptChange) -> Answer:
        """The appraisal is with its manager again."""
        c = command
        return self._decide_on(
            asked, c.appraisal_id, lambda a, by: a.accept_change(c.change_id, by, c.reason)
        )

    def _decide_on(
        self,
        asked: Asked,
        appraisal_id: UUID,
        request: Callable[[Appraisal, UUID], Iterable[Fact]],
    ) -> Answer:
        person = asking(asked.actor)

        def decide(work: Work) -> None:
            plan_of(work, appraisal_id)
            work.change(Appraisal, appraisal_id, lambda a: request(a, person))

        return self._journal.decide(asked, decide)

    def _worked_out(
        self,
        state: Appraisal,
        plan: Plan,
        rules: tuple[Rules, ...],
        known: Known,
        today: date,
    ) -> Result:
        days = Days(until=plan.last, today=today, zone=self._zone)
        return appraise(plan, rules, state.judgement, known, days)


def _sealing(
    person: UUID, result: Result, today: date, hand: UUID | None
) -> Callable[[Appraisal], Iterable[Fact]]:
    return lambda appraisal: appraisal.seal(person, result, today, hand)


def _signing(person: UUID, hand: UUID | None) -> Callable[[Appraisal], Iterable[Fact]]:
    return lambda appraisal: appraisal.sign_off(person, hand)


def by_version(
    plans: dict[UUID, Plan], rules: dict[UUID, tuple[Rules, ...]]
) -> dict[tuple[UUID, int], Rules]:
    """The rules of every scheme version that these plans name."""
    return {
        (segment.scheme, segment.scheme_version): says
        for one, plan in plans.items()
        for segment, says in zip(plan.segments, rules[one], strict=True)
    }
