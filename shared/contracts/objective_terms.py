"""What objectives' contracts are made of: terms of objectives and key results, measures."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

CycleKind = Literal["month", "two_months", "quarter", "half_year", "year", "custom"]
Cadence = Literal["weekly", "biweekly", "monthly"]
Level = Literal["company", "department", "team", "person"]
HolderKind = Literal["person", "unit"]
Kind = Literal["committed", "aspirational"]
ObjectiveClass = Literal["base", "breakthrough"]
Origin = Literal["strategy", "department_priority", "market_or_customer", "breakthrough"]
ProgressSource = Literal["key_results", "children", "both"]
Visibility = Literal["public", "unit", "private"]
Category = Literal["external_change", "learned", "resources", "error", "other"]
PeriodKind = Literal["day", "week", "month", "quarter", "half", "year"]
Operator = Literal["at_least", "at_most", "between"]
AlignmentMode = Literal["contributes", "supports"]
RollUpMode = Literal["equal", "manual", "by_target_size", "sum"]


class Part(BaseModel):
    """A piece of a contract."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# How a key result is measured


class Typed(Part):
    """The figures as somebody typed them ("500 万"), beside the canonical values."""

    baseline: str | None = None
    target: str | None = None
    stretch: str | None = None
    lower: str | None = None
    upper: str | None = None


class MetricMeasure(Part):
    """From a baseline to a target, up or down; the stretch lies beyond the target.

    ``reference`` is a figure to compare with that is no baseline: last period's total of a sum.
    """

    type: Literal["metric"] = "metric"
    baseline: Decimal
    target: Decimal
    stretch: Decimal | None = None
    reference: Decimal | None = None
    typed: Typed = Typed()


class ThresholdMeasure(Part):
    """Kept within inclusive bounds, at an instant or as the share of periods that met them."""

    type: Literal["threshold"] = "threshold"
    operator: Operator
    lower: Decimal | None = None
    upper: Decimal | None = None
    judged: Literal["instant", "period_ratio"] = "instant"
    period: PeriodKind | None = None
    typed: Typed = Typed()


class Milestone(Part):
    """One named step with its weight and the day it is due."""

    name: str
    weight: int = 1
    due: date


class MilestoneMeasure(Part):
    """Steps reached; a measurement names the milestone that is done."""

    type: Literal["milestone"] = "milestone"
    milestones: tuple[Milestone, ...]


class BooleanMeasure(Part):
    """Done or not done."""

    type: Literal["boolean"] = "boolean"


class RubricLevel(Part):
    """A named level and its worth, 0 to 1."""

    name: str
    value: Decimal


class RubricMeasure(Part):
    """Judged against named levels."""

    type: Literal["rubric"] = "rubric"
    levels: tuple[RubricLevel, ...]


class BaselineMeasure(Part):
    """Reached when a first value is established."""

    type: Literal["baseline"] = "baseline"


Measure = Annotated[
    MetricMeasure
    | ThresholdMeasure
    | MilestoneMeasure
    | BooleanMeasure
    | RubricMeasure
    | BaselineMeasure,
    Field(discriminator="type"),
]


class KpiBinding(Part):
    """The KPI that measures a key result: definition, its version, and whose figures count."""

    kpi_id: UUID
    definition_version: int
    subject_id: UUID


class PlanPoint(Part):
    """A dated intermediate target: where the figure should stand at the end of that day."""

    due: date
    value: Decimal


class KeyResultTerms(Part):
    """A key result as agreed: weight in basis points, resolved once it is published.

    ``unit`` is ``%`` (95 means 95 %), ``pp``, an ISO 4217 currency, or a word (``customers``);
    ``relative_aim`` is the aim as said (0.2 = 20 % more), the measure's target what it came to.
    """

    key_result_id: UUID
    number: int
    title: str
    responsible_id: UUID
    start: date
    deadline: date
    unit: str = ""
    weight: int | None = None
    measure: Measure
    plan: tuple[PlanPoint, ...] = ()
    relative_aim: Decimal | None = None
    kpi: KpiBinding | None = None


class Holder(Part):
    """The person or unit that holds an objective."""

    kind: HolderKind
    id: UUID


class AlignmentLink(Part):
    """What an objective contributes to or supports: an objective or one of its key results."""

    objective_id: UUID
    key_result_id: UUID | None = None
    mode: AlignmentMode


class ObjectiveTerms(Part):
    """An objective as agreed: all it says beside its key results."""

    cycle_id: UUID
    title: str
    description: str = ""
    level: Level
    holder: Holder
    responsible_id: UUID
    kind: Kind
    objective_class: ObjectiveClass = "base"
    origin: Origin = "strategy"
    premises: tuple[str, ...] = ()
    priority: int = 2
    weight: int | None = None
    progress_source: ProgressSource = "key_results"
    visibility: Visibility = "public"
    alignments: tuple[AlignmentLink, ...] = ()
    continued_from: UUID | None = None
    first_original: UUID | None = None


class LevelLimit(Part):
    """How many objectives a holder of this level should have."""

    level: Level
    at_least: int
    at_most: int


class Band(Part):
    """A named grade band and the score from which it begins."""

    name: str
    from_score: Decimal


class KeyResultScore(Part):
    """A key result at closing: proposed scores 0..1, the score given, and the frozen value."""

    key_result_id: UUID
    proposed_original: Decimal | None = None
    proposed_current: Decimal | None = None
    score: Decimal
    measured: bool
    value: Decimal | None = None
    fact_ids: tuple[str, ...] = ()
    override_reason: str | None = None
