"""Anchors, lines, steps and ends."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.curves import HOLD, NOTHING, Anchor, Curve, End
from services.appraisal.domain.errors import (
    AnchorsNotAscending,
    CurveWithoutAnchors,
    EndWithoutPoints,
    NothingToExtend,
)

D = Decimal
EXTEND = End(rule="extend")


def curve(*anchors, **more):
    given = {"x": "actual", **more}
    return Curve(anchors=tuple(Anchor(x=D(str(x)), points=D(str(p))) for x, p in anchors), **given)


def test_between_two_anchors_a_line_is_drawn():
    assert curve((0, 0), (3, 100)).at(D(1), "higher") == D("33.333333")


def test_a_line_meets_its_anchors():
    line = curve((1, 60), (2, 100), (4, 120))
    assert [line.at(D(x), "higher") for x in (1, 2, 4)] == [60, 100, 120]


@pytest.mark.parametrize(
    ("end", "below", "above"), [(HOLD, 60, 100), (NOTHING, 0, 0), (EXTEND, 20, 140)]
)
def test_beyond_the_anchors_the_ends_hold_set_or_extend(end, below, above):
    line = curve((1, 60), (2, 100), before_first=end, after_last=end)
    assert line.at(D(0), "higher") == below
    assert line.at(D(3), "higher") == above


def test_a_step_takes_the_greatest_anchor_reached():
    steps = curve((60, 60), (80, 80), (100, 100), form="step", before_first=NOTHING)
    points = [steps.at(D(x), "higher") for x in (59, 60, 79, 80, 100, 500)]
    assert points == [0, 60, 60, 80, 100, 100]


def test_a_step_of_a_kpi_where_lower_is_better_takes_the_smallest_anchor_not_passed():
    steps = curve((8, 120), (12, 100), (18, 60), form="step", after_last=NOTHING)
    assert [steps.at(D(x), "lower") for x in (1, 8, 9, 12, 13, 18, 19)] == [
        120,
        120,
        100,
        100,
        60,
        60,
        0,
    ]


def test_a_step_of_deviation_takes_the_smallest_anchor_not_passed_whatever_the_direction():
    steps = curve((0, 100), (2, 60), x="deviation", form="step", after_last=NOTHING)
    assert [steps.at(D(x), "within") for x in (0, 1, 2, 3)] == [100, 60, 60, 0]


def test_a_step_of_achievement_climbs_even_when_lower_is_better():
    steps = curve(("0.8", 80), (1, 100), x="achievement", form="step", before_first=NOTHING)
    assert steps.at(D("0.9"), "lower") == 80


def test_a_curve_without_anchors_is_refused():
    with pytest.raises(CurveWithoutAnchors):
        curve().must_be_sound("curve")


@pytest.mark.parametrize("anchors", [((1, 5), (1, 6)), ((2, 5), (1, 6))])
def test_anchors_that_do_not_ascend_are_refused(anchors):
    with pytest.raises(AnchorsNotAscending) as refusal:
        curve(*anchors).must_be_sound("items[0].curve")
    assert refusal.value.field == "items[0].curve.anchors"


def test_an_end_of_a_value_says_which():
    with pytest.raises(EndWithoutPoints):
        curve((1, 5), after_last=End(rule="value")).must_be_sound("curve")


@pytest.mark.parametrize(
    "unsound",
    [curve((1, 5), after_last=EXTEND), curve((1, 5), (2, 6), form="step", before_first=EXTEND)],
)
def test_only_a_line_of_two_anchors_extends(unsound):
    with pytest.raises(NothingToExtend):
        unsound.must_be_sound("curve")


XS = st.decimals(-1000, 1000, places=2)


@settings(deadline=None)
@given(st.lists(XS, min_size=2, max_size=6, unique=True), st.data())
def test_a_curve_of_rising_anchors_never_falls(xs, data):
    points = sorted(data.draw(st.lists(XS, min_size=len(xs), max_size=len(xs))))
    anchors = tuple(Anchor(x=x, points=p) for x, p in zip(sorted(xs), points, strict=True))
    form = data.draw(st.sampled_from(["linear", "step"]))
    rising = Curve(x="actual", form=form, anchors=anchors)
    low, high = sorted((data.draw(XS), data.draw(XS)))
    assert rising.at(low, "higher") <= rising.at(high, "higher")
    assert anchors[0].points <= rising.at(low, "higher") <= anchors[-1].points


def test_a_single_anchor_holds_everywhere():
    assert [curve((5, 80)).at(D(x), "higher") for x in (1, 5, 9)] == [80, 80, 80]
