"""The named curves, drawn for a commitment."""

from decimal import Decimal

import pytest

from services.appraisal.domain.curves import Anchor, Curve
from services.appraisal.domain.errors import (
    DeductionStepMissing,
    FloorEqualsSatisfactory,
    OwnCurveMissing,
)
from services.appraisal.domain.presets import PRESETS, Bounds, CurveChoice

D = Decimal
REVENUE = Bounds(threshold=D(80), target=D(100), stretch=D(120))
RESPONSE = Bounds(threshold=D(18), target=D(12), stretch=D(8))
STOCK = Bounds(low=D(40), high=D(60))


def points(choice, bounds, direction, *values):
    drawn = choice.drawn_for(bounds, direction)
    assert drawn is not None
    drawn.must_be_sound("curve")
    return [drawn.at(D(str(value)), direction) for value in values]


def test_proportional_follows_achievement_up_to_120():
    choice = CurveChoice(preset="proportional")
    assert points(choice, REVENUE, "higher", "-1", 0, "0.9", 1, "1.2", 2) == [
        0,
        0,
        90,
        100,
        120,
        120,
    ]


def test_threshold_60_target_100_stretch_120_and_nothing_below():
    choice = CurveChoice(preset="threshold_target_stretch")
    assert points(choice, REVENUE, "higher", 79, 80, 90, 100, 110, 120, 500) == [
        0,
        60,
        80,
        100,
        110,
        120,
        120,
    ]


def test_threshold_target_stretch_is_mirrored_where_lower_is_better():
    choice = CurveChoice(preset="threshold_target_stretch")
    assert points(choice, RESPONSE, "lower", 19, 18, 15, 12, 10, 8, 1) == [
        0,
        60,
        80,
        100,
        110,
        120,
        120,
    ]


def test_without_a_stretch_the_target_is_the_end():
    bounds = Bounds(threshold=D(80), target=D(100))
    choice = CurveChoice(preset="threshold_target_stretch")
    assert points(choice, bounds, "higher", 100, 150) == [100, 100]


def test_a_threshold_that_equals_the_target_is_all_or_nothing():
    bounds = Bounds(threshold=D(100), target=D(100), stretch=D(120))
    choice = CurveChoice(preset="threshold_target_stretch")
    assert points(choice, bounds, "higher", "99.99", 100, 110) == [0, 100, 110]


def test_the_step_table_climbs_in_steps():
    choice = CurveChoice(preset="step_table")
    assert points(choice, REVENUE, "higher", "0.59", "0.6", "0.99", 1, "1.3") == [
        0,
        60,
        80,
        100,
        120,
    ]


def test_the_efficacy_coefficient_rises_from_60_at_the_floor_to_100_and_holds():
    choice = CurveChoice(preset="efficacy", floor=D(50), satisfactory=D(150))
    assert points(choice, REVENUE, "higher", 49, 50, 100, 150, 999) == [0, 60, 80, 100, 100]


def test_the_efficacy_coefficient_defaults_to_threshold_and_target():
    choice = CurveChoice(preset="efficacy")
    assert points(choice, RESPONSE, "lower", 19, 18, 15, 12, 8) == [0, 60, 80, 100, 100]


@pytest.mark.parametrize("preset", ["pass_fail", "veto"])
def test_pass_or_fail_counts_the_target_itself_as_passed(preset):
    choice = CurveChoice(preset=preset)
    assert points(choice, REVENUE, "higher", 99, 100, 101) == [0, 100, 100]
    assert points(choice, RESPONSE, "lower", 13, 12, 11) == [0, 100, 100]


def test_pass_or_fail_between_bounds_looks_at_the_deviation():
    assert points(CurveChoice(preset="pass_fail"), STOCK, "within", 0, "0.1") == [100, 0]


def test_every_miss_costs_its_points_down_to_zero():
    choice = CurveChoice(preset="deduction_per_miss", per_miss=D(30))
    assert points(choice, Bounds(), "lower", 0, 1, 2, 3, 4, 9) == [100, 70, 40, 10, 0, 0]


@pytest.mark.parametrize(
    ("preset", "bounds", "direction"),
    [
        ("threshold_target_stretch", Bounds(target=D(1)), "higher"),
        ("efficacy", Bounds(target=D(1)), "higher"),
        ("pass_fail", Bounds(), "lower"),
        ("pass_fail", Bounds(), "within"),
        ("proportional", STOCK, "within"),
        ("deduction_per_miss", STOCK, "lower"),
    ],
)
def test_a_preset_whose_values_are_not_promised_cannot_be_drawn(preset, bounds, direction):
    assert CurveChoice(preset=preset).drawn_for(bounds, direction) is None


def test_an_own_curve_is_drawn_as_it_is():
    own = Curve(x="actual", anchors=(Anchor(x=D(0), points=D(0)),))
    assert CurveChoice(preset="own", curve=own).drawn_for(REVENUE, "higher") == own


def test_unsound_choices_are_refused_at_their_field():
    with pytest.raises(OwnCurveMissing):
        CurveChoice(preset="own").must_be_sound("c")
    with pytest.raises(DeductionStepMissing):
        CurveChoice(preset="deduction_per_miss").must_be_sound("c")
    with pytest.raises(DeductionStepMissing):
        CurveChoice(preset="deduction_per_miss", per_miss=D("0.01")).must_be_sound("c")
    with pytest.raises(FloorEqualsSatisfactory):
        CurveChoice(preset="efficacy", floor=D(1), satisfactory=D(1)).must_be_sound("c")


def test_every_preset_can_be_drawn():
    own = Curve(x="actual", anchors=(Anchor(x=D(0), points=D(0)),))
    for preset in PRESETS:
        choice = CurveChoice(preset=preset, curve=own, per_miss=D(10))
        assert choice.drawn_for(REVENUE, "higher") is not None


def test_the_step_table_and_the_efficacy_know_no_bounds():
    for preset in ("step_table", "efficacy"):
        assert CurveChoice(preset=preset).drawn_for(STOCK, "within") is None


def test_a_sound_deduction_step_is_accepted():
    CurveChoice(preset="deduction_per_miss", per_miss=D(10)).must_be_sound("c")
