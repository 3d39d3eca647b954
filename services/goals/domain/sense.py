"""Whether a key result makes sense: the measure, its window and plan, and the KPI behind it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from services.goals.domain import measure as measures
from services.goals.domain.errors import (
    BoundMissing,
    BoundsCrossed,
    DeadlineBeforeStart,
    MilestonesUnclear,
    OnlyMetricsFollowKpis,
    PlanUnclear,
    RelativeAimContradicted,
    RelativeToNothing,
    RubricUnclear,
    StretchFallsShort,
    SumMustStartAtZero,
    TargetEqualsBaseline,
)
from services.goals.domain.measure import Measure, Metric, Threshold
from services.goals.domain.terms import KeyResultTerms
from shared.kernel.refusals import Refused


@dataclass(frozen=True)
class KnownKpi:
    """What is known of a KPI from its definition: how it adds up over time, which way is better."""

    over_time: str
    direction: str


KnownKpis = Mapping[UUID, KnownKpi]

_FAULTS: tuple[tuple[Callable[[Measure], bool], type[Refused]], ...] = (
    (measures.lacks_a_bound, BoundMissing),
    (measures.bounds_are_crossed, BoundsCrossed),
    (measures.milestones_cannot_be_weighed, MilestonesUnclear),
    (measures.rubric_cannot_be_read, RubricUnclear),
    (measures.stretches_short, StretchFallsShort),
)


def must_make_sense(terms: KeyResultTerms, kpis: KnownKpis) -> None:
    """Refuse terms by which progress could not be told.

    A KPI that is not in ``kpis`` is not defined yet and cannot be judged.
    """
    _measure_must_lead_somewhere(terms)
    for at_fault, refusal in _FAULTS:
        if at_fault(terms.measure):
            raise refusal(field="measure")
    _window_must_hold_the_plan(terms)
    _kpi_must_fit(terms, kpis)


def _measure_must_lead_somewhere(terms: KeyResultTerms) -> None:
    measure = terms.measure
    if measures.goes_nowhere(measure):
        assert isinstance(measure, Metric)
        raise TargetEqualsBaseline(field="target", baseline=measure.baseline)
    if measures.aims_relative_to_nothing(measure, terms.relative_aim):
        raise RelativeToNothing(field="relative_aim")
    if measures.contradicts_its_relative_aim(measure, terms.relative_aim):
        assert isinstance(measure, Metric)
        raise RelativeAimContradicted(field="relative_aim", target=measure.target)


def _window_must_hold_the_plan(terms: KeyResultTerms) -> None:
    if terms.deadline < terms.start:
        raise DeadlineBeforeStart(field="deadline", deadline=terms.deadline, start=terms.start)
    days = [point.due for point in terms.plan]
    inside = all(terms.start <= day <= terms.deadline for day in days)
    if not inside or any(later <= earlier for earlier, later in pairwise(days)):
        raise PlanUnclear(field="plan", start=terms.start, deadline=terms.deadline)


def _kpi_must_fit(terms: KeyResultTerms, kpis: KnownKpis) -> None:
    if terms.kpi is None:
        return
    known = kpis.get(terms.kpi.kpi_id)
    if not isinstance(terms.measure, Metric | Threshold):
        raise OnlyMetricsFollowKpis(field="kpi")
    if (
        known
        and known.over_time == "sum"
        and isinstance(terms.measure, Metric)
        and terms.measure.baseline
    ):
        raise SumMustStartAtZero(field="baseline")


@contextmanager
def naming(item: str) -> Iterator[None]:
    """Let a refusal from within name the item it concerns: ``key_results[2].target``."""
    try:
        yield
    except Refused as refusal:
        parts = [item, refusal.field or ""]
        refusal.field = ".".join(part for part in parts if part)
        raise
