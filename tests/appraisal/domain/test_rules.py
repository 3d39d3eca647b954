"""What a scheme may say."""

from decimal import Decimal

import pytest

from services.appraisal.domain import errors
from services.appraisal.domain.presets import CurveChoice
from services.appraisal.domain.rules import Band
from tests.support.appraisals import RULES

D = Decimal


def changed(number, **more):
    sections = list(RULES.sections)
    sections[number] = sections[number].model_copy(update=more)
    return RULES.model_copy(update={"sections": tuple(sections)})


def items(**more):
    first, *rest = RULES.kpi_section.items
    return (first.model_copy(update=more), *rest)


REFUSED = [
    (changed(1, weight=D("19.99")), errors.SectionWeightsNotHundred, "rules.sections"),
    (changed(1, weight=D("20.01")), errors.SectionWeightsNotHundred, "rules.sections"),
    (
        changed(0, items=items(weight=D(36))),
        errors.ItemWeightsNotHundred,
        "rules.sections[0].items",
    ),
    (changed(0, items=()), errors.ItemWeightsNotHundred, "rules.sections[0].items"),
    (changed(1, weight=D(-20)), errors.WeightNegative, "rules.sections[1].weight"),
    (
        changed(0, items=items(weight=D(-1))),
        errors.WeightNegative,
        "rules.sections[0].items[0].weight",
    ),
    (changed(2, code="ability"), errors.SectionNamedTwice, "rules.sections[2].code"),
    (
        changed(0, items=items(kpi=RULES.kpi_section.items[1].kpi)),
        errors.KpiNamedTwice,
        "rules.sections[0].items[1].kpi",
    ),
    (changed(1, items=items()), errors.JudgedSectionWithItems, "rules.sections[1].items"),
    (changed(0, kind="judged"), errors.OneKpiSectionOnly, "rules.sections"),
    (
        changed(0, items=items(curve=CurveChoice(preset="own"))),
        errors.OwnCurveMissing,
        "rules.sections[0].items[0].curve.curve",
    ),
    (RULES.model_copy(update={"self_share": D(51)}), errors.ShareOutOfRange, "rules.self_share"),
    (RULES.model_copy(update={"bonus_limit": D(-1)}), errors.LimitNegative, "rules.bonus_limit"),
    (RULES.model_copy(update={"bands": ()}), errors.BandsIncomplete, "rules.bands"),
    (
        RULES.model_copy(update={"bands": (Band(name="S", at_least=D(90)),)}),
        errors.BandsIncomplete,
        "rules.bands",
    ),
    (
        RULES.model_copy(
            update={"bands": (Band(name="B", at_least=D(0)), Band(name="A", at_least=D(0)))}
        ),
        errors.BandsIncomplete,
        "rules.bands",
    ),
]


@pytest.mark.parametrize(("rules", "refusal", "field"), REFUSED)
def test_unsound_rules_are_refused_at_their_field(rules, refusal, field):
    with pytest.raises(refusal) as refused:
        rules.must_hold()
    assert refused.value.field == field


def test_the_refusal_says_what_the_weights_make():
    with pytest.raises(errors.SectionWeightsNotHundred) as refused:
        changed(1, weight=D(25)).must_hold()
    assert refused.value.sentence.startswith("The sections' weights add up to 105, not 100.")


def test_sound_rules_hold():
    RULES.must_hold()
    assert [section.code for section in RULES.judged] == ["ability", "values"]
