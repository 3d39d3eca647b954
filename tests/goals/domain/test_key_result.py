"""A key result after publication."""

from decimal import Decimal

import pytest

from services.goals.domain.errors import KeyResultWasDropped, NotThisMeasure
from services.goals.domain.key_result import by_number, joined
from services.goals.domain.key_result_revisions import MeasureReplaced, TargetRevised
from services.goals.domain.measure import YesNo
from tests.goals.domain import samples as s

STAMP = s.grounds().model_dump() | {"key_result_id": s.CUSTOMERS}
CUSTOMERS = joined(s.ORIGINALS[0], s.JULY_2)


def test_at_first_it_says_its_original():
    assert CUSTOMERS.terms_on(s.SEP_30) == s.ORIGINALS[0]
    for original in s.ORIGINALS:
        assert joined(original, s.JULY_2).terms_on(s.AUG_14) == original


def test_a_revision_changes_what_holds_and_not_the_original():
    revised = CUSTOMERS.revised(TargetRevised(**STAMP, target=Decimal(1000)))
    assert revised.terms_on(s.AUG_14).measure.target == 1000
    assert revised.terms_on(s.JULY_2).measure.target == 1200
    assert revised.original == s.ORIGINALS[0]


def test_another_measure_takes_the_place_of_the_whole_one():
    revised = CUSTOMERS.revised(MeasureReplaced(**STAMP, measure=YesNo(), unit=""))
    assert revised.measure_on(s.AUG_14) == YesNo()
    assert revised.measure_on(s.JULY_2) == s.ORIGINALS[0].measure


def test_what_was_dropped_is_not_revised():
    dropped = CUSTOMERS.dropped(s.AUG_14)
    assert dropped.lives_on(s.JULY_2)
    assert not dropped.lives_on(s.AUG_14)
    with pytest.raises(KeyResultWasDropped):
        dropped.must_live()


def test_only_a_metric_is_asked_for_as_one():
    assert CUSTOMERS.metric_on(s.AUG_14, "target").target == 1200
    with pytest.raises(NotThisMeasure):
        joined(s.ORIGINALS[2], s.JULY_2).metric_on(s.AUG_14, "target")


def test_they_are_told_in_the_order_of_their_numbers():
    backwards = {t.key_result_id: joined(t, s.JULY_2) for t in reversed(s.ORIGINALS)}
    assert [k.original.number for k in by_number(backwards)] == [1, 2, 3, 4, 5]
