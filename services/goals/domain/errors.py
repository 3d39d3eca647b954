"""Why goals refuses: each sentence says what is wrong and what to do next."""

from shared.kernel.refusals import Refused

# Cycles


class UnknownCycle(Refused):
    """There is no cycle with this id. Plan the cycle first, or choose another."""

    status = 404


class CycleEndsBeforeItBegins(Refused):
    """The cycle's last day {last} lies before its first day {first}. Exchange or correct them."""


class CycleIsPlannedOtherwise(Refused):
    """A cycle {code} is planned with other days. Move its window, review or cadence instead."""


class OutsideTheCycle(Refused):
    """{day} lies outside the cycle, {first} to {last}. Choose a day within it."""


class CycleIsNotDrafting(Refused):
    """Cycle {code} has not opened its drafting yet. Open drafting first."""


class CycleIsNotActive(Refused):
    """Cycle {code} is not running. Activate it first."""


class CycleIsNotGrading(Refused):
    """Cycle {code} is not in grading, so nothing is scored or closed yet. Open grading first."""


class CycleTakesNoDrafts(Refused):
    """Cycle {code} is being graded and takes no new objectives. Draft in a later cycle."""


class CycleIsClosed(Refused):
    """Cycle {code} is closed: its plans and scores are final. Continue in another cycle."""


# Objectives


class UnknownObjective(Refused):
    """There is no objective with this id. Check the address."""

    status = 404


class ObjectiveIsKnown(Refused):
    """An objective with this id exists already and says something else. Choose a new id."""


class ObjectiveIsNotSuggested(Refused):
    """The objective is no open suggestion. Accept or decline only what is still suggested."""


class ObjectiveIsPublished(Refused):
    """The objective is published; its original stays. Revise it, with a reason, instead."""


class ObjectiveIsNotPublished(Refused):
    """The objective is not published. Publish the draft first, or change the draft."""


class ObjectiveIsClosed(Refused):
    """The objective is closed. Continue it in another cycle by carrying it over."""


class ObjectiveIsNotClosed(Refused):
    """The objective has no score yet. Close it first."""


class ObjectiveHasEnded(Refused):
    """The objective was postponed or cancelled. Continue it elsewhere by carrying it over."""


class ObjectiveStillRuns(Refused):
    """The objective is still under way. Close, postpone or cancel it before carrying it over."""


class PublishedInTheFuture(Refused):
    """{day} has not come yet. Publish on the day, or leave the day out."""


class OnlyImportsNameTheDay(Refused):
    """Only an import may name an earlier day of publication. Leave the day out."""


class WeightsLeaveNothing(Refused):
    """The given weights use up 100 % while one is left open. Give every key result a weight."""


class NumberTakenTwice(Refused):
    """Two key results have the same number or id. Give each its own."""


# Key results and their measures


class UnknownKeyResult(Refused):
    """The objective has no such key result. Check its id."""

    status = 404


class KeyResultIsKnown(Refused):
    """The objective already has a key result with this id. Choose a new id."""


class KeyResultWasDropped(Refused):
    """The key result was dropped and keeps what it had. Add a new one instead."""


class TargetEqualsBaseline(Refused):
    """Target and baseline are both {baseline}: progress cannot be told. Choose another target."""


class RelativeToNothing(Refused):
    """An aim relative to a baseline of 0 says nothing. Name the target itself."""


class RelativeAimContradicted(Refused):
    """The target {target} is not what the relative aim comes to. Correct one of the two."""


class StretchFallsShort(Refused):
    """The stretch lies on the near side of the target. Choose one beyond it, or none."""


class BoundMissing(Refused):
    """The threshold lacks the bound or the kind of period that its form needs. Add it."""


class BoundsCrossed(Refused):
    """The lower bound lies above the upper one. Exchange or correct them."""


class MilestonesUnclear(Refused):
    """Milestones need different names and weights from 0 up, not all 0. Correct them."""


class RubricUnclear(Refused):
    """A rubric needs levels with different names, each worth 0 to 1. Correct them."""


class PlanUnclear(Refused):
    """A plan needs different days within {start} to {deadline}. Correct its points."""


class DeadlineBeforeStart(Refused):
    """The deadline {deadline} lies before the start {start}. Exchange or correct them."""


class NotThisMeasure(Refused):
    """A key result measured as {type} has no {aspect}. Revise what it has, or replace it."""


class AlreadyMeasured(Refused):
    """There are measurements already, so type and unit stay. Replace the key result instead."""


class OnlyMetricsFollowKpis(Refused):
    """Only a metric or a threshold can be measured by a KPI. Choose another measure, or no KPI."""


class SumMustStartAtZero(Refused):
    """The KPI is a sum that starts at 0 in the window, so the baseline must be 0. Set the baseline
    to 0 and keep the last period's figure as the reference.
    """


# Revisions


class EffectiveBeforePublication(Refused):
    """{day} lies before the publication on {published_on}; the original holds till then. Choose a
    later day.
    """


class AskerCannotApprove(Refused):
    """Nobody approves what they asked for themselves. Name somebody else as the approver."""


class RetroactiveWithoutApproval(Refused):
    """{day} has passed, so the revision is retroactive and needs an approver. Name one, or choose
    today or a later day.
    """


class ApprovalMissing(Refused):
    """Policy asks for an approver of every revision. Name one."""


class ApproverTooNear(Refused):
    """After the mid-cycle review the approver is one level higher. Ask {higher} to approve."""


class ApprovalOfAnother(Refused):
    """An approval can be entered only by whoever gives it. Ask {approver} to make the revision."""


class AskedByAnother(Refused):
    """A revision that nobody approves is asked for by whoever sends it. Leave the asker out, or let
    the asker send it.
    """


class AskerMissing(Refused):
    """A service that acts for nobody must say who asks. Name the person."""


class OneVersionForSeveral(Refused):
    """One expected version cannot stand for {count} things. Give each item its own."""


# Alignment


class AlignedToItself(Refused):
    """An objective cannot contribute to or support itself. Choose another one."""


class AlignedInACircle(Refused):
    """The objective would in the end contribute to itself. Use "supports" for the way back."""


class AlignedToNothing(Refused):
    """There is no such objective, or it has no such key result. Choose an existing one."""


# Scores


class OverrideWithoutReason(Refused):
    """The score {score} differs from the proposed {proposed}. Say why."""


class NoPostMortemAsked(Refused):
    """No post-mortem is asked for: only a committed objective that missed its mark has one."""
