"""Why the appraisal service says no, and what to do about it."""

from shared.kernel.refusals import Refused

# Curves


class AnchorsNotAscending(Refused):
    """The curve's anchors must ascend strictly. Order them by x, and give each x once."""


class CurveWithoutAnchors(Refused):
    """The curve has no anchors. Give at least one anchor with its points."""


class NothingToExtend(Refused):
    """Only a linear curve of two anchors or more extends further. Choose hold or a value."""


class EndWithoutPoints(Refused):
    """An end of the kind "value" needs its points. Say how many points hold beyond the anchors."""


class OwnCurveMissing(Refused):
    """The item asks for a curve of its own and gives none. Give the curve, or choose a preset."""


class DeductionStepMissing(Refused):
    """A deduction per miss needs points above 0, at most 1000 steps. Say how many a miss costs."""


class FloorEqualsSatisfactory(Refused):
    """Floor and satisfactory value are the same. Give two values that differ."""


# Schemes


class SectionWeightsNotHundred(Refused):
    """The sections' weights add up to {total}, not 100. Change them until they make exactly 100."""


class ItemWeightsNotHundred(Refused):
    """The items of section {section} add up to {total}, not 100. They must make exactly 100."""


class WeightNegative(Refused):
    """A weight is below 0. Give a weight of 0 to 100."""


class SectionNamedTwice(Refused):
    """The section {section} occurs twice. Give every section a code of its own."""


class KpiNamedTwice(Refused):
    """The KPI {code} occurs twice, and would count twice. Name each KPI once in a scheme."""


class JudgedSectionWithItems(Refused):
    """Section {section} is judged by people and holds no items. Move them to the KPI section."""


class OneKpiSectionOnly(Refused):
    """A scheme has exactly one KPI section. Put all KPI items into one section."""


class ShareOutOfRange(Refused):
    """The self review's share must lie between 0 and 50. The manager's review has the rest."""


class LimitNegative(Refused):
    """A limit for bonus or deduction is below 0. Give 0 for none."""


class BandsIncomplete(Refused):
    """Bands must descend strictly and end with one from 0 points. Complete the list of bands."""


class NoSuchVersion(Refused):
    """The scheme has no version {version}. Load the scheme and choose one of its versions."""

    status = 404


class NoSuchScheme(Refused):
    """There is no scheme with this id. Choose one from the list of schemes."""

    status = 404


class OneHandSignsOnce(Refused):
    """Two people stand for a version, by two hands: one of yours, or of the one for whom you act,
    has signed it. Ask someone else to sign.
    """

    status = 403


class SchemeNotInForce(Refused):
    """Version {version} of the scheme is not in force on {day}. Have two people sign it first."""


class TemplateKpiMissing(Refused):
    """The template also needs a KPI for {codes}. Name one for each code."""


# Plans


class AppraisalIsUnknown(Refused):
    """There is no appraisal with this id. Plan it first."""

    status = 404


class ReviewsThemselves(Refused):
    """Nobody reviews themselves as manager. Name someone else as the reviewing manager."""


class NobodyToReview(Refused):
    """{manager} is not a manager of {subject} on any of these days. Name one from the line."""


class SegmentsNotInOrder(Refused):
    """Segments start on the period's first day and ascend within it. Check their first days."""


class SegmentTooLongToLeaveOut(Refused):
    """The segment from {first} has {days} days. Keep it; only segments under {limit} days may be
    left out.
    """


class NoSegmentLeft(Refused):
    """Every segment is left out, so nothing would be appraised. Keep at least one."""


class PeriodReversed(Refused):
    """The period ends before it begins. Check its first and last day."""


class ReasonMissing(Refused):
    """The plan of this appraisal differs from the one before. Say why it is replaced."""


# The flow


class OnlyTheAuthorWithdraws(Refused):
    """Only its author takes back an entry. Ask them to do so before sealing."""

    status = 403


class SealerCannotSign(Refused):
    """You sealed this result, or the one for whom you act did. Ask someone else to sign it off."""

    status = 403


class NotInThisStage(Refused):
    """The appraisal is in the stage {stage}, and this belongs to {needed}. Do that step first."""

    status = 409


class SelfReviewAlreadyGiven(Refused):
    """The self review was given already and stays as it is. Tell your manager what is missing."""

    status = 409


class ResultIsSealed(Refused):
    """The result is sealed. It is reopened by accepting a changed evidence, or by an appeal."""

    status = 409


class ResultIsSignedOff(Refused):
    """The result is signed off. From now on only an appeal changes it."""

    status = 409


class PeriodStillRuns(Refused):
    """The period runs until {last}. Seal the result when it is over."""


class ResultHasNoTotal(Refused):
    """There is no total yet: {blocked_by}. Supply what is missing, or review the missing part."""


class ManagerReviewMissing(Refused):
    """The manager's review is missing. Seal after it has been given."""

    status = 409


class MarksIncomplete(Refused):
    """Marks are needed for exactly these sections: {sections}. Give one mark for each."""


class MarkOutOfRange(Refused):
    """A mark lies between 0 and 100. Correct the mark of section {section}."""


class PointsNotPositive(Refused):
    """Points of a bonus or deduction are above 0. Give the amount without a sign."""


class BonusBeyondLimit(Refused):
    """All bonuses together may reach {limit} points, and this would make {total}. Give fewer."""


class DeductionBeyondLimit(Refused):
    """All deductions together may reach {limit} points, this would make {total}. Take fewer."""


class NoSuchEntry(Refused):
    """The appraisal has no such bonus, deduction or veto. Load it again and choose one."""

    status = 404


class NoSuchChange(Refused):
    """No changed evidence with this id is waiting for a decision. Load the appraisal again."""

    status = 404


# Who may ask


class NobodyAsks(Refused):
    """No person answers for this request. Send it on behalf of a person."""

    status = 403


class AppraisalOfAnother(Refused):
    """This appraisal is about another person. Give the new one an id of its own."""


class PeriodNotInCalendar(Refused):
    """The calendar has no period {period} from {first} to {last}. Define it in the directory."""


class PersonNotHere(Refused):
    """{person} is not known here. Register the person in the directory first."""
