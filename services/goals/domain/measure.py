"""How a key result is measured: six forms, told apart by ``type``, and the questions asked of them.

Models accept what was once recorded; whether a measure may be set at all is decided by the
objective, with the predicates at the end.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

PeriodKind = Literal["day", "week", "month", "quarter", "half", "year"]
Operator = Literal["at_least", "at_most", "between"]
Amount = Annotated[Decimal, Field(allow_inf_nan=False)]


class _Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Word):
    """The figures as somebody typed them ("500 万"), beside the canonical values."""

    baseline: str | None = None
    target: str | None = None
    stretch: str | None = None
    lower: str | None = None
    upper: str | None = None


class Metric(_Word):
    """From a baseline to a target, up or down; ``stretch`` lies beyond the target.

    ``reference`` is a figure to compare with that is no baseline: last period's total of a sum.
    """

    type: Literal["metric"] = "metric"
    baseline: Amount
    target: Amount
    stretch: Amount | None = None
    reference: Amount | None = None
    typed: Typed = Typed()


class Threshold(_Word):
    """A bound to keep, inclusive: now (``instant``) or in each period of a kind (``period_ratio``).

    ``at_least`` uses ``lower``, ``at_most`` uses ``upper``, ``between`` both.
    """

    type: Literal["threshold"] = "threshold"
    operator: Operator
    lower: Amount | None = None
    upper: Amount | None = None
    judged: Literal["instant", "period_ratio"] = "instant"
    period: PeriodKind | None = None
    typed: Typed = Typed()


class Milestone(_Word):
    """One step that is done or not, its weight among the steps, and the day it is due."""

    name: str
    weight: int = 1
    due: date


class Milestones(_Word):
    """Steps on a way; their due dates are the plan."""

    type: Literal["milestone"] = "milestone"
    milestones: tuple[Milestone, ...]


class YesNo(_Word):
    """Reached or not."""

    type: Literal["boolean"] = "boolean"


class RubricLevel(_Word):
    """A level described in words, worth 0..1."""

    name: str
    value: Amount


class Rubric(_Word):
    """Named levels of quality, one of which is chosen."""

    type: Literal["rubric"] = "rubric"
    levels: tuple[RubricLevel, ...]


class EstablishBaseline(_Word):
    """Find out where we stand; done once a value is established, which may seed a successor."""

    type: Literal["baseline"] = "baseline"


Measure = Annotated[
    Metric | Threshold | Milestones | YesNo | Rubric | EstablishBaseline,
    Field(discriminator="type"),
]


class PlanPoint(_Word):
    """A dated intermediate target: where the figure should stand at the end of that day."""

    due: date
    value: Amount


class KpiBinding(_Word):
    """The KPI that measures a key result: definition, its version, and whose figures count."""

    kpi_id: UUID
    definition_version: int
    subject_id: UUID


def is_money(unit: str) -> bool:
    """Whether a unit of measure is a currency (an ISO 4217 code such as ``CNY``).

    Other units are words of their own: ``%`` (95 means 95 %), ``pp`` (percentage points), and so
    on.
    """
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def relative_target(baseline: Decimal, relative: Decimal) -> Decimal:
    """What a relative aim comes to: b + r·|b|; a baseline of 0 has none (refused by the objective).

    Source: docs/arithmetic.md, "Relative aims".
    """
    return baseline + relative * abs(baseline)


def goes_nowhere(measure: Measure) -> bool:
    """Whether baseline and target are the same figure, so that no progress can be told."""
    return isinstance(measure, Metric) and measure.baseline == measure.target


def aims_relative_to_nothing(measure: Measure, relative: Decimal | None) -> bool:
    """Whether a relative aim was set on a baseline of 0."""
    return isinstance(measure, Metric) and relative is not None and measure.baseline == 0


def contradicts_its_relative_aim(measure: Measure, relative: Decimal | None) -> bool:
    """Whether the target is not what the relative aim comes to."""
    return (
        isinstance(measure, Metric)
        and relative is not None
        and measure.target != relative_target(measure.baseline, relative)
    )


def stretches_short(measure: Measure) -> bool:
    """Whether the stretch lies on the near side of the target, seen from the baseline."""
    if not isinstance(measure, Metric) or measure.stretch is None:
        return False
    way = measure.target - measure.baseline
    return (measure.stretch - measure.target) * way < 0


def lacks_a_bound(measure: Measure) -> bool:
    """Whether a threshold misses the bound, or the kind of period, that its form asks for."""
    if not isinstance(measure, Threshold):
        return False
    needs_low = measure.operator in ("at_least", "between") and measure.lower is None
    needs_high = measure.operator in ("at_most", "between") and measure.upper is None
    needs_kind = measure.judged == "period_ratio" and measure.period is None
    return needs_low or needs_high or needs_kind


def bounds_are_crossed(measure: Measure) -> bool:
    """Whether a ``between`` has its lower bound above its upper one."""
    return (
        isinstance(measure, Threshold)
        and measure.operator == "between"
        and measure.lower is not None
        and measure.upper is not None
        and measure.lower > measure.upper
    )


def milestones_cannot_be_weighed(measure: Measure) -> bool:
    """Whether there is no milestone, one weighs less than 0, all weigh 0, or two share a name."""
    if not isinstance(measure, Milestones):
        return False
    weights = [m.weight for m in measure.milestones]
    names = {m.name for m in measure.milestones}
    return not any(weights) or min(weights) < 0 or len(names) < len(weights)


def rubric_cannot_be_read(measure: Measure) -> bool:
    """Whether there is no level, one is worth less than 0 or more than 1, or two share a name."""
    if not isinstance(measure, Rubric):
        return False
    names = {level.name for level in measure.levels}
    off = any(not 0 <= level.value <= 1 for level in measure.levels)
    return not measure.levels or off or len(names) < len(measure.levels)
