"""From a fact of goals to the record that others read: the only file that knows both languages."""

from collections.abc import Mapping

from services.goals.domain import cycle, key_result_revisions, objective_life, objective_revisions
from services.goals.domain import policy as policies
from shared.contracts import objective_revisions as revisions
from shared.contracts import objectives as contracts
from shared.contracts.records import Contract
from shared.kernel.facts import Fact, UnknownFact

_CYCLE: Mapping[type[Fact], type[Contract]] = {
    cycle.CyclePlanned: contracts.CyclePlanned,
    cycle.DraftingOpened: contracts.DraftingOpened,
    cycle.DraftingWindowMoved: contracts.DraftingWindowMoved,
    cycle.CadenceChosen: contracts.CadenceChosen,
    cycle.MidCycleReviewMoved: contracts.MidCycleReviewMoved,
    cycle.CycleActivated: contracts.CycleActivated,
    cycle.GradingOpened: contracts.GradingOpened,
    cycle.GradingReopened: contracts.GradingReopened,
    cycle.CycleClosed: contracts.CycleClosed,
    policies.PolicyAdopted: contracts.PolicyAdopted,
}

_LIFE: Mapping[type[Fact], type[Contract]] = {
    objective_life.Suggested: contracts.Suggested,
    objective_life.SuggestionAccepted: contracts.SuggestionAccepted,
    objective_life.SuggestionDeclined: contracts.SuggestionDeclined,
    objective_life.Drafted: contracts.Drafted,
    objective_life.Redrafted: contracts.Redrafted,
    objective_life.KeyResultDrafted: contracts.KeyResultDrafted,
    objective_life.KeyResultDiscarded: contracts.KeyResultDiscarded,
    objective_life.ObjectivePublished: contracts.ObjectivePublished,
    objective_life.Aligned: contracts.Aligned,
    objective_life.AlignmentEnded: contracts.AlignmentEnded,
    objective_life.ObjectiveClosed: contracts.ObjectiveClosed,
    objective_life.Rescored: contracts.Rescored,
    objective_life.PostMortemAsked: contracts.PostMortemAsked,
    objective_life.PostMortemWritten: contracts.PostMortemWritten,
    objective_life.ObjectivePostponed: contracts.ObjectivePostponed,
    objective_life.ObjectiveCancelled: contracts.ObjectiveCancelled,
    objective_life.CarriedOver: contracts.CarriedOver,
}

_KEY_RESULTS: Mapping[type[Fact], type[Contract]] = {
    key_result_revisions.TargetRevised: revisions.TargetRevised,
    key_result_revisions.RelativeAimRevised: revisions.RelativeAimRevised,
    key_result_revisions.StretchRevised: revisions.StretchRevised,
    key_result_revisions.BaselineCorrected: revisions.BaselineCorrected,
    key_result_revisions.BoundsRevised: revisions.BoundsRevised,
    key_result_revisions.OperatorRevised: revisions.OperatorRevised,
    key_result_revisions.MilestonesRevised: revisions.MilestonesRevised,
    key_result_revisions.RubricRevised: revisions.RubricRevised,
    key_result_revisions.PlanRevised: revisions.PlanRevised,
    key_result_revisions.KeyResultWeightRevised: revisions.KeyResultWeightRevised,
    key_result_revisions.KeyResultResponsibleRevised: revisions.KeyResultResponsibleRevised,
    key_result_revisions.StartRevised: revisions.StartRevised,
    key_result_revisions.DeadlineRevised: revisions.DeadlineRevised,
    key_result_revisions.KeyResultReworded: revisions.KeyResultReworded,
    key_result_revisions.MeasureReplaced: revisions.MeasureReplaced,
    key_result_revisions.MeasuringKpiRevised: revisions.MeasuringKpiRevised,
    key_result_revisions.KeyResultAdded: revisions.KeyResultAdded,
    key_result_revisions.KeyResultDropped: revisions.KeyResultDropped,
    key_result_revisions.KeyResultReplaced: revisions.KeyResultReplaced,
}

_OBJECTIVES: Mapping[type[Fact], type[Contract]] = {
    objective_revisions.ObjectiveReworded: revisions.ObjectiveReworded,
    objective_revisions.KindRevised: revisions.KindRevised,
    objective_revisions.PriorityRevised: revisions.PriorityRevised,
    objective_revisions.ObjectiveWeightRevised: revisions.ObjectiveWeightRevised,
    objective_revisions.HolderRevised: revisions.HolderRevised,
    objective_revisions.ObjectiveResponsibleRevised: revisions.ObjectiveResponsibleRevised,
}

CONTRACTS: Mapping[type[Fact], type[Contract]] = {
    **_CYCLE,
    **_LIFE,
    **_KEY_RESULTS,
    **_OBJECTIVES,
}


def translated(fact: Fact) -> Contract:
    """The one record that this fact is published as; an unknown kind of fact is a defect."""
    try:
        contract = CONTRACTS[type(fact)]
    except KeyError:
        raise UnknownFact(type(fact).stored_name) from None
    return contract.model_validate(fact.model_dump())
