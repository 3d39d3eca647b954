"""From a change that is asked for to the revision it would be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any, Protocol
from uuid import UUID

from services.goals.domain import changes as asked
from services.goals.domain import key_result_revisions as facts
from services.goals.domain import objective_revisions as own
from services.goals.domain.cycle import Cycle
from services.goals.domain.errors import AlreadyMeasured, RelativeToNothing, WeightsLeaveNothing
from services.goals.domain.expected import rescaled
from services.goals.domain.key_result import KeyResult
from services.goals.domain.measure import PlanPoint, relative_target
from services.goals.domain.revision import Grounds, Revision, RevisionRules, stamped
from services.goals.domain.sense import KnownKpis
from services.goals.domain.terms import KeyResultTerms
from services.goals.domain.weights import leave_nothing_to_share, resolved


@dataclass(frozen=True)
class Circumstances:
    """What a revision is decided on besides the objective: cycle, day, rules, and what neighbours
    say: the KPIs known, and which key results have measurements.
    """

    cycle: Cycle
    today: date
    rules: RevisionRules
    kpis: KnownKpis
    measured: frozenset[UUID]


class Revisable(Protocol):
    """What is asked of an objective while a revision is prepared."""

    def living(self, key_result_id: UUID) -> KeyResult:
        """The key result, refused when unknown or dropped."""
        ...

    def in_force(self, day: date) -> list[KeyResult]:
        """The key results not dropped by this day, by number."""
        ...

    def next_number(self) -> int:
        """The number that a key result gets that joins now."""
        ...


@dataclass(frozen=True)
class Request:
    """A change with its grounds, and all that it is decided on."""

    objective: Revisable
    grounds: Grounds
    known: Circumstances

    @property
    def day(self) -> date:
        """The day from which the revision is to hold."""
        return self.grounds.effective_from

    @property
    def stamp(self) -> dict[str, Any]:
        """The grounds as a fact carries them."""
        return stamped(self.grounds, self.known.today)


_PLAIN: Mapping[type[asked.Change], tuple[type[Revision], tuple[str, ...]]] = {
    asked.NewStretch: (facts.StretchRevised, ("metric",)),
    asked.RightBaseline: (facts.BaselineCorrected, ("metric",)),
    asked.NewBounds: (facts.BoundsRevised, ("threshold",)),
    asked.NewOperator: (facts.OperatorRevised, ("threshold",)),
    asked.NewMilestones: (facts.MilestonesRevised, ("milestone",)),
    asked.NewRubric: (facts.RubricRevised, ("rubric",)),
    asked.NewPlan: (facts.PlanRevised, ("metric",)),
    asked.NewKeyResultWeight: (facts.KeyResultWeightRevised, ()),
    asked.NewKeyResultResponsible: (facts.KeyResultResponsibleRevised, ()),
    asked.NewStart: (facts.StartRevised, ()),
    asked.NewDeadline: (facts.DeadlineRevised, ()),
    asked.NewKeyResultWording: (facts.KeyResultReworded, ()),
    asked.NewMeasuringKpi: (facts.MeasuringKpiRevised, ()),
    asked.DroppedKeyResult: (facts.KeyResultDropped, ()),
    asked.NewWording: (own.ObjectiveReworded, ()),
    asked.NewKind: (own.KindRevised, ()),
    asked.NewPriority: (own.PriorityRevised, ()),
    asked.NewWeight: (own.ObjectiveWeightRevised, ()),
    asked.NewHolder: (own.HolderRevised, ()),
    asked.NewResponsible: (own.ObjectiveResponsibleRevised, ()),
}


@singledispatch
def proposed(change: asked.Change, request: Request) -> Revision:
    """The revision that this change would be; refused where the key result has no such thing."""
    revision, types = _PLAIN[type(change)]
    key_result_id = getattr(change, "key_result_id", None)
    if key_result_id is not None:
        key_result = request.objective.living(key_result_id)
        if types:
            key_result.must_be(*types, day=request.day, aspect=change.what)
    return revision(**request.stamp, **_said_by(change))


@proposed.register
def _(change: asked.NewTarget, request: Request) -> Revision:
    return facts.TargetRevised(
        **request.stamp,
        key_result_id=change.key_result_id,
        target=change.target,
        plan=_plan(change, request, change.target),
    )


@proposed.register
def _(change: asked.NewRelativeAim, request: Request) -> Revision:
    key_result = request.objective.living(change.key_result_id)
    baseline = key_result.metric_on(request.day, "relative_aim").baseline
    if baseline == 0:
        raise RelativeToNothing(field="relative_aim")
    target = relative_target(baseline, change.relative_aim)
    return facts.RelativeAimRevised(
        **request.stamp,
        key_result_id=change.key_result_id,
        relative_aim=change.relative_aim,
        target=target,
        plan=_plan(change, request, target),
    )


@proposed.register
def _(change: asked.NewMeasure, request: Request) -> Revision:
    request.objective.living(change.key_result_id)
    if change.key_result_id in request.known.measured:
        raise AlreadyMeasured(field="measure")
    return facts.MeasureReplaced(**request.stamp, **_said_by(change))


@proposed.register
def _(change: asked.AddedKeyResult, request: Request) -> Revision:
    staying = [int(k.on(request.day, "weight")) for k in request.objective.in_force(request.day)]
    weights = [*staying, change.weight]
    if leave_nothing_to_share(weights):
        raise WeightsLeaveNothing(field="weight")
    return facts.KeyResultAdded(
        **request.stamp, terms=_terms(change, request, weight=resolved(weights)[-1])
    )


@proposed.register
def _(change: asked.ReplacedKeyResult, request: Request) -> Revision:
    leaving = request.objective.living(change.key_result_id)
    weight = change.successor.weight
    kept = leaving.on(request.day, "weight") if weight is None else weight
    return facts.KeyResultReplaced(
        **request.stamp,
        key_result_id=change.key_result_id,
        successor=_terms(change.successor, request, weight=kept),
    )


def _said_by(change: asked.Change) -> dict[str, Any]:
    return {n: getattr(change, n) for n in type(change).model_fields if n != "what"}


def _plan(
    change: asked.NewTarget | asked.NewRelativeAim, request: Request, target: Decimal
) -> tuple[PlanPoint, ...]:
    key_result = request.objective.living(change.key_result_id)
    metric = key_result.metric_on(request.day, change.what)
    if change.plan is not None:
        return change.plan
    plan = key_result.on(request.day, "plan")
    return rescaled(plan, request.day, metric.baseline, metric.target, target)


def _terms(change: asked.AddedKeyResult, request: Request, *, weight: int) -> KeyResultTerms:
    said = _said_by(change) | {
        "number": request.objective.next_number(),
        "start": change.start or request.day,
        "deadline": change.deadline or request.known.cycle.last,
        "weight": weight,
    }
    return KeyResultTerms(**said)
