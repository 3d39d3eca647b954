"""From figures and marks to a total and a band."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.figures import ItemFigure
from services.appraisal.domain.rules import BANDS
from services.appraisal.domain.totals import (
    Judgement,
    Mark,
    MeasuredSegment,
    band,
    judged_points,
    kpi_points,
    result,
)
from shared.kernel.ids import id_of
from tests.support.appraisals import RULES

D = Decimal


def item(points, weight=100, **more):
    given = {
        "segment": date(2026, 7, 1),
        "kpi": id_of("kpi"),
        "code": "revenue",
        "weight": D(weight),
        "direction": "higher",
        "points": None if points is None else D(str(points)),
        "points_against_original": None if points is None else D(str(points)),
    }
    return ItemFigure.model_validate({**given, **more})


def marks(ability, values):
    return (Mark(section="ability", points=D(ability)), Mark(section="values", points=D(values)))


BOTH = Judgement(self_marks=marks(90, 95), manager_marks=marks(85, 90))


def of(*items, days=92, judged=BOTH, rules=RULES):
    return result(rules, (MeasuredSegment(days=days, items=items),), judged)


def test_the_total_is_the_weighted_mean_of_the_sections():
    answer = of(item("103.5"))
    assert [section.points for section in answer.sections] == [D("103.5"), 86, 91]
    assert (answer.total, answer.band) == (D("98.75"), "S")


def test_items_count_by_their_weight():
    assert kpi_points([item(100, 30), item(50, 70)]) == 65


def test_a_dropped_item_leaves_its_weight_to_the_others():
    assert kpi_points([item(100, 30), item(None, 70, dropped=True)]) == 100
    assert kpi_points([item(None, 100, dropped=True)]) is None


def test_an_item_without_points_leaves_the_section_without():
    assert kpi_points([item(100, 30), item(None, 70)]) is None


def test_segments_count_by_calendar_days():
    segments = (
        MeasuredSegment(days=31, items=(item(100),)),
        MeasuredSegment(days=61, items=(item(8),)),
    )
    answer = result(RULES, segments, BOTH)
    assert answer.sections[0].points == D("39")


def test_a_segment_of_which_nothing_was_due_does_not_weigh():
    segments = (
        MeasuredSegment(days=31, items=(item(None, dropped=True),)),
        MeasuredSegment(days=61, items=(item(80),)),
    )
    assert result(RULES, segments, BOTH).sections[0].points == 80


def test_a_blocking_item_lets_no_total_through():
    answer = of(item(90, missing="uncovered", policy="block"))
    assert (answer.total, answer.band) == (None, None)
    assert answer.blocked_by == ("revenue: uncovered",)


def test_without_the_managers_marks_there_is_no_total():
    answer = of(item(90), judged=Judgement(self_marks=marks(100, 100)))
    assert answer.total is None
    assert answer.blocked_by == ("ability: no_points", "values: no_points")


def test_a_missing_section_may_be_renormalised_or_counted_as_zero():
    nobody = Judgement()
    renormalised = RULES.model_copy(update={"missing_section": "renormalise"})
    zero = RULES.model_copy(update={"missing_section": "zero"})
    assert of(item(80), judged=nobody, rules=renormalised).total == 80
    assert of(item(80), judged=nobody, rules=zero).total == 56


def test_when_nothing_at_all_has_points_there_is_no_total():
    renormalised = RULES.model_copy(update={"missing_section": "renormalise"})
    answer = of(item(None, dropped=True), judged=Judgement(), rules=renormalised)
    assert answer.total is None


@pytest.mark.parametrize(("policy", "points"), [("renormalise", 85), ("zero", 68), ("block", None)])
def test_a_missing_self_review_is_what_the_scheme_says(policy, points):
    rules = RULES.model_copy(update={"missing_reviewer": policy})
    only_manager = Judgement(manager_marks=marks(85, 90))
    assert judged_points("ability", rules, only_manager) == points


def test_with_a_self_share_of_zero_the_manager_alone_counts():
    rules = RULES.model_copy(update={"self_share": D(0), "missing_reviewer": "block"})
    assert judged_points("ability", rules, Judgement(manager_marks=marks(85, 90))) == 85


@pytest.mark.parametrize(("extra", "total"), [("bonus", 103), ("deduction", 93)])
def test_bonus_and_deduction_stand_outside_the_hundred(extra, total):
    judged = BOTH.model_copy(update={extra: D(5)})
    assert of(item("102.5"), judged=judged).total == total + D("0.05")


def test_the_total_stays_between_0_and_120():
    full = Judgement(manager_marks=marks(100, 100), self_marks=marks(100, 100), bonus=D(20))
    assert of(item(120), judged=full).total == 120
    poor = Judgement(manager_marks=marks(0, 0), self_marks=marks(0, 0), deduction=D(10))
    assert of(item(0), judged=poor).total == 0


def test_a_veto_sets_the_lowest_band_and_leaves_the_points():
    answer = of(item("103.5"), judged=BOTH.model_copy(update={"veto": True}))
    assert (answer.total, answer.band, answer.veto) == (D("98.75"), "D", True)


def test_a_missed_veto_kpi_sets_the_lowest_band():
    assert of(item("103.5", veto=True)).band == "D"


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("120", "S"),
        ("90", "S"),
        ("89.99", "A"),
        ("80", "A"),
        ("70", "B"),
        ("60", "C"),
        ("59.99", "D"),
    ],
)
def test_bands_are_reached_from_their_mark(total, expected):
    assert band(D(total), BANDS) == expected


def test_the_total_against_the_original_stands_beside():
    answer = of(item(100, points_against_original=D(50)))
    assert (answer.total, answer.total_against_original) == (D("96.3"), D("61.3"))


POINTS = st.decimals(0, 120, places=6)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(POINTS, st.integers(1, 50)), min_size=1, max_size=6), st.randoms())
def test_neither_order_nor_a_common_factor_of_the_weights_changes_the_points(pairs, random):
    items = [item(points, weight) for points, weight in pairs]
    scaled = [item(points, weight * 7) for points, weight in random.sample(pairs, len(pairs))]
    points = kpi_points(items)
    assert points == kpi_points(scaled)
    assert points is not None
    assert min(p for p, _ in pairs) <= points <= max(p for p, _ in pairs)


@settings(deadline=None, max_examples=60)
@given(POINTS, POINTS)
def test_a_better_kpi_never_lowers_the_total(a, b):
    low, high = sorted((a, b))
    first, second = of(item(low)).total, of(item(high)).total
    assert first is not None
    assert second is not None
    assert first <= second


def test_with_every_section_at_zero_weight_only_the_extras_are_left():
    zero = RULES.model_copy(update={"missing_section": "renormalise"})
    sections = tuple(s.model_copy(update={"weight": D(0)}) for s in RULES.sections)
    nothing = zero.model_copy(update={"sections": sections})
    assert of(item(100), rules=nothing, judged=Judgement(bonus=D(3))).total == 3
