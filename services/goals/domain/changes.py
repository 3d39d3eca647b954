"""Everything that can be revised about a published objective, told apart by ``what``."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.goals.domain.measure import (
    Amount,
    KpiBinding,
    Measure,
    Milestone,
    Operator,
    PlanPoint,
    RubricLevel,
)
from services.goals.domain.terms import BasisPoints, Holder, Kind, Priority, Title, UnitWord


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _KeyResultChange(_Change):
    key_result_id: UUID


class NewTarget(_KeyResultChange):
    """Another target; without a plan the rest of the present one is rescaled."""

    what: Literal["target"] = "target"
    target: Amount
    plan: tuple[PlanPoint, ...] | None = None


class NewRelativeAim(_KeyResultChange):
    """Another aim relative to the baseline: 0.2 is 20 % more."""

    what: Literal["relative_aim"] = "relative_aim"
    relative_aim: Amount
    plan: tuple[PlanPoint, ...] | None = None


class NewStretch(_KeyResultChange):
    """Another stretch, or none."""

    what: Literal["stretch"] = "stretch"
    stretch: Amount | None


class RightBaseline(_KeyResultChange):
    """The baseline as it should have been."""

    what: Literal["baseline"] = "baseline"
    baseline: Amount


class NewBounds(_KeyResultChange):
    """Other inclusive bounds of a threshold."""

    what: Literal["bounds"] = "bounds"
    lower: Amount | None = None
    upper: Amount | None = None


class NewOperator(_KeyResultChange):
    """Another comparison of a threshold, with its bounds."""

    what: Literal["operator"] = "operator"
    operator: Operator
    lower: Amount | None = None
    upper: Amount | None = None


class NewMilestones(_KeyResultChange):
    """Other milestones, weights or due days."""

    what: Literal["milestones"] = "milestones"
    milestones: tuple[Milestone, ...]


class NewRubric(_KeyResultChange):
    """Other levels of a rubric."""

    what: Literal["rubric"] = "rubric"
    levels: tuple[RubricLevel, ...]


class NewPlan(_KeyResultChange):
    """Other intermediate targets; none is a straight line."""

    what: Literal["plan"] = "plan"
    plan: tuple[PlanPoint, ...]


class NewKeyResultWeight(_KeyResultChange):
    """Another weight in basis points."""

    what: Literal["key_result_weight"] = "key_result_weight"
    weight: BasisPoints


class NewKeyResultResponsible(_KeyResultChange):
    """Another person answers for the key result."""

    what: Literal["key_result_responsible"] = "key_result_responsible"
    responsible_id: UUID


class NewStart(_KeyResultChange):
    """Another first day."""

    what: Literal["start"] = "start"
    start: date


class NewDeadline(_KeyResultChange):
    """Another last day."""

    what: Literal["deadline"] = "deadline"
    deadline: date


class NewKeyResultWording(_KeyResultChange):
    """The same key result in better words."""

    what: Literal["key_result_wording"] = "key_result_wording"
    title: Title


class NewMeasure(_KeyResultChange):
    """Another type or unit of measure; only before the first measurement."""

    what: Literal["measure"] = "measure"
    measure: Measure
    unit: UnitWord = ""
    plan: tuple[PlanPoint, ...] = ()


class NewMeasuringKpi(_KeyResultChange):
    """Measured by another KPI or another version of it, or (none) by its own entries."""

    what: Literal["measuring_kpi"] = "measuring_kpi"
    kpi: KpiBinding | None


class AddedKeyResult(_Change):
    """It joins, starts on its effective day, ends with the cycle unless given."""

    what: Literal["key_result_added"] = "key_result_added"
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


class DroppedKeyResult(_KeyResultChange):
    """A key result that is given up."""

    what: Literal["key_result_dropped"] = "key_result_dropped"


class ReplacedKeyResult(_KeyResultChange):
    """A key result that is given up for another one."""

    what: Literal["key_result_replaced"] = "key_result_replaced"
    successor: AddedKeyResult


class NewWording(_Change):
    """The same intention in better words."""

    what: Literal["wording"] = "wording"
    title: Title
    description: str = ""


class NewKind(_Change):
    """Committed or aspirational."""

    what: Literal["kind"] = "kind"
    kind: Kind


class NewPriority(_Change):
    """Another priority; 1 is first."""

    what: Literal["priority"] = "priority"
    priority: Priority


class NewWeight(_Change):
    """Another weight in the holder's set, basis points; none shares the rest equally."""

    what: Literal["weight"] = "weight"
    weight: BasisPoints | None


class NewHolder(_Change):
    """Another person or unit holds the objective."""

    what: Literal["holder"] = "holder"
    holder: Holder


class NewResponsible(_Change):
    """Another person answers for the objective."""

    what: Literal["responsible"] = "responsible"
    responsible_id: UUID


Change = Annotated[
    NewTarget
    | NewRelativeAim
    | NewStretch
    | RightBaseline
    | NewBounds
    | NewOperator
    | NewMilestones
    | NewRubric
    | NewPlan
    | NewKeyResultWeight
    | NewKeyResultResponsible
    | NewStart
    | NewDeadline
    | NewKeyResultWording
    | NewMeasure
    | NewMeasuringKpi
    | AddedKeyResult
    | DroppedKeyResult
    | ReplacedKeyResult
    | NewWording
    | NewKind
    | NewPriority
    | NewWeight
    | NewHolder
    | NewResponsible,
    Field(discriminator="what"),
]
