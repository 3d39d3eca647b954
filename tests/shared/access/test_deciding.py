"""Bars before grounds, the first ground that holds names the rule, and no question too many."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import pytest

from shared.access.deciding import decide, decide_all, enter, must
from shared.access.grounds import (
    Above,
    Anyone,
    AnyService,
    Both,
    Ground,
    Heads,
    Holds,
    Is,
    Marked,
    Touches,
)
from shared.access.refusals import NoLongerHere
from shared.access.refusals_of_delegates import BeyondTheUnit, InPersonOnly, NotInTheDelegation
from shared.access.rules import Action, Bar
from shared.access.standing_in import StandingIn
from shared.access.things import EVERYWHERE, Around, Asker, Thing
from shared.kernel.actors import Actor
from shared.kernel.refusals import NotAllowed, NotFound

DAY = date(2026, 8, 14)
LI, CHEN, SALES = UUID(int=1), UUID(int=2), UUID(int=3)
EMPLOYEE = Asker(person=LI, hand=LI, active=True)
IMPORT = Asker(service="import")
MINE, HIS = Thing({"holder": [LI]}), Thing({"holder": [CHEN]})


@dataclass
class Watched:
    """A directory that knows nobody and remembers of whom it was asked."""

    asked: list[set[UUID]] = field(default_factory=list)

    def asker(self, actor: Actor, today: date) -> Asker:
        return EMPLOYEE

    def around(self, ids: Iterable[UUID], today: date) -> Around:
        self.asked.append(set(ids))
        return Around()


def action(bar: Ground | None = None, **grounds: Ground) -> Action:
    bars = [Bar(bar, NotFound)] if bar else []
    return Action("lay", grounds, NotAllowed, bars)


def rules(action: Action, asker: Asker, things: list[Thing], company: Watched) -> list[str | None]:
    return [one.rule for one in decide_all(action, asker, things, company, DAY)]


def test_the_rule_is_action_and_first_ground_that_holds() -> None:
    lay = action(holder=Is("holder"), again=Is("holder"))
    assert rules(lay, EMPLOYEE, [MINE, HIS], Watched()) == ["lay:holder", None]


def test_a_bar_stands_above_every_ground() -> None:
    lay = action(bar=Touches("holder"), holder=Is("holder"))
    with pytest.raises(NotFound):
        must(decide_all(lay, EMPLOYEE, [MINE], Watched(), DAY))


def test_several_things_are_allowed_by_all_their_rules_or_not_at_all() -> None:
    lay = action(holder=Is("holder"), marked=Marked("open", ("yes",)))
    both = [MINE, Thing(marks={"open": "yes"}), MINE]
    assert must(decide_all(lay, EMPLOYEE, both, Watched(), DAY)) == "lay:holder lay:marked"
    with pytest.raises(NotAllowed):
        must(decide_all(lay, EMPLOYEE, [*both, HIS], Watched(), DAY))


def test_nobody_asks_about_surroundings_that_decide_nothing() -> None:
    company, lay = Watched(), action(holder=Is("holder"), above=Above("holder"))
    rules(lay, EMPLOYEE, [MINE, HIS], company)
    assert company.asked == [{CHEN}]


def test_what_a_service_may_in_its_own_name_takes_no_question_at_all() -> None:
    company = Watched()
    lay = action(bar=Heads("holder"), above=Above("holder"), service=AnyService())
    assert rules(lay, IMPORT, [MINE, HIS] * 1_000, company) == ["lay:service"] * 2_000
    assert company.asked == []


def test_a_bar_on_surroundings_is_asked_though_a_ground_holds() -> None:
    company = Watched()
    rules(action(bar=Heads("holder"), holder=Is("holder")), EMPLOYEE, [MINE], company)
    assert company.asked == [{LI}]


def test_what_is_not_marked_so_is_not_asked_about() -> None:
    company = Watched()
    bar = Both((Marked("kind", ("unit",)), Heads("holder")))
    unit = Thing({"holder": [SALES]}, {"kind": "unit"})
    rules(action(bar=bar, holder=Is("holder")), EMPLOYEE, [MINE, unit], company)
    assert company.asked == [{SALES}]


def test_whoever_is_gone_may_nothing_and_a_service_for_them_only_what_it_may_itself() -> None:
    gone = Asker(person=LI, hand=LI)
    lay = action(holder=Is("holder"), service=AnyService())
    with pytest.raises(NoLongerHere):
        enter(lay, gone)
    assert rules(lay, gone, [MINE], Watched()) == [None]
    assert rules(lay, Asker(person=LI, service="import"), [MINE], Watched()) == ["lay:service"]


WU = UUID(int=4)
DELEGATE = replace(EMPLOYEE, hand=WU)
IN_SALES = replace(DELEGATE, limit=SALES, roles=frozenset({("hr", EVERYWHERE)}))


def refusals(action: Action, asker: Asker, *things: Thing) -> list[type | None]:
    around = Around(within={LI: {LI, SALES}, CHEN: {CHEN}})
    made = (decide(action, asker, thing, around) for thing in things)
    return [type(one.refusal) if one.refusal else None for one in made]


def test_what_the_giver_may_the_delegate_may() -> None:
    assert refusals(action(holder=Is("holder")), DELEGATE, MINE, HIS) == [None, NotAllowed]


def test_bars_look_at_the_hand_as_well() -> None:
    lay = action(bar=Touches("helper"), holder=Is("holder"))
    assert refusals(lay, DELEGATE, Thing({"holder": [LI], "helper": [WU]})) == [NotFound]


def test_a_bar_may_hold_against_delegates_alone() -> None:
    lay = action(bar=StandingIn(), holder=Is("holder"))
    assert refusals(lay, EMPLOYEE, MINE) == [None]
    assert refusals(lay, DELEGATE, MINE) == [NotFound]


def test_what_takes_the_person_is_refused_to_delegates_at_the_door_and_after_it() -> None:
    lay = replace(action(holder=Is("holder")), in_person=True)
    assert refusals(lay, EMPLOYEE, MINE) == [None]
    assert refusals(lay, DELEGATE, MINE) == [InPersonOnly]
    with pytest.raises(InPersonOnly):
        enter(lay, DELEGATE)


def test_outside_its_areas_a_delegation_lets_nobody_change_anything() -> None:
    outside = replace(EMPLOYEE, uncovered=True)
    lay, see = action(holder=Is("holder")), action(holder=Is("holder"))
    assert refusals(lay, outside, MINE) == [NotInTheDelegation]
    with pytest.raises(NotInTheDelegation):
        enter(lay, outside)
    assert refusals(replace(see, routes=["GET /stones"]), outside, MINE) == [None]


def test_a_delegation_for_a_unit_reaches_what_lies_in_it() -> None:
    lay = replace(action(holder=Is("holder"), hr=Holds(("hr",), "holder")), place=["holder"])
    elsewhere = Thing({"holder": [CHEN]})
    assert refusals(lay, IN_SALES, MINE, elsewhere, Thing()) == [None, BeyondTheUnit, BeyondTheUnit]


def test_what_concerns_the_whole_company_lies_in_no_unit() -> None:
    lay = replace(action(hr=Holds(("hr",))), place=["holder"])
    assert refusals(lay, replace(IN_SALES, limit=None), MINE) == [None]
    assert refusals(lay, IN_SALES, MINE) == [NotAllowed]
    with pytest.raises(NotAllowed):
        enter(lay, IN_SALES)


def test_what_everybody_sees_no_delegation_hides_but_it_lets_nobody_change_it() -> None:
    see = replace(action(anyone=Anyone()), routes=["GET /stones"])
    assert refusals(see, IN_SALES, HIS) == [None]
    assert refusals(action(anyone=Anyone()), IN_SALES, HIS) == [BeyondTheUnit]


def test_where_a_thing_lies_is_asked_of_a_limited_delegate_alone() -> None:
    company, lay = Watched(), replace(action(holder=Is("holder")), place=["holder"])
    rules(lay, DELEGATE, [MINE], company)
    assert company.asked == []
    rules(lay, IN_SALES, [MINE], company)
    assert company.asked == [{LI}]
