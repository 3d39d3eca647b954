"""What goals publishes about changes of mind: every revision of a published objective."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from shared.contracts.objective_terms import (
    Category,
    Holder,
    KeyResultTerms,
    Kind,
    KpiBinding,
    Measure,
    Milestone,
    Operator,
    PlanPoint,
    RubricLevel,
)
from shared.contracts.records import Contract

FEED = "objectives"


class Revision(Contract):
    """What every revision says about itself.

    ``retroactive``: effective before the day it was recorded, therefore approved.
    """

    revision_id: UUID
    reason: str
    category: Category
    asked_by: UUID
    approved_by: UUID | None = None
    effective_from: date
    retroactive: bool = False


class KeyResultRevision(Revision):
    """A revision of one key result."""

    key_result_id: UUID


class TargetRevised(KeyResultRevision, name="cairn.goals.key_result.target_revised.v1"):
    """Another target, with the rest of the plan as it stands from then on."""

    target: Decimal
    plan: tuple[PlanPoint, ...] = ()


class RelativeAimRevised(KeyResultRevision, name="cairn.goals.key_result.relative_aim_revised.v1"):
    """Another aim relative to the baseline (0.2 = up by 20 %), and the target it comes to."""

    relative_aim: Decimal
    target: Decimal
    plan: tuple[PlanPoint, ...] = ()


class StretchRevised(KeyResultRevision, name="cairn.goals.key_result.stretch_revised.v1"):
    """Another stretch, or none."""

    stretch: Decimal | None


class BaselineCorrected(KeyResultRevision, name="cairn.goals.key_result.baseline_corrected.v1"):
    """The baseline was wrong; the original keeps the old one."""

    baseline: Decimal


class BoundsRevised(KeyResultRevision, name="cairn.goals.key_result.bounds_revised.v1"):
    """Other inclusive bounds of a threshold."""

    lower: Decimal | None
    upper: Decimal | None


class OperatorRevised(KeyResultRevision, name="cairn.goals.key_result.operator_revised.v1"):
    """Another comparison of a threshold, with its bounds."""

    operator: Operator
    lower: Decimal | None
    upper: Decimal | None


class MilestonesRevised(KeyResultRevision, name="cairn.goals.key_result.milestones_revised.v1"):
    """Other milestones, weights or due days."""

    milestones: tuple[Milestone, ...]


class RubricRevised(KeyResultRevision, name="cairn.goals.key_result.rubric_revised.v1"):
    """Other levels of a rubric."""

    levels: tuple[RubricLevel, ...]


class PlanRevised(KeyResultRevision, name="cairn.goals.key_result.plan_revised.v1"):
    """Other intermediate targets; none means a straight line."""

    plan: tuple[PlanPoint, ...]


class KeyResultWeightRevised(KeyResultRevision, name="cairn.goals.key_result.weight_revised.v1"):
    """Another weight in basis points; 0 is shown and does not count."""

    weight: int


class KeyResultResponsibleRevised(
    KeyResultRevision, name="cairn.goals.key_result.responsible_revised.v1"
):
    """Another person answers for the key result."""

    responsible_id: UUID


class StartRevised(KeyResultRevision, name="cairn.goals.key_result.start_revised.v1"):
    """The window of the key result begins on another day."""

    start: date


class DeadlineRevised(KeyResultRevision, name="cairn.goals.key_result.deadline_revised.v1"):
    """The window of the key result ends on another day, inclusive."""

    deadline: date


class KeyResultReworded(KeyResultRevision, name="cairn.goals.key_result.reworded.v1"):
    """The same key result in better words."""

    title: str


class MeasureReplaced(KeyResultRevision, name="cairn.goals.key_result.measure_replaced.v1"):
    """Another type or unit of measure; only before the first measurement."""

    measure: Measure
    unit: str
    plan: tuple[PlanPoint, ...] = ()


class MeasuringKpiRevised(
    KeyResultRevision, name="cairn.goals.key_result.measuring_kpi_revised.v1"
):
    """Measured by another KPI or another version of it, or (``None``) by its own entries."""

    kpi: KpiBinding | None


class KeyResultAdded(Revision, name="cairn.goals.key_result.added.v1"):
    """A key result joined after publication: its own original, entering only ``vs_current``."""

    terms: KeyResultTerms


class KeyResultDropped(KeyResultRevision, name="cairn.goals.key_result.dropped.v1"):
    """Given up; it keeps its last progress inside ``vs_original``."""


class KeyResultReplaced(KeyResultRevision, name="cairn.goals.key_result.replaced.v1"):
    """Given up for another one, which joins with its own original."""

    successor: KeyResultTerms


class ObjectiveReworded(Revision, name="cairn.goals.objective.reworded.v1"):
    """The same intention in better words."""

    title: str
    description: str


class KindRevised(Revision, name="cairn.goals.objective.kind_revised.v1"):
    """Committed became aspirational, or the other way round."""

    kind: Kind


class PriorityRevised(Revision, name="cairn.goals.objective.priority_revised.v1"):
    """Another priority; 1 is first."""

    priority: int


class ObjectiveWeightRevised(Revision, name="cairn.goals.objective.weight_revised.v1"):
    """Another weight in its holder's set, basis points; ``None`` shares the rest equally."""

    weight: int | None


class HolderRevised(Revision, name="cairn.goals.objective.holder_revised.v1"):
    """Another person or unit holds the objective."""

    holder: Holder


class ObjectiveResponsibleRevised(Revision, name="cairn.goals.objective.responsible_revised.v1"):
    """Another person answers for the objective."""

    responsible_id: UUID
