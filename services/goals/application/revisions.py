"""What goals does when people change their minds about published objectives."""

from collections.abc import Sequence
from uuid import UUID

from services.goals.application import commands as c
from services.goals.application.entries import RevisionEntry
from services.goals.application.knowledge import Knowledge, person_of
from services.goals.application.premises import Elsewhere
from services.goals.application.versions import only_version
from services.goals.domain import notices
from services.goals.domain.cycle import Cycle
from services.goals.domain.errors import ApprovalOfAnother, AskedByAnother
from services.goals.domain.measure import KpiBinding
from services.goals.domain.objective import Objective
from services.goals.domain.revising import Circumstances
from services.goals.domain.revision import Grounds, RevisionRules
from services.goals.domain.sense import KnownKpis, naming
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock


class Revisions:
    """One command, many kinds of change."""

    def __init__(self, journal: Journal, clock: Clock, elsewhere: Elsewhere) -> None:
        self._journal, self._clock, self._elsewhere = journal, clock, elsewhere

    def revise_objectives(self, asked: Asked, command: c.ReviseObjectives) -> Answer:
        """Every revision holds from its effective day on."""

        def decide(work: Work) -> None:
            known = Knowledge(work, self._elsewhere)
            ids = list(dict.fromkeys(entry.objective_id for entry in command.revisions))
            expected = only_version(command, len(ids))
            known.fetch(ids)
            measured = known.measured(_measures_replaced(command.revisions))
            kpis = known.kpis(_bindings(known, command.revisions))
            for n, entry in enumerate(command.revisions):
                with naming(f"revisions[{n}]"):
                    self._revise(known, asked, entry, (measured, kpis), expected)

        return self._journal.decide(asked, decide)

    def _revise(
        self,
        known: Knowledge,
        asked: Asked,
        entry: RevisionEntry,
        elsewhere: tuple[frozenset[UUID], KnownKpis],
        expected: int | None,
    ) -> None:
        cycle, words = known.cycle_of(entry.objective_id), known.words()
        grounds = _grounds(asked, entry)
        circumstances = Circumstances(
            cycle=cycle,
            today=self._clock.today(),
            rules=self._rules(known, cycle, grounds),
            measured=elsewhere[0],
            kpis=elsewhere[1],
        )
        changed = known.work.change(
            Objective,
            entry.objective_id,
            lambda objective: objective.revise(grounds, entry.change, circumstances),
            expected=entry.expected_version or expected,
        )
        if changed:
            revised = known.work.load(Objective, entry.objective_id)
            said = notices.of_revision(revised, cycle, words, elsewhere[1], entry.effective_from)
            known.tell(entry.objective_id, said)

    def _rules(self, known: Knowledge, cycle: Cycle, grounds: Grounds) -> RevisionRules:
        today, needed = self._clock.today(), known.words().revisions_need_approval
        if needed and cycle.is_past_mid_review(today):
            return RevisionRules(needed, known.line_above(grounds.asked_by, today))
        return RevisionRules(needed)


def _grounds(asked: Asked, entry: RevisionEntry) -> Grounds:
    if asked.actor.kind == "person":
        _must_speak_for_themselves(person_of(asked, "asked_by"), entry)
    return Grounds(
        revision_id=entry.revision_id,
        reason=entry.reason,
        category=entry.category,
        asked_by=entry.asked_by or person_of(asked, "asked_by"),
        approved_by=entry.approved_by,
        effective_from=entry.effective_from,
    )


def _must_speak_for_themselves(who: UUID, entry: RevisionEntry) -> None:
    """An approval is entered by its approver, or by a delegate of theirs; else it is the asker."""
    if entry.approved_by not in (None, who):
        raise ApprovalOfAnother(field="approved_by", approver=entry.approved_by)
    if entry.approved_by is None and entry.asked_by not in (None, who):
        raise AskedByAnother(field="asked_by")


def _measures_replaced(entries: Sequence[RevisionEntry]) -> list[UUID]:
    return [e.change.key_result_id for e in entries if e.change.what == "measure"]


def _bindings(known: Knowledge, entries: Sequence[RevisionEntry]) -> list[KpiBinding]:
    """The KPIs that the objectives are measured by already, and those that are asked for."""
    found: list[KpiBinding | None] = []
    for entry in entries:
        match entry.change.what:
            case "measuring_kpi" | "key_result_added":
                found.append(entry.change.kpi)
            case "key_result_replaced":
                found.append(entry.change.successor.kpi)
        key_results = known.work.load(Objective, entry.objective_id).key_results
        found.extend(k.on(entry.effective_from, "kpi") for k in key_results.values())
    return [binding for binding in found if binding is not None]
