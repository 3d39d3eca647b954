"""What can be revised about a key result once its objective is published."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.goals.domain.measure import (
    KpiBinding,
    Measure,
    Milestone,
    Operator,
    PlanPoint,
    RubricLevel,
)
from services.goals.domain.revision import Revision
from services.goals.domain.terms import KeyResultTerms


class KeyResultRevision(Revision):
    """A revision of one key result."""

    key_result_id: UUID


class TargetRevised(KeyResultRevision, name="goals.KeyResult.TargetRevised"):
    """Another target, with the plan as it stands from then on; an aim relative to it has ended."""

    target: Decimal
    plan: tuple[PlanPoint, ...] = ()

    def says(self) -> dict[str, Any]:
        """Target and plan, and no relative aim."""
        return {**super().says(), "relative_aim": None}


class RelativeAimRevised(KeyResultRevision, name="goals.KeyResult.RelativeAimRevised"):
    """Another aim relative to the baseline, and the target and plan it comes to."""

    relative_aim: Decimal
    target: Decimal
    plan: tuple[PlanPoint, ...] = ()


class StretchRevised(KeyResultRevision, name="goals.KeyResult.StretchRevised"):
    """Another stretch, or none."""

    stretch: Decimal | None


class BaselineCorrected(KeyResultRevision, name="goals.KeyResult.BaselineCorrected"):
    """The baseline was wrong; the original keeps the old one, and the target stays."""

    baseline: Decimal

    def says(self) -> dict[str, Any]:
        """The baseline, and no aim relative to the old one."""
        return {**super().says(), "relative_aim": None}


class BoundsRevised(KeyResultRevision, name="goals.KeyResult.BoundsRevised"):
    """Other inclusive bounds of a threshold."""

    lower: Decimal | None
    upper: Decimal | None


class OperatorRevised(KeyResultRevision, name="goals.KeyResult.OperatorRevised"):
    """Another comparison of a threshold, with its bounds."""

    operator: Operator
    lower: Decimal | None
    upper: Decimal | None


class MilestonesRevised(KeyResultRevision, name="goals.KeyResult.MilestonesRevised"):
    """Other milestones, weights or due days."""

    milestones: tuple[Milestone, ...]


class RubricRevised(KeyResultRevision, name="goals.KeyResult.RubricRevised"):
    """Other levels of a rubric."""

    levels: tuple[RubricLevel, ...]


class PlanRevised(KeyResultRevision, name="goals.KeyResult.PlanRevised"):
    """Other intermediate targets; none means a straight line."""

    plan: tuple[PlanPoint, ...]


class KeyResultWeightRevised(KeyResultRevision, name="goals.KeyResult.WeightRevised"):
    """Another weight in basis points; 0 is shown and does not count."""

    weight: int


class KeyResultResponsibleRevised(KeyResultRevision, name="goals.KeyResult.ResponsibleRevised"):
    """Another person answers for the key result."""

    responsible_id: UUID


class StartRevised(KeyResultRevision, name="goals.KeyResult.StartRevised"):
    """The window begins on another day."""

    start: date


class DeadlineRevised(KeyResultRevision, name="goals.KeyResult.DeadlineRevised"):
    """The window ends on another day, inclusive."""

    deadline: date


class KeyResultReworded(KeyResultRevision, name="goals.KeyResult.Reworded"):
    """The same key result in better words."""

    title: str


class MeasureReplaced(KeyResultRevision, name="goals.KeyResult.MeasureReplaced"):
    """Another type or unit of measure, before the first measurement."""

    measure: Measure
    unit: str
    plan: tuple[PlanPoint, ...] = ()

    def says(self) -> dict[str, Any]:
        """The parts of the new measure, its unit and plan, and no relative aim."""
        whole = {"unit": self.unit, "plan": self.plan, "relative_aim": None}
        return {**parts(self.measure), **whole}


class MeasuringKpiRevised(KeyResultRevision, name="goals.KeyResult.MeasuringKpiRevised"):
    """Measured by another KPI or another version of it, or (``None``) by its own entries."""

    kpi: KpiBinding | None


class KeyResultAdded(Revision, name="goals.KeyResult.Added"):
    """A key result joined after publication, with its own original."""

    terms: KeyResultTerms


class KeyResultDropped(KeyResultRevision, name="goals.KeyResult.Dropped"):
    """Given up; it keeps its last progress inside ``vs_original``."""


class KeyResultReplaced(KeyResultRevision, name="goals.KeyResult.Replaced"):
    """Given up for a successor, which joins with its own original."""

    successor: KeyResultTerms


def parts(measure: Measure) -> dict[str, Any]:
    """The aspects of a measure, each of which can be revised by itself."""
    return {name: getattr(measure, name) for name in type(measure).model_fields}
