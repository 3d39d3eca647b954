"""What a command is about, for deciding who may: holders, responsibles, units."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.goals.domain.cycle import CadenceChosen
from services.goals.domain.key_result_revisions import KeyResultRevision
from services.goals.domain.objective import Objective
from services.goals.domain.revision import Revision
from shared.access.things import NOTHING, Thing
from shared.eventing.rights import Touched
from shared.kernel.facts import Fact


def things(touched: Touched, today: date) -> Sequence[Thing]:
    """What one stream is about: as it stood, and as it stands where somebody else holds it then."""
    if not isinstance(touched.after, Objective):
        units = [f.unit_id for f in touched.facts if isinstance(f, CadenceChosen) and f.unit_id]
        return [Thing({"unit": units})] if units else [NOTHING]
    if touched.before is None:
        return [_objective(touched.after, today, (), "new")]
    stood: Objective = touched.before
    found = [
        _objective(stood, today, answering) for answering in _answering(stood, touched.facts, today)
    ]
    if stood.stage == "draft" and _holder(stood, today) != _holder(touched.after, today):
        found.append(_objective(touched.after, today, (), "new"))
    return found + _approvals(stood, touched.facts, today)


def _approvals(stood: Objective, facts: Sequence[Fact], today: date) -> list[Thing]:
    """What is approved with a revision, which only its approver enters."""
    askers = {f.asked_by for f in facts if isinstance(f, Revision) and f.approved_by}
    return [
        Thing(
            {"holder": _holder(stood, today), "asker": [asker]},
            field="approved_by",
            action="approve-revisions",
        )
        for asker in sorted(askers)
    ]


def _answering(stood: Objective, facts: Sequence[Fact], today: date) -> Sequence[Sequence[UUID]]:
    """For each key result that is revised, and for the objective itself, who answers for it.

    A command that was refused may have been about any key result.
    """
    who = {key: one.on(today, "responsible_id") for key, one in stood.key_results.items()}
    if not facts:
        return [list(who.values())]
    keys = (f.key_result_id if isinstance(f, KeyResultRevision) else None for f in facts)
    return [[who[key]] if key in who else [] for key in dict.fromkeys(keys)]


def _objective(
    state: Objective, today: date, answering: Sequence[UUID], stage: str | None = None
) -> Thing:
    parts = {
        "holder": _holder(state, today),
        "responsible": [] if state.draft is None else [_said(state, today, "responsible_id")],
        "key_result": answering,
    }
    return Thing(parts, {"stage": stage or state.stage}, field="objective_id")


def _holder(state: Objective, today: date) -> Sequence[UUID]:
    if state.draft is not None:
        return [_said(state, today, "holder").id]
    return [state.suggestion.unit_id] if state.suggestion else []


def _said(state: Objective, today: date, aspect: str) -> Any:
    if aspect in state.said.aspects:
        return state.said.on(today, aspect)
    return getattr(state.draft, aspect)
