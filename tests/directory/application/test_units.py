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


def reopening(*units: dict, day: str = "2027-03-01") -> dict:
    said = {"effective_from": day, "reason": "Demand is back."}
    return {"units": [{"unit_id": one["unit_id"], **said} for one in units]}


def test_a_closed_unit_opens_again_from_its_day_on(me: At) -> None:
    top = unit()
    east = unit(top["unit_id"])
    me.done("register-units", {"units": [top, east]})
    me.done("close-units", closing(east))
    me.done("reopen-units", reopening(east))
    path = f"/units/{east['unit_id']}"

    def below(day: str) -> list[str]:
        told = me.read(f"/units/{top['unit_id']}/children", on=day)["units"]
        return [one["code"] for one in told]

    assert [below(day) for day in (LAST, "2027-02-28", "2027-03-01")] == [
        [east["code"]],
        [],
        [east["code"]],
    ]
    asleep, awake = (me.read(path, on=day)["unit"] for day in ("2027-02-28", "2027-03-01"))
    assert (asleep["last_day"], asleep["reopens_on"]) == (LAST, "2027-03-01")
    assert (awake["last_day"], awake["reopens_on"]) == (None, None)
    told = me.read(f"{path}/story")["items"][-1]
    assert (told["sentence"], told["reason"]) == (
        "{actor} opened the unit again from 2027-03-01 on.",
        "Demand is back.",
    )
    somewhere = somebody(east["unit_id"], effective_from="2027-02-28")
    refused(
        me.ask("register-people", {"people": [somewhere]}),
        "UnitIsClosed",
        "people[0].posts[0].unit_id",
    )
    me.done("register-people", {"people": [somewhere | {"effective_from": "2027-03-01"}]})


def test_a_unit_opens_again_only_below_one_that_is_open_then(me: At) -> None:
    top = unit()
    below = unit(top["unit_id"])
    me.done("register-units", {"units": [top, below]})
    me.done("close-units", closing(top, below))
    refused(me.ask("reopen-units", reopening(below)), "UnitIsClosed", "units[0].unit_id")
    me.done("reopen-units", reopening(below, top))
    refused(me.ask("close-units", closing(top, last_day="2027-12-31")), "UnitHasUnits",
            "units[0].unit_id")  # fmt: skip


def test_what_is_not_closed_does_not_open_again(me: At) -> None:
    east = unit()
    me.done("register-units", {"units": [east]})
    refused(me.ask("reopen-units", reopening(east)), "UnitIsOpen", "effective_from")
    refused(me.ask("reopen-units", reopening(unit())), "NotFound")


def test_a_lead_is_left_vacant_from_a_day_on(me: At) -> None:
    zhou = somebody()
    me.done("register-people", {"people": [zhou]})
    east = unit(head_id=zhou["person_id"], champion_id=zhou["person_id"])
    me.done("register-units", {"units": [east]})
    vacant = {"unit_id": east["unit_id"], "part": "head", "effective_from": "2027-01-01"}
    me.done("vacate-leads", {"leads": [vacant]})

    def leads(day: str) -> tuple[str | None, str | None]:
        told = me.read(f"/units/{east['unit_id']}", on=day)["unit"]
        return told["head_id"], told["champion_id"]

    assert leads("2026-12-31") == (zhou["person_id"], zhou["person_id"])
    assert leads("2027-01-01") == (None, zhou["person_id"])
    held = me.read(f"/people/{zhou['person_id']}/held", on="2027-01-01")["units"]
    assert [one["part"] for one in held] == ["champion"]
    refused(me.ask("vacate-leads", {"leads": [vacant | {"unit_id": str(uuid4())}]}), "NotFound")
