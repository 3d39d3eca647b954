"""Whether a key result makes sense."""

from datetime import date
from decimal import Decimal

import pytest

from services.goals.domain import errors
from services.goals.domain.errors import TargetEqualsBaseline
from services.goals.domain.measure import Metric, Milestones, Rubric, Threshold
from services.goals.domain.sense import KnownKpi, must_make_sense, naming
from tests.goals.domain import samples as s

FLAT = Metric(baseline=Decimal(5), target=Decimal(5))
UP = Metric(baseline=Decimal(100), target=Decimal(120))
SUM = {s.ORDERS_WON.kpi_id: KnownKpi(over_time="sum", direction="higher")}


def test_the_quarters_key_results_make_sense():
    for terms in s.KEY_RESULTS:
        must_make_sense(terms, {})
    must_make_sense(s.key_result(s.ORDERS, 6, UP, relative_aim=Decimal("0.2")), {})


@pytest.mark.parametrize(
    ("measure", "said", "refusal"),
    [
        (FLAT, {}, TargetEqualsBaseline),
        (
            Metric(baseline=Decimal(0), target=Decimal(5)),
            {"relative_aim": Decimal("0.2")},
            errors.RelativeToNothing,
        ),
        (UP, {"relative_aim": Decimal("0.3")}, errors.RelativeAimContradicted),
        (UP.model_copy(update={"stretch": Decimal(110)}), {}, errors.StretchFallsShort),
        (Threshold(operator="at_least"), {}, errors.BoundMissing),
        (
            Threshold(operator="between", lower=Decimal(3), upper=Decimal(1)),
            {},
            errors.BoundsCrossed,
        ),
        (Milestones(milestones=()), {}, errors.MilestonesUnclear),
        (Rubric(levels=()), {}, errors.RubricUnclear),
        (UP, {"deadline": date(2026, 6, 30)}, errors.DeadlineBeforeStart),
        (UP, {"plan": s.PLAN, "deadline": date(2026, 8, 30)}, errors.PlanUnclear),
        (UP, {"plan": tuple(reversed(s.PLAN))}, errors.PlanUnclear),
        (UP, {"kpi": s.ORDERS_WON}, errors.SumMustStartAtZero),
        (
            Milestones(milestones=s.KEY_RESULTS[3].measure.milestones),
            {"kpi": s.ORDERS_WON},
            errors.OnlyMetricsFollowKpis,
        ),
    ],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_terms_by_which_progress_could_not_be_told(measure, said, refusal):
    with pytest.raises(refusal):
        must_make_sense(s.key_result(s.ORDERS, 6, measure, **said), SUM)


def test_a_sum_is_measured_from_zero_and_others_from_anywhere():
    from_zero = Metric(baseline=Decimal(0), target=Decimal(5), reference=Decimal(4))
    must_make_sense(s.key_result(s.ORDERS, 6, from_zero, kpi=s.ORDERS_WON), SUM)
    last = {s.ORDERS_WON.kpi_id: KnownKpi(over_time="last", direction="higher")}
    must_make_sense(s.key_result(s.ORDERS, 6, UP, kpi=s.ORDERS_WON), last)


def test_a_kpi_that_nobody_defined_cannot_be_judged():
    must_make_sense(s.key_result(s.ORDERS, 6, UP, kpi=s.ORDERS_WON), {})


def test_a_refusal_names_the_item_it_concerns():
    with pytest.raises(TargetEqualsBaseline) as told, naming("key_results[2]"):
        raise TargetEqualsBaseline(field="target", baseline=5)
    assert told.value.field == "key_results[2].target"
    with pytest.raises(TargetEqualsBaseline) as told, naming("key_results[2]"):
        raise TargetEqualsBaseline(baseline=5)
    assert told.value.field == "key_results[2]"
