"""What an objective and a key result say: the terms that drafts, originals and revisions fix."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.domain.measure import Amount, KpiBinding, Measure, PlanPoint

Level = Literal["company", "department", "team", "person"]
Kind = Literal["committed", "aspirational"]
ObjectiveClass = Literal["base", "breakthrough"]
Origin = Literal["strategy", "department_priority", "market_or_customer", "breakthrough"]
ProgressSource = Literal["key_results", "children", "both"]
Visibility = Literal["public", "unit", "private"]
AlignmentMode = Literal["contributes", "supports"]

Title = Annotated[str, Field(min_length=1, max_length=300)]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
UnitWord = Annotated[str, Field(max_length=40)]
Priority = Annotated[int, Field(ge=1, le=5)]


class Word(BaseModel):
    """A value of the goals' language: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Holder(Word):
    """The person or unit that holds an objective."""

    kind: Literal["person", "unit"]
    id: UUID


class AlignmentLink(Word):
    """What an objective contributes to or supports: another one, or one of its key results."""

    objective_id: UUID
    key_result_id: UUID | None = None
    mode: AlignmentMode = "contributes"


class KeyResultTerms(Word):
    """A key result as agreed; ``weight`` in basis points, ``None`` shares the rest equally.

    ``relative_aim`` is the aim as said (0.2 = 20 % more); the measure's target is what it came to.
    """

    key_result_id: UUID
    number: Annotated[int, Field(ge=1)]
    title: Title
    responsible_id: UUID
    start: date
    deadline: date
    unit: UnitWord = ""
    weight: BasisPoints | None = None
    measure: Measure
    plan: tuple[PlanPoint, ...] = ()
    relative_aim: Amount | None = None
    kpi: KpiBinding | None = None


class ObjectiveTerms(Word):
    """An objective as agreed: all it says beside its key results; priority 1 is first."""

    cycle_id: UUID
    title: Title
    description: str = ""
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
    continued_from: UUID | None = None
    first_original: UUID | None = None
