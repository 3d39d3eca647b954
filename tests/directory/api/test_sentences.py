"""Every kind of fact about units and people has its sentence, in both languages."""

import re
from datetime import date
from uuid import UUID

import pytest
from babel.messages.pofile import read_po

from services.directory.api import sentences
from services.directory.domain import forgetting, unit
from services.directory.domain import person_life as life
from services.directory.feed.translation import TRANSLATION
from shared.kernel.facts import Fact
from tests.support.sources import ROOT

ONE, TWO, DAY, LAST = UUID(int=1), UUID(int=2), date(2026, 8, 14), date(2026, 12, 31)
ROLE = {"role": "hr", "effective_from": DAY, "expires_on": None}
LAW = {"hold_id": ONE, "reason": "A case is pending."}
GIVEN = {"delegation_id": ONE, "to": TWO, "scope": ("goals", "metrics"), "first": DAY, "last": LAST}
FOUNDED = {
    "code": "S",
    "kind": "team",
    "parent_id": ONE,
    "counts_as_department": False,
    "effective_from": DAY,
}
TOLD: list[tuple[Fact, str]] = [
    (
        unit.Founded(**FOUNDED),
        "{actor} founded the unit S below {parent}; it exists from 2026-08-14 on.",
    ),
    (
        unit.Founded(**{**FOUNDED, "parent_id": None}),
        "{actor} founded S at the top of the tree; it exists from 2026-08-14 on.",
    ),
    (unit.Named(name_zh="销售", name_en="Sales"), "{actor} called the unit 销售 / Sales."),
    (
        unit.Moved(parent_id=ONE, effective_from=DAY),
        "{actor} moved the unit below {parent} from 2026-08-14 on.",
    ),
    (
        unit.HeadAppointed(person_id=ONE, effective_from=DAY),
        "{actor} appointed {head} head from 2026-08-14 on.",
    ),
    (
        unit.ChampionAppointed(person_id=ONE, effective_from=DAY),
        "{actor} appointed {champion} OKR champion from 2026-08-14 on.",
    ),
    (
        unit.HeadVacated(effective_from=DAY),
        "{actor} left the unit without a head from 2026-08-14 on.",
    ),
    (
        unit.ChampionVacated(effective_from=DAY),
        "{actor} left the unit without an OKR champion from 2026-08-14 on.",
    ),
    (
        unit.Reopened(effective_from=DAY, reason="Demand is back."),
        "{actor} opened the unit again from 2026-08-14 on.",
    ),
    (unit.Closed(last_day=DAY), "{actor} closed the unit; its last day is 2026-08-14."),
    (
        unit.ClosuresMarked(days=(DAY, LAST), reason="Stocktaking"),
        "{actor} marked days on which nobody works here: 2026-08-14, 2026-12-31.",
    ),
    (
        unit.ClosuresLifted(days=(DAY,)),
        "{actor} lifted closures: work goes on as usual on 2026-08-14.",
    ),
    (
        life.Employed(employed_from=DAY),
        "{actor} registered {person}, who works here from 2026-08-14 on.",
    ),
    (
        life.Named(name="陈晓", name_en="Chen Xiao"),
        "{actor} wrote down the name 陈晓 / Chen Xiao.",
    ),
    (
        life.Localised(locale="en", time_zone="Asia/Shanghai"),
        "{actor} set language and time zone: en, Asia/Shanghai.",
    ),
    (
        life.PostAssigned(unit_id=ONE, title="Sales", share=5_000, effective_from=DAY),
        "{actor} gave {person} the post of Sales in {unit}, 50 % of full time, from 2026-08-14 on.",
    ),
    (
        life.PostEnded(unit_id=ONE, last_day=DAY),
        "{actor} ended the post of {person} in {unit}; its last day is 2026-08-14.",
    ),
    (
        life.ManagerAssigned(kind="line", manager_id=ONE, effective_from=DAY),
        "{actor} made {manager} {kind} of {person} from 2026-08-14 on.",
    ),
    (
        life.ManagerEnded(kind="line", last_day=DAY),
        "{actor} ended it that {person} has a {kind}; the last day is 2026-08-14.",
    ),
    (
        life.RoleGranted(**ROLE, unit_id=None),
        "{actor} granted the role {role} everywhere from 2026-08-14 on.",
    ),
    (
        life.RoleGranted(**{**ROLE, "expires_on": LAST}, unit_id=None),
        "{actor} granted the role {role} everywhere from 2026-08-14 to 2026-12-31.",
    ),
    (
        life.RoleGranted(**ROLE, unit_id=ONE),
        "{actor} granted the role {role} in {unit} and below from 2026-08-14 on.",
    ),
    (
        life.RoleGranted(**{**ROLE, "expires_on": LAST}, unit_id=ONE),
        "{actor} granted the role {role} in {unit} and below from 2026-08-14 to 2026-12-31.",
    ),
    (life.RoleRevoked(role="hr", unit_id=None), "{actor} took back the role {role} everywhere."),
    (
        life.RoleRevoked(role="hr", unit_id=ONE),
        "{actor} took back the role {role} in {unit} and below.",
    ),
    (
        life.EmploymentEnded(last_day=DAY),
        "{actor} ended the employment of {person}; the last day is 2026-08-14.",
    ),
    (life.Deactivated(), "{actor} deactivated {person}: nothing can be done in their name."),
    (life.Reactivated(), "{actor} let {person} act again."),
    (
        life.HandedOver(to=ONE, effective_from=DAY),
        "{actor} handed over to {successor} what {person} was charged with, from 2026-08-14 on.",
    ),
    (
        life.DelegationGiven(**GIVEN, unit_id=None),
        "{actor} let {receiver} act for {person} from 2026-08-14 to 2026-12-31: {areas}.",
    ),
    (
        life.DelegationGiven(**GIVEN, unit_id=ONE),
        "{actor} let {receiver} act for {person} in {unit} and below"
        " from 2026-08-14 to 2026-12-31: {areas}.",
    ),
    (life.DelegationEnded(delegation_id=ONE), "{actor} ended a delegation."),
    (
        forgetting.LegalHoldPlaced(**LAW),
        "{actor} placed a legal hold: nothing about {person} may be erased.",
    ),
    (forgetting.LegalHoldReleased(**LAW), "{actor} released a legal hold."),
    (
        forgetting.Forgotten(reason="They asked."),
        "{actor} had what is personal about {person} erased.",
    ),
]


class _Left(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


@pytest.mark.parametrize(("fact", "sentence"), TOLD)
def test_a_fact_is_told(fact: Fact, sentence: str) -> None:
    told = sentences.told(fact)
    assert told.template.format_map(_Left(told.details)) == sentence


@pytest.mark.parametrize(("fact", "sentence"), TOLD)
def test_whoever_and_whatever_stands_in_a_sentence_is_given(fact: Fact, sentence: str) -> None:
    told = sentences.told(fact)
    parts = set(re.findall(r"{(\w+)}", sentence)) - {"actor", "person"}
    assert parts == {*told.people, *told.units, *told.words}


def test_every_kind_of_fact_about_units_and_people_is_tried_here() -> None:
    kinds = {entry.fact for entry in TRANSLATION.entries}
    about = ("directory.Unit.", "directory.Person.")
    told = {kind for kind in kinds if kind.stored_name.startswith(about)}
    assert {type(fact) for fact, _ in TOLD} == told


def test_what_ends_with_a_day_holds_no_more_from_the_next_one_on() -> None:
    assert sentences.told(unit.Closed(last_day=DAY)).effective_from == date(2026, 8, 15)
    assert sentences.told(life.Employed(employed_from=DAY)).effective_from == DAY
    assert sentences.told(life.Deactivated()).effective_from is None


def test_every_sentence_and_word_is_translated_with_the_same_places() -> None:
    place = ROOT / "services/directory/locales/zh_CN/LC_MESSAGES/stories.po"
    with place.open("rb") as file:
        chinese = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    templates = {sentences.told(fact).template for fact, _ in TOLD}
    assert templates | set(sentences.WORDS.values()) == set(chinese)
    for english, translated in chinese.items():
        assert translated
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", translated))
