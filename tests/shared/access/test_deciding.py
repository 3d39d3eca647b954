"""Bars before grounds, the first ground that holds names the rule, and no question too many."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest

from shared.access.deciding import decide_all, enter, must
from shared.access.grounds import Above, AnyService, Both, Ground, Heads, Is, Marked, Touches
from shared.access.refusals import NoLongerHere
from shared.access.rules import Action, Bar
from shared.access.things import Around, Asker, Thing
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
