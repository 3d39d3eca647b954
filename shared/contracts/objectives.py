"""What goals publishes: cycles, policies, objectives with their key results.

Revisions are in ``objective_revisions``, the parts of both in ``objective_terms``.

The record's stream is the cycle's, the policy's or the objective's id; key results live in their
objective's stream. Drafts and suggestions are ``own``: they never leave the service.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.contracts.objective_terms import (
    AlignmentLink,
    Band,
    Cadence,
    Category,
    CycleKind,
    KeyResultScore,
    KeyResultTerms,
    LevelLimit,
    ObjectiveTerms,
    RollUpMode,
)
from shared.contracts.records import Contract

FEED = "objectives"


# Cycles


class CyclePlanned(Contract, name="cairn.goals.cycle.planned.v1"):
    """A cycle has its days, drafting window and cadence; first and last days are inclusive."""

    code: str
    kind: CycleKind
    first: date
    last: date
    parent_id: UUID | None = None
    drafting_first: date
    drafting_last: date
    cadence: Cadence
    mid_cycle_review: date | None = None


class DraftingOpened(Contract, name="cairn.goals.cycle.drafting_opened.v1"):
    """Objectives of the cycle may be drafted and published."""


class DraftingWindowMoved(Contract, name="cairn.goals.cycle.drafting_window_moved.v1"):
    """The drafting window has other days; who publishes after it is a late joiner."""

    first: date
    last: date


class CadenceChosen(Contract, name="cairn.goals.cycle.cadence_chosen.v1"):
    """How often to check in, for the whole cycle or (``unit_id``) one unit of it."""

    cadence: Cadence
    unit_id: UUID | None = None


class MidCycleReviewMoved(Contract, name="cairn.goals.cycle.mid_cycle_review_moved.v1"):
    """The day after which revisions need approval one level higher."""

    on: date


class CycleActivated(Contract, name="cairn.goals.cycle.activated.v1"):
    """The cycle runs."""


class GradingOpened(Contract, name="cairn.goals.cycle.grading_opened.v1"):
    """Objectives of the cycle are scored and closed."""


class GradingReopened(Contract, name="cairn.goals.cycle.grading_reopened.v1"):
    """Back from grading to running, for a reason."""

    reason: str


class CycleClosed(Contract, name="cairn.goals.cycle.closed.v1"):
    """Plans and scores of the cycle are final."""

    closed_on: date


# Policy


class PolicyAdopted(Contract, name="cairn.goals.policy.adopted.v1"):
    """A new version of the rules that warn and grade; every computed figure names its version."""

    version: int
    effective_from: date
    objective_limits: tuple[LevelLimit, ...]
    key_results_at_least: int
    key_results_at_most: int
    status_policy: Literal["gap", "ratio"]
    roll_up_cap: Decimal
    roll_up_mode: RollUpMode
    committed_bands: tuple[Band, ...]
    aspirational_bands: tuple[Band, ...]
    revisions_need_approval: bool


# Suggestions and drafts: inside the service only


class Suggested(Contract, name="cairn.goals.objective.suggested.v1", audience="own"):
    """Somebody suggested an objective to a unit."""

    cycle_id: UUID
    unit_id: UUID
    title: str
    description: str
    suggested_by: UUID


class SuggestionAccepted(
    Contract, name="cairn.goals.objective.suggestion_accepted.v1", audience="own"
):
    """The unit's lead took the suggestion up as a draft."""

    responsible_id: UUID


class SuggestionDeclined(
    Contract, name="cairn.goals.objective.suggestion_declined.v1", audience="own"
):
    """The unit's lead declined, with a reason."""

    reason: str


class Drafted(Contract, name="cairn.goals.objective.drafted.v1", audience="own"):
    """An objective was drafted."""

    terms: ObjectiveTerms


class Redrafted(Contract, name="cairn.goals.objective.redrafted.v1", audience="own"):
    """The draft says something else now."""

    terms: ObjectiveTerms


class KeyResultDrafted(Contract, name="cairn.goals.key_result.drafted.v1", audience="own"):
    """A key result was drafted, or its draft says something else now."""

    terms: KeyResultTerms


class KeyResultDiscarded(Contract, name="cairn.goals.key_result.discarded.v1", audience="own"):
    """A drafted key result was taken out again."""

    key_result_id: UUID


# Publication


class ObjectivePublished(Contract, name="cairn.goals.objective.published.v1"):
    """The original: the objective and its key results with resolved weights, fixed for ever."""

    published_on: date
    late: bool
    terms: ObjectiveTerms
    key_results: tuple[KeyResultTerms, ...]


# Alignment of published objectives


class Aligned(Contract, name="cairn.goals.objective.aligned.v1"):
    """The objective contributes to, or supports, another or one of its key results."""

    link: AlignmentLink


class AlignmentEnded(Contract, name="cairn.goals.objective.alignment_ended.v1"):
    """The objective no longer contributes to, or supports, this one."""

    link: AlignmentLink


# The end


class ObjectiveClosed(Contract, name="cairn.goals.objective.closed.v1"):
    """Scored and closed: proposed scores against original and current, the score given, a note."""

    closed_on: date
    proposed_original: Decimal | None = None
    proposed_current: Decimal | None = None
    score: Decimal
    override_reason: str | None = None
    note: str = ""
    key_results: tuple[KeyResultScore, ...] = ()
    policy_version: int = 0


class Rescored(Contract, name="cairn.goals.objective.rescored.v1"):
    """Another score was given while the cycle was still open, with a reason."""

    score: Decimal
    reason: str


class PostMortemAsked(Contract, name="cairn.goals.objective.post_mortem_asked.v1"):
    """A committed objective missed its mark; its responsible is asked why."""

    responsible_id: UUID


class PostMortemWritten(
    Contract, name="cairn.goals.objective.post_mortem_written.v1", audience="own"
):
    """Why a committed objective was missed, and what follows."""

    text: str


class ObjectivePostponed(Contract, name="cairn.goals.objective.postponed.v1"):
    """Not now; it leaves the averages and stays in every report."""

    reason: str
    category: Category
    on: date
    after_mid_cycle_review: bool


class ObjectiveCancelled(Contract, name="cairn.goals.objective.cancelled.v1"):
    """Given up; it leaves the averages and stays in every report."""

    reason: str
    category: Category
    on: date
    after_mid_cycle_review: bool


class CarriedOver(Contract, name="cairn.goals.objective.carried_over.v1"):
    """Continued as a new original in another cycle."""

    into: UUID
    cycle_id: UUID
