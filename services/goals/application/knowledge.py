"""What a command about objectives knows besides the one it changes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from services.goals.application.cycles import POLICY
from services.goals.application.premises import Elsewhere
from services.goals.domain.alignment import contributed_to
from services.goals.domain.cycle import Cycle
from services.goals.domain.errors import AskerMissing, UnknownObjective
from services.goals.domain.measure import KpiBinding
from services.goals.domain.notices import of_holder
from services.goals.domain.objective import Objective
from services.goals.domain.policy import Policy, PolicyWords
from services.goals.domain.sense import KnownKpis
from services.goals.domain.terms import Level
from shared.eventing.asking import Asked
from shared.eventing.journal import Work
from shared.kernel.notices import Notice


class Knowledge:
    """Loads cycles, policy, other objectives and premises into one piece of work."""

    def __init__(self, work: Work, elsewhere: Elsewhere) -> None:
        self.work, self.elsewhere = work, elsewhere

    def fetch(self, objective_ids: Iterable[UUID]) -> None:
        """Load these objectives with one query."""
        self.work.load_many(Objective, objective_ids)

    def words(self) -> PolicyWords:
        """What the policy says; its version is recorded with the facts."""
        policy = self.work.load(Policy, POLICY)
        self.work.policy_version = policy.version
        return policy.words

    def cycle_of(self, objective_id: UUID) -> Cycle:
        """The cycle of an objective; refused when there is no such objective."""
        objective = self.work.load(Objective, objective_id)
        said = objective.draft or objective.suggestion
        if said is None:
            raise UnknownObjective(field="objective_id")
        return self.work.load(Cycle, said.cycle_id)

    def others(self, start: UUID) -> dict[UUID, Objective]:
        """An objective and everything that it contributes to in the end."""
        found: dict[UUID, Objective] = {}
        ahead = [start]
        while ahead:
            here = ahead.pop()
            if here not in found:
                found[here] = self.work.load(Objective, here)
                ahead.extend(contributed_to(found[here].alignments))
        return found

    def kpis(self, bindings: Iterable[KpiBinding | None]) -> KnownKpis:
        """What is known of the KPIs that these bindings name; recorded as a premise."""
        ids = {binding.kpi_id for binding in bindings if binding is not None}
        if not ids:
            return {}
        heard = self.elsewhere.kpis(ids)
        told = {str(kpi_id): known.over_time for kpi_id, known in heard.says.items()}
        self.work.on_premise(heard.source, heard.position, over_time=told)
        return heard.says

    def measured(self, key_result_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Which of these key results have measurements; recorded as a premise."""
        ids = set(key_result_ids)
        if not ids:
            return frozenset()
        heard = self.elsewhere.measured(ids)
        told = sorted(str(key_result_id) for key_result_id in heard.says)
        self.work.on_premise(heard.source, heard.position, measured=told)
        return heard.says

    def line_above(self, person_id: UUID, on: date) -> tuple[UUID, ...]:
        """A person's line of managers, the nearest first; recorded as a premise."""
        heard = self.elsewhere.line_above(person_id, on)
        told = [str(manager_id) for manager_id in heard.says]
        self.work.on_premise(heard.source, heard.position, person=str(person_id), line=told)
        return heard.says

    def tell_of_holders(self, objective_ids: Iterable[UUID]) -> None:
        """Let the answer say whose objectives, with these, are more than the policy advises."""
        sets: dict[tuple[UUID, UUID], dict[UUID, Level]] = {}
        for objective_id in objective_ids:
            terms = self.work.load(Objective, objective_id).terms()
            same = sets.setdefault((terms.holder.id, terms.cycle_id), {})
            same[objective_id] = terms.level
        for (holder_id, cycle_id), same in sets.items():
            held = self.elsewhere.held(holder_id, cycle_id) | same.keys()
            last, level = list(same.items())[-1]
            self.tell(last, of_holder(level, len(held), self.words()))

    def tell(self, objective_id: UUID, notices: Iterable[Notice]) -> None:
        """Let the answer say these things about an objective."""
        for notice in notices:
            self.work.tell(notice, objective_id=str(objective_id))


def person_of(asked: Asked, field: str) -> UUID:
    """The person who answers for the request; refused when a service acts for nobody."""
    if asked.actor.person is None:
        raise AskerMissing(field=field)
    return UUID(asked.actor.person)
