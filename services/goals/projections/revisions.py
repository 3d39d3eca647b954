"""Rows of what each revision says, aspect by aspect, from its effective day on."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.goals.projections.lives import KEY_RESULTS, change, joined
from shared.contracts import objective_revisions as told
from shared.contracts.records import Contract
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables

_GROUNDS = {*told.Revision.model_fields, "key_result_id"}


def _stated(
    tables: Tables,
    known: Known,
    revision: told.Revision,
    key_result: UUID | None,
    says: Mapping[str, Any],
) -> None:
    tables.insert(
        "statements",
        {
            "objective_id": known.stream,
            "key_result_id": key_result,
            "position": known.position,
            "recorded_at": known.recorded_at,
            "effective_from": revision.effective_from,
            "revision_id": revision.revision_id,
            "says": dict(says),
        },
    )
    change(tables, known)


def _own(revision: told.Revision) -> dict[str, Any]:
    body = revision.model_dump(mode="json")
    return {aspect: value for aspect, value in body.items() if aspect not in _GROUNDS}


def key_result_revised(tables: Tables, known: Known, says: told.KeyResultRevision) -> None:
    """Some aspects of a key result hold from another day on as said."""
    _stated(tables, known, says, says.key_result_id, _own(says))


def no_longer_relative(tables: Tables, known: Known, says: told.KeyResultRevision) -> None:
    """The same, and an aim relative to the baseline has ended."""
    _stated(tables, known, says, says.key_result_id, {**_own(says), "relative_aim": None})


def measure_replaced(tables: Tables, known: Known, says: told.MeasureReplaced) -> None:
    """Every aspect of the measure, with its unit and plan."""
    own = _own(says)
    whole = {**own.pop("measure"), **own, "relative_aim": None}
    _stated(tables, known, says, says.key_result_id, whole)


def objective_revised(tables: Tables, known: Known, says: told.Revision) -> None:
    """Some aspects of the objective hold from another day on as said."""
    _stated(tables, known, says, None, _own(says))


def added(tables: Tables, known: Known, says: told.KeyResultAdded) -> None:
    """A key result joined, with its own original."""
    joined(tables, known, says.terms, joined_on=says.effective_from, added_later=True)
    change(tables, known)


def dropped(tables: Tables, known: Known, says: told.KeyResultDropped) -> None:
    """A key result was given up."""
    tables.change(
        KEY_RESULTS, (says.key_result_id,), known.recorded_at, dropped_from=says.effective_from
    )
    change(tables, known)


def replaced(tables: Tables, known: Known, says: told.KeyResultReplaced) -> None:
    """A key result was given up for another one."""
    tables.change(
        KEY_RESULTS,
        (says.key_result_id,),
        known.recorded_at,
        dropped_from=says.effective_from,
        successor_id=says.successor.key_result_id,
    )
    joined(tables, known, says.successor, joined_on=says.effective_from, added_later=True)
    change(tables, known)


SHOWN: Mapping[type[Contract], Callable[[Tables, Known, Any], None]] = {
    told.TargetRevised: no_longer_relative,
    told.RelativeAimRevised: key_result_revised,
    told.StretchRevised: key_result_revised,
    told.BaselineCorrected: no_longer_relative,
    told.BoundsRevised: key_result_revised,
    told.OperatorRevised: key_result_revised,
    told.MilestonesRevised: key_result_revised,
    told.RubricRevised: key_result_revised,
    told.PlanRevised: key_result_revised,
    told.KeyResultWeightRevised: key_result_revised,
    told.KeyResultResponsibleRevised: key_result_revised,
    told.StartRevised: key_result_revised,
    told.DeadlineRevised: key_result_revised,
    told.KeyResultReworded: key_result_revised,
    told.MeasureReplaced: measure_replaced,
    told.MeasuringKpiRevised: key_result_revised,
    told.KeyResultAdded: added,
    told.KeyResultDropped: dropped,
    told.KeyResultReplaced: replaced,
    told.ObjectiveReworded: objective_revised,
    told.KindRevised: objective_revised,
    told.PriorityRevised: objective_revised,
    told.ObjectiveWeightRevised: objective_revised,
    told.HolderRevised: objective_revised,
    told.ObjectiveResponsibleRevised: objective_revised,
}
