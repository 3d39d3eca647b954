"""What a revision of a key result says from its day on."""

from decimal import Decimal

from services.goals.domain.key_result_revisions import (
    BaselineCorrected,
    KeyResultDropped,
    MeasureReplaced,
    RelativeAimRevised,
    TargetRevised,
    parts,
)
from services.goals.domain.measure import Metric, YesNo
from tests.goals.domain import samples as s

STAMP = s.grounds().model_dump() | {"key_result_id": s.CUSTOMERS}


def test_it_says_its_own_fields_and_not_its_grounds():
    aim = RelativeAimRevised(**STAMP, relative_aim=Decimal("0.2"), target=Decimal(6))
    assert aim.says() == {"relative_aim": Decimal("0.2"), "target": 6, "plan": ()}
    assert KeyResultDropped(**STAMP).says() == {}


def test_a_new_target_or_baseline_ends_the_aim_relative_to_the_old_one():
    target = TargetRevised(**STAMP, target=Decimal(6))
    assert target.says() == {"target": 6, "plan": (), "relative_aim": None}
    baseline = BaselineCorrected(**STAMP, baseline=Decimal(2))
    assert baseline.says() == {"baseline": 2, "relative_aim": None}


def test_another_measure_says_all_its_parts():
    says = MeasureReplaced(**STAMP, measure=YesNo(), unit="").says()
    assert says == {"type": "boolean", "unit": "", "plan": (), "relative_aim": None}


def test_the_parts_of_a_measure_are_its_fields():
    metric = Metric(baseline=Decimal(0), target=Decimal(5))
    assert Metric(**parts(metric)) == metric
