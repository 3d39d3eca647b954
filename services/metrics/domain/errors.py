"""Why metrics refuses: every docstring is what people read, with the remedy."""

from shared.kernel.refusals import Refused

# Days and periods


class DayLiesAhead(Refused):
    """{day} has not come yet: figures are recorded for days that have been. Choose today or
    earlier.
    """


class PeriodIsUnknown(Refused):
    """The calendar has no period {period}. Choose one of its periods, for instance 2026-Q3."""


class PeriodDoesNotFit(Refused):
    """This KPI is not measured by periods such as {period}. Name one of its own kind, or a day."""


class DayOutsidePeriod(Refused):
    """{day} lies outside {period}, which runs from {first} to {last}. Choose a day within it."""


class PeriodIsOver(Refused):
    """{period} ended on {last}: its terms change only by an appeal. Offer terms for the next
    one.
    """


class PeriodIsSealed(Refused):
    """{period} is sealed: its figures change only by a correction. Mark yours as one, with a
    reason.
    """


class PeriodIsNotOver(Refused):
    """{period} runs until {last} and cannot be sealed before it has ended. Come back after that
    day.
    """


# Who


class OnlySystemsReport(Refused):
    """A person types or imports figures; only connected systems report them. Choose typed or
    imported as the origin.
    """


# Key results


class KeyResultIsUnknown(Refused):
    """There is no published key result with this id. Publish its objective first, or check the
    id.
    """

    status = 404


class NothingSaid(Refused):
    """This check-in says nothing. Give a figure, a confidence, a status or a few words."""


class KeyResultIsClosed(Refused):
    """This key result is closed or was dropped and takes no more check-ins. Correct an earlier
    one if it was wrong.
    """


class KeyResultFollowsKpi(Refused):
    """A KPI measures this key result, so its figure is not typed. Leave the value out, or
    record it with the KPI.
    """


class NumberExpected(Refused):
    """This key result is measured by a number. Give a value, and neither milestones nor a level."""


class YesOrNoExpected(Refused):
    """This key result is reached or not. Give 1 for reached or 0 for not reached."""


class MilestonesExpected(Refused):
    """This key result is measured by its milestones: {names}. Name those that are reached."""


class LevelExpected(Refused):
    """This key result is measured by named levels: {names}. Name the one that is reached."""


# Entries of ledgers


class EntryIsUnknown(Refused):
    """This ledger has no such entry. Load the ledger and choose one of its entries."""

    status = 404


class EntryWasWithdrawn(Refused):
    """This entry was withdrawn and cannot be corrected. Record the figure anew."""


class EntrySaysOtherwise(Refused):
    """{entry} was recorded before with other content. Send it as a correction if the first one
    was wrong.
    """


class ReasonIsMissing(Refused):
    """A correction needs its reason. Say why the figure changes."""


class CorrectionLeavesTheYear(Refused):
    """A correction cannot move a figure out of fiscal year {year}. Withdraw it here and record
    it in the other year.
    """


class KpiIsComputed(Refused):
    """{code} is computed from its two components and takes no figures itself. Record the
    components.
    """


class SourceCarriesGoals(Refused):
    """A KPI may not be fed from goals or insights, because appraisals read KPIs. Name the
    business system that the figure comes from.
    """


# Definitions


class KpiIsUnknown(Refused):
    """There is no KPI with this id. Define it first, or check its code."""

    status = 404


class KpiIsDefinedOtherwise(Refused):
    """{code} is defined already, and differently. Redefine it with a reason."""


class DefinitionIsAnotherKpi(Refused):
    """This would change what figures of {code} mean. Define a KPI with a new code."""


class ComponentsDoNotFit(Refused):
    """A ratio of sums names two different component KPIs that are summed, and no other KPI
    names any. Correct numerator and denominator.
    """


# Commitments


class TermsDoNotFit(Refused):
    """A KPI that should stay within bounds has a lower and an upper one; any other has a target
    and no bounds. Correct the terms.
    """


class TermsOutOfOrder(Refused):
    """Threshold, target and stretch must become harder in this order, and a lower bound lie
    below the upper one. Correct the figures.
    """


class PlanLeavesPeriod(Refused):
    """The plan's days must rise and lie within {period}. Correct the plan."""


class CommitmentIsOffered(Refused):
    """Terms were offered already. Revise them with a reason."""


class BaselineStands(Refused):
    """The baseline is {value} and is set once. Correct it with a reason, or take it anew from
    another period.
    """


class BaselineIsMissing(Refused):
    """There is no baseline yet. Set it first."""


class BaselineOfSamePeriod(Refused):
    """This baseline was taken from {period} already. Correct it, or take it from another period."""


class NothingOffered(Refused):
    """No terms have been offered yet. Wait for the offer."""
