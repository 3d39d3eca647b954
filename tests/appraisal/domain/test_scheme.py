"""Schemes: versions and their two signers."""

from datetime import date
from decimal import Decimal

import pytest

from services.appraisal.domain.errors import (
    NoSuchScheme,
    NoSuchVersion,
    OneHandSignsOnce,
    SchemeNotInForce,
    SectionWeightsNotHundred,
)
from services.appraisal.domain.rules import Title
from services.appraisal.domain.scheme import (
    Scheme,
    VersionDrafted,
    VersionPutInForce,
    VersionSigned,
)
from tests.support.appraisals import LIN, RULES, ZHAO, ZHOU
from tests.support.scenario import scenario

JULY = date(2026, 7, 1)
SAID = {
    "code": "SALES-2026",
    "title": Title(en="Sales", zh="销售"),
    "template": "sales",
    "from_day": JULY,
}
DRAFT = VersionDrafted(version=1, rules=RULES, **SAID)
OTHER = RULES.model_copy(update={"bonus_limit": Decimal(3)})
SECOND = VersionDrafted(version=2, rules=OTHER, **SAID)
SIGNED = VersionSigned(version=1, signer=ZHAO)
IN_FORCE = VersionPutInForce(version=1, from_day=JULY)


def test_a_scheme_is_drafted():
    scenario(Scheme).when(lambda s: s.draft(rules=RULES, **SAID)).then(DRAFT)


def test_the_same_rules_again_record_nothing():
    scenario(Scheme).given(DRAFT).when(lambda s: s.draft(rules=RULES, **SAID)).then_nothing()


def test_other_rules_make_the_next_version():
    scenario(Scheme).given(DRAFT).when(lambda s: s.draft(rules=OTHER, **SAID)).then(SECOND)


def test_unsound_rules_are_refused():
    unsound = RULES.model_copy(update={"sections": RULES.sections[:2]})
    scenario(Scheme).when(lambda s: s.draft(rules=unsound, **SAID)).then_refused(
        SectionWeightsNotHundred, total=Decimal(90)
    )


def test_the_first_signature_does_not_put_it_in_force():
    scenario(Scheme).given(DRAFT).when(lambda s: s.sign(1, ZHAO)).then(SIGNED)


def test_the_same_person_signs_once():
    scenario(Scheme).given(DRAFT, SIGNED).when(lambda s: s.sign(1, ZHAO)).then_nothing()


def test_the_second_persons_signature_puts_it_in_force():
    scenario(Scheme).given(DRAFT, SIGNED).when(lambda s: s.sign(1, LIN)).then(
        VersionSigned(version=1, signer=LIN), IN_FORCE
    )


@pytest.mark.parametrize(("signer", "hand"), [(LIN, ZHOU), (ZHOU, None), (LIN, ZHAO)], ids=str)
def test_nobodys_hand_signs_twice_for_whomever(signer, hand):
    by_hand = VersionSigned(version=1, signer=ZHAO, hand=ZHOU)
    scenario(Scheme).given(DRAFT, by_hand).when(lambda s: s.sign(1, signer, hand)).then_refused(
        OneHandSignsOnce
    )


def test_another_hand_may_sign_for_the_second_person():
    scenario(Scheme).given(DRAFT, SIGNED).when(lambda s: s.sign(1, LIN, ZHOU)).then(
        VersionSigned(version=1, signer=LIN, hand=ZHOU), IN_FORCE
    )


def test_what_is_in_force_needs_no_third_signature():
    signed = (DRAFT, SIGNED, VersionSigned(version=1, signer=LIN), IN_FORCE)
    scenario(Scheme).given(*signed).when(lambda s: s.sign(1, ZHOU)).then_nothing()


def test_a_scheme_that_nobody_drafted_cannot_be_signed():
    scenario(Scheme).when(lambda s: s.sign(1, ZHAO)).then_refused(NoSuchScheme)


@pytest.mark.parametrize("number", [0, 2])
def test_a_version_that_is_not_there_cannot_be_signed(number):
    scenario(Scheme).given(DRAFT).when(lambda s: s.sign(number, ZHAO)).then_refused(
        NoSuchVersion, version=number
    )


def test_rules_hold_from_their_day_and_a_later_draft_does_not_move_them():
    scheme = Scheme()
    for fact in (DRAFT, SIGNED, VersionSigned(version=1, signer=LIN), IN_FORCE, SECOND):
        scheme = scheme.after(fact)
    assert scheme.rules_in_force(1, JULY) == RULES
    with pytest.raises(SchemeNotInForce):
        scheme.rules_in_force(1, date(2026, 6, 30))
    with pytest.raises(SchemeNotInForce):
        scheme.rules_in_force(2, JULY)
