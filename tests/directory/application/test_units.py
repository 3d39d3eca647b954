"""Units are closed once nobody is in them, and rest on days of their own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.directory import refused, somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases

LAST = "2026-12-31"


@pytest.fixture(scope="module")
def me(module_databases: Databases) -> Iterator[At]:
    with running(module_databases, "directory") as house, speaking(house, "directory") as someone:
        yield someone


def closing(*units: dict, last_day: str = LAST) -> dict:
    return {"units": [{"unit_id": one["unit_id"], "last_day": last_day} for one in units]}


def test_a_closed_unit_is_shown_with_its_last_day(me: At) -> None:
    east = unit()
    me.done("register-units", {"units": [east]})
    me.done("close-units", closing(east))
    assert me.read(f"/units/{east['unit_id']}")["unit"]["last_day"] == LAST
    refused(me.ask("close-units", closing(east, last_day="2027-01-31")), "UnitIsClosed", "last_day")


def test_a_unit_with_open_units_below_is_not_closed_unless_they_are_too(me: At) -> None:
    top = unit()
    below = unit(top["unit_id"])
    me.done("register-units", {"units": [top, below]})
    problem = refused(me.ask("close-units", closing(top)), "UnitHasUnits", "units[0].unit_id")
    assert below["code"] in problem["detail"]
    me.done("close-units", closing(top, below))


def test_a_unit_below_that_closes_later_keeps_it_open(me: At) -> None:
    top = unit()
    below = unit(top["unit_id"])
    me.done("register-units", {"units": [top, below]})
    me.done("close-units", closing(below, last_day="2027-01-01"))
    refused(me.ask("close-units", closing(top)), "UnitHasUnits", "units[0].unit_id")
    me.done("close-units", closing(top, last_day="2027-01-01"))


def test_a_unit_from_which_another_moved_away_is_closed(me: At) -> None:
    top, other = unit(), unit()
    below = unit(top["unit_id"])
    me.done("register-units", {"units": [top, other, below]})
    me.done("register-units", {"units": [{**below, "parent_id": other["unit_id"]}]})
    me.done("close-units", closing(top))


def test_a_unit_in_which_somebody_holds_a_post_is_not_closed(me: At) -> None:
    east, south = unit(), unit()
    me.done("register-units", {"units": [east, south]})
    rep, gone = somebody(east["unit_id"], name="李明"), somebody(east["unit_id"])
    me.done("register-people", {"people": [rep, gone]})
    me.done("end-employment", {"person_id": gone["person_id"], "last_day": LAST})
    problem = refused(me.ask("close-units", closing(east)), "UnitHasPosts", "units[0].unit_id")
    assert "1 in all: 李明" in problem["detail"]
    post = {"unit_id": south["unit_id"], "title": "Sales"}
    me.done("register-people", {"people": [{**rep, "posts": [post]}]})
    me.done("close-units", closing(east))


def test_nothing_is_tied_to_a_unit_after_its_last_day(me: At) -> None:
    east = unit()
    me.done("register-units", {"units": [east]})
    me.done("close-units", closing(east))
    late = somebody(east["unit_id"], effective_from="2027-01-01")
    answer = me.ask("register-people", {"people": [late]})
    refused(answer, "UnitIsClosed", "people[0].posts[0].unit_id")
    child = unit(east["unit_id"], effective_from="2027-01-01")
    answer = me.ask("register-units", {"units": [child]})
    refused(answer, "UnitIsClosed", "units[0].parent_id")
    renamed = {**east, "name_en": "Far East", "effective_from": "2027-01-01"}
    refused(me.ask("register-units", {"units": [renamed]}), "UnitIsClosed", "effective_from")
    me.done("register-people", {"people": [{**late, "effective_from": LAST}]})


def test_no_unknown_unit_is_closed_or_rests(me: At) -> None:
    nowhere = {"unit_id": str(uuid4())}
    assert me.ask("close-units", closing(nowhere)).status_code == 404
    days = {"days": [LAST]}
    assert me.ask("mark-closures", {**nowhere, **days, "reason": "x"}).status_code == 404
    assert me.ask("lift-closures", {**nowhere, **days}).status_code == 404


def test_units_rest_on_days_of_their_own(me: At) -> None:
    east = unit()
    me.done("register-units", {"units": [east]})
    days = {"unit_id": east["unit_id"], "days": ["2026-08-03", "2026-08-04"]}
    me.done("mark-closures", {**days, "reason": "Stocktaking"})
    me.done("lift-closures", {**days, "days": ["2026-08-04"]})
    closures = [c for c in me.read("/calendar")["closures"] if c["unit_id"] == east["unit_id"]]
    assert [(c["day"], c["reason"]) for c in closures] == [("2026-08-03", "Stocktaking")]
