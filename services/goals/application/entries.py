"""The items that commands list: cycles, objectives, revisions, alignments, closings."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.domain.changes import Change
from services.goals.domain.cycle import Cadence, CycleKind
from services.goals.domain.measure import Amount, KpiBinding, Measure, PlanPoint
from services.goals.domain.revision import Category
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

Reason = Annotated[str, Field(min_length=1, max_length=2_000)]
Score = Annotated[Decimal, Field(ge=0, le=1)]


class Entry(BaseModel):
    """One item of a list; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CycleEntry(Entry):
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


class Suggestion(Entry):
    """An objective that somebody would like a unit to take up."""

    objective_id: UUID
    cycle_id: UUID
    unit_id: UUID
    title: Title
    description: str = ""


class KeyResultEntry(Entry):
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


class ObjectiveEntry(Entry):
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


class RevisionEntry(Entry):
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


class AlignmentEntry(Entry):
    """An objective and what it contributes to or supports."""

    objective_id: UUID
    link: AlignmentLink


class KeyResultGrade(Entry):
    """Another score for one key result than the proposed one, and why."""

    key_result_id: UUID
    score: Score
    reason: Reason


class ClosingEntry(Entry):
    """One objective to close: the proposed score holds unless another is given with a reason."""

    objective_id: UUID
    expected_version: int | None = None
    score: Score | None = None
    override_reason: str | None = None
    note: str = Field(default="", max_length=10_000)
    key_results: tuple[KeyResultGrade, ...] = ()
