"""Everything that people can ask of goals: the vocabulary page.

The items of the lists are in ``entries``, the revisions in ``domain/changes``.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.application.entries import (
    AlignmentEntry,
    ClosingEntry,
    CycleEntry,
    ObjectiveEntry,
    Reason,
    RevisionEntry,
    Score,
    Suggestion,
)
from services.goals.domain.cycle import Cadence
from services.goals.domain.policy import PolicyWords
from services.goals.domain.revision import Category
from services.goals.domain.terms import Kind, Level


class Command(BaseModel):
    """Asks for a change; unknown fields are refused.

    ``expected_version`` is the version of the only cycle or objective named, as it was last seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    expected_version: int | None = None


# Cycles and policy


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


class AdoptPolicy(Command):
    """Let a new version of the rules hold that warn and grade."""

    policy: PolicyWords


# Suggestions, drafts, publication


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


class DraftObjectives(Command):
    """Draft objectives, or redraft them: each stands as described afterwards."""

    objectives: tuple[ObjectiveEntry, ...] = Field(min_length=1, max_length=1_000)


class PublishObjectives(Command):
    """Publish drafts and so fix their originals; only imports may name an earlier day."""

    objective_ids: tuple[UUID, ...] = Field(min_length=1, max_length=1_000)
    published_on: date | None = None


# Revisions


class ReviseObjectives(Command):
    """Revise published objectives and their key results, each with reason and effective day."""

    revisions: tuple[RevisionEntry, ...] = Field(min_length=1, max_length=1_000)


# Alignment


class AlignObjectives(Command):
    """Let objectives contribute to or support others, or key results of others."""

    alignments: tuple[AlignmentEntry, ...] = Field(min_length=1, max_length=1_000)


class EndAlignments(AlignObjectives):
    """Take alignments back."""


# The end


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
