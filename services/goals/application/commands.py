"""Everything that people can ask of goals: the vocabulary page; revisions are in ``changes``."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.domain.changes import Change
from services.goals.domain.measure import Amount, KpiBinding, Measure, PlanPoint
from services.goals.domain.terms import (
    AlignmentLink,
    BasisPoints,
    Holder,
    Kind,
    Level,
    ObjectiveClass,
    Origin,
    Priority,
    ProgressSource,
    Title,
    UnitWord,
    Visibility,
)

CycleKind = Literal["month", "two_months", "quarter", "half_year", "year", "custom"]
Cadence = Literal["weekly", "biweekly", "monthly"]
Category = Literal["external_change", "learned", "resources", "error", "other"]
Reason = Annotated[str, Field(min_length=1, max_length=2_000)]
Score = Annotated[Decimal, Field(ge=0, le=1)]


class Command(BaseModel):
    """Asks for a change; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Cycles and policy


class CycleEntry(Command):
    """One cycle; the drafting window is its first three days unless given."""

    cycle_id: UUID
    code: str = Field(min_length=1, max_length=64)
    kind: CycleKind
    first: date
    last: date
    parent_id: UUID | None = None
    drafting_first: date | None = None
    drafting_last: date | None = None
    cadence: Cadence = "weekly"
    mid_cycle_review: date | None = None


class PlanCycles(Command):
    """Plan cycles with their days, drafting window, cadence and mid-cycle review."""

    cycles: tuple[CycleEntry, ...] = Field(min_length=1, max_length=200)


class _SomeCycles(Command):
    cycle_ids: tuple[UUID, ...] = Field(min_length=1, max_length=200)


class OpenDrafting(_SomeCycles):
    """Let objectives be drafted and published in these cycles."""


class ActivateCycles(_SomeCycles):
    """Say that these cycles run."""


class OpenGrading(_SomeCycles):
    """Begin to score and close the objectives of these cycles."""


class CloseCycles(_SomeCycles):
    """Make plans and scores of these cycles final."""


class ReopenGrading(Command):
    """Take a cycle back from grading to running, for a reason."""

    cycle_id: UUID
    reason: Reason


class ChooseCadence(Command):
    """Say how often to check in, in the whole cycle or in one unit."""

    cycle_id: UUID
    cadence: Cadence
    unit_id: UUID | None = None


class MoveDraftingWindow(Command):
    """Give the drafting window of a cycle other days, both inclusive."""

    cycle_id: UUID
    first: date
    last: date


class MoveMidCycleReview(Command):
    """Set the day after which revisions need approval one level higher."""

    cycle_id: UUID
    on: date


# Suggestions, drafts, publication


class Suggestion(Command):
    """An objective that somebody would like a unit to take up."""

    objective_id: UUID
    cycle_id: UUID
    unit_id: UUID
    title: Title
    description: str = ""


class SuggestObjectives(Command):
    """Suggest objectives to units."""

    suggestions: tuple[Suggestion, ...] = Field(min_length=1, max_length=100)


class AcceptSuggestion(Command):
    """Take a suggestion up as a draft, with somebody responsible for it."""

    objective_id: UUID
    responsible_id: UUID
    level: Level = "department"
    kind: Kind = "aspirational"


class DeclineSuggestion(Command):
    """Say no to a suggestion, and why."""

    objective_id: UUID
    reason: Reason


class KeyResultEntry(Command):
    """One key result; start and deadline are the cycle's unless given.

    ``weight`` in basis points; unset ones share what is left equally.
    """

    key_result_id: UUID
    title: Title
    responsible_id: UUID
    start: date | None = None
    deadline: date | None = None
    unit: UnitWord = ""
    weight: BasisPoints | None = None
    measure: Measure
    plan: tuple[PlanPoint, ...] = ()
    relative_aim: Amount | None = None
    kpi: KpiBinding | None = None


class ObjectiveEntry(Command):
    """One objective with its key results, as the draft should stand; priority 1 is first."""

    objective_id: UUID
    expected_version: int | None = None
    cycle_id: UUID
    title: Title
    description: str = Field(default="", max_length=10_000)
    level: Level
    holder: Holder
    responsible_id: UUID
    kind: Kind
    objective_class: ObjectiveClass = "base"
    origin: Origin = "strategy"
    premises: tuple[str, ...] = ()
    priority: Priority = 2
    weight: BasisPoints | None = None
    progress_source: ProgressSource = "key_results"
    visibility: Visibility = "public"
    alignments: tuple[AlignmentLink, ...] = ()
    key_results: tuple[KeyResultEntry, ...] = ()


class DraftObjectives(Command):
    """Draft objectives, or redraft them: each stands as described afterwards."""

    objectives: tuple[ObjectiveEntry, ...] = Field(min_length=1, max_length=1_000)


class PublishObjectives(Command):
    """Publish drafts and so fix their originals; only imports may name an earlier day."""

    objective_ids: tuple[UUID, ...] = Field(min_length=1, max_length=1_000)
    published_on: date | None = None


# Revisions


class RevisionEntry(Command):
    """One change of mind about a published objective; asked by whoever acts unless named."""

    revision_id: UUID
    objective_id: UUID
    expected_version: int | None = None
    change: Change
    reason: Reason
    category: Category
    asked_by: UUID | None = None
    approved_by: UUID | None = None
    effective_from: date


class ReviseObjectives(Command):
    """Revise published objectives and their key results, each with reason and effective day."""

    revisions: tuple[RevisionEntry, ...] = Field(min_length=1, max_length=1_000)


# Alignment


class AlignmentEntry(Command):
    """An objective and what it contributes to or supports."""

    objective_id: UUID
    link: AlignmentLink


class AlignObjectives(Command):
    """Let objectives contribute to or support others, or key results of others."""

    alignments: tuple[AlignmentEntry, ...] = Field(min_length=1, max_length=1_000)


class EndAlignments(AlignObjectives):
    """Take alignments back."""


# The end


class KeyResultGrade(Command):
    """Another score for one key result than the proposed one, and why."""

    key_result_id: UUID
    score: Score
    reason: Reason


class ClosingEntry(Command):
    """One objective to close: the proposed score holds unless another is given with a reason."""

    objective_id: UUID
    expected_version: int | None = None
    score: Score | None = None
    override_reason: str | None = None
    note: str = Field(default="", max_length=10_000)
    key_results: tuple[KeyResultGrade, ...] = ()


class CloseObjectives(Command):
    """Score and close objectives, with a note on reasoning and effort."""

    closings: tuple[ClosingEntry, ...] = Field(min_length=1, max_length=1_000)


class RescoreObjective(Command):
    """Give a closed objective another score while its cycle is still open."""

    objective_id: UUID
    score: Score
    reason: Reason


class WritePostMortem(Command):
    """Say why a committed objective was missed, and what follows."""

    objective_id: UUID
    text: Reason


class PostponeObjectives(Command):
    """Put objectives off; they leave the averages and stay in every report."""

    objective_ids: tuple[UUID, ...] = Field(min_length=1, max_length=200)
    reason: Reason
    category: Category = "other"


class CancelObjectives(PostponeObjectives):
    """Give objectives up; they leave the averages and stay in every report."""


class CarryOverObjective(Command):
    """Continue an objective as a new draft in another cycle; the chain keeps the first original."""

    objective_id: UUID
    into: UUID
    cycle_id: UUID
