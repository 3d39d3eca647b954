"""Goals' facts in the published language: one fact, one record; the only bilingual file."""

from services.goals.domain import cycle
from services.goals.domain import key_result_revisions as key_results
from services.goals.domain import objective_life as life
from services.goals.domain import objective_revisions as objectives
from services.goals.domain import policy as policies
from shared.contracts import objective_revisions as revisions
from shared.contracts import objectives as contracts
from shared.contracts.objectives import FEED
from shared.eventing.translation import Translation, published

TRANSLATION = Translation(
    published(cycle.CyclePlanned, contracts.CyclePlanned, FEED),
    published(cycle.DraftingOpened, contracts.DraftingOpened, FEED),
    published(cycle.DraftingWindowMoved, contracts.DraftingWindowMoved, FEED),
    published(cycle.CadenceChosen, contracts.CadenceChosen, FEED),
    published(cycle.MidCycleReviewMoved, contracts.MidCycleReviewMoved, FEED),
    published(cycle.CycleActivated, contracts.CycleActivated, FEED),
    published(cycle.GradingOpened, contracts.GradingOpened, FEED),
    published(cycle.GradingReopened, contracts.GradingReopened, FEED),
    published(cycle.CycleClosed, contracts.CycleClosed, FEED),
    published(policies.PolicyAdopted, contracts.PolicyAdopted, FEED),
    published(life.Suggested, contracts.Suggested, FEED),
    published(life.SuggestionAccepted, contracts.SuggestionAccepted, FEED),
    published(life.SuggestionDeclined, contracts.SuggestionDeclined, FEED),
    published(life.Drafted, contracts.Drafted, FEED),
    published(life.Redrafted, contracts.Redrafted, FEED),
    published(life.KeyResultDrafted, contracts.KeyResultDrafted, FEED),
    published(life.KeyResultDiscarded, contracts.KeyResultDiscarded, FEED),
    published(life.ObjectivePublished, contracts.ObjectivePublished, FEED),
    published(life.Aligned, contracts.Aligned, FEED),
    published(life.AlignmentEnded, contracts.AlignmentEnded, FEED),
    published(life.ObjectiveClosed, contracts.ObjectiveClosed, FEED),
    published(life.Rescored, contracts.Rescored, FEED),
    published(life.PostMortemAsked, contracts.PostMortemAsked, FEED),
    published(life.PostMortemWritten, contracts.PostMortemWritten, FEED),
    published(life.ObjectivePostponed, contracts.ObjectivePostponed, FEED),
    published(life.ObjectiveCancelled, contracts.ObjectiveCancelled, FEED),
    published(life.CarriedOver, contracts.CarriedOver, FEED),
    published(key_results.TargetRevised, revisions.TargetRevised, FEED),
    published(key_results.RelativeAimRevised, revisions.RelativeAimRevised, FEED),
    published(key_results.StretchRevised, revisions.StretchRevised, FEED),
    published(key_results.BaselineCorrected, revisions.BaselineCorrected, FEED),
    published(key_results.BoundsRevised, revisions.BoundsRevised, FEED),
    published(key_results.OperatorRevised, revisions.OperatorRevised, FEED),
    published(key_results.MilestonesRevised, revisions.MilestonesRevised, FEED),
    published(key_results.RubricRevised, revisions.RubricRevised, FEED),
    published(key_results.PlanRevised, revisions.PlanRevised, FEED),
    published(key_results.KeyResultWeightRevised, revisions.KeyResultWeightRevised, FEED),
    published(key_results.KeyResultResponsibleRevised, revisions.KeyResultResponsibleRevised, FEED),
    published(key_results.StartRevised, revisions.StartRevised, FEED),
    published(key_results.DeadlineRevised, revisions.DeadlineRevised, FEED),
    published(key_results.KeyResultReworded, revisions.KeyResultReworded, FEED),
    published(key_results.MeasureReplaced, revisions.MeasureReplaced, FEED),
    published(key_results.MeasuringKpiRevised, revisions.MeasuringKpiRevised, FEED),
    published(key_results.KeyResultAdded, revisions.KeyResultAdded, FEED),
    published(key_results.KeyResultDropped, revisions.KeyResultDropped, FEED),
    published(key_results.KeyResultReplaced, revisions.KeyResultReplaced, FEED),
    published(objectives.ObjectiveReworded, revisions.ObjectiveReworded, FEED),
    published(objectives.KindRevised, revisions.KindRevised, FEED),
    published(objectives.PriorityRevised, revisions.PriorityRevised, FEED),
    published(objectives.ObjectiveWeightRevised, revisions.ObjectiveWeightRevised, FEED),
    published(objectives.HolderRevised, revisions.HolderRevised, FEED),
    published(objectives.ObjectiveResponsibleRevised, revisions.ObjectiveResponsibleRevised, FEED),
)
