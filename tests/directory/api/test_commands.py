"""Everything that can be asked of the directory, over HTTP on real PostgreSQL."""

from uuid import uuid4

import pytest

from tests.support.house import running, speaking


@pytest.fixture(scope="module")
def house(module_databases):
    with running(module_databases, "directory") as running_house:
        yield running_house


@pytest.fixture
def me(house):
    with speaking(house, "directory") as someone:
        yield someone


def unit(unit_id=None, parent=None, **said):
    unit_id = str(unit_id or uuid4())
    usual = {
        "unit_id": unit_id,
        "code": f"u-{unit_id}",
        "kind": "team",
        "name_zh": "华东组",
        "name_en": "East",
        "parent_id": parent,
        "effective_from": "2026-07-01",
    }
    return usual | said


def someone(person_id=None, **said):
    usual = {
        "person_id": str(person_id or uuid4()),
        "name": "陈晓",
        "name_en": "Chen Xiao",
        "effective_from": "2026-07-01",
    }
    return usual | said


def refused(answer, code, field=None):
    assert answer.status_code in (404, 409, 422), answer.text
    assert (answer.json()["code"], answer.json().get("field")) == (code, field)


def test_a_tree_may_come_in_one_command_in_any_order(me):
    top, below = unit(kind="company"), unit()
    below["parent_id"] = top["unit_id"]
    answer = me.done("register-units", {"units": [below, top]})
    assert {stream["version"] for stream in answer["streams"]} == {2}


def test_the_same_again_records_nothing(me):
    units = {"units": [unit(kind="company")]}
    first = me.done("register-units", units)
    assert me.done("register-units", units)["streams"] == first["streams"]


def test_a_parent_must_be_known(me):
    nobody = str(uuid4())
    answer = me.ask("register-units", {"units": [unit(), unit(parent=nobody)]})
    refused(answer, "UnitUnknown", "units[1].parent_id")


def test_a_unit_cannot_move_below_its_own_branch(me):
    top = unit(kind="company")
    middle = unit(parent=top["unit_id"])
    leaf = unit(parent=middle["unit_id"])
    me.done("register-units", {"units": [top, middle, leaf]})
    moved = middle | {"parent_id": leaf["unit_id"]}
    refused(me.ask("register-units", {"units": [moved]}), "UnitUnderItself", "units[0].parent_id")


def test_a_circle_in_one_command_is_refused(me):
    one, other = unit(), unit()
    one["parent_id"], other["parent_id"] = other["unit_id"], one["unit_id"]
    answer = me.ask("register-units", {"units": [one, other]})
    refused(answer, "UnitUnderItself", "units[0].parent_id")


def test_two_units_may_change_places_in_one_command(me):
    top = unit(kind="company")
    middle = unit(parent=top["unit_id"])
    leaf = unit(parent=middle["unit_id"])
    me.done("register-units", {"units": [top, middle, leaf]})
    swapped = [
        leaf | {"parent_id": top["unit_id"]},
        middle | {"parent_id": leaf["unit_id"]},
    ]
    me.done("register-units", {"units": swapped})


def test_people_come_with_managers_in_the_same_command(me):
    team, lead = unit(), someone()
    me.done("register-units", {"units": [team]})
    post = {"unit_id": team["unit_id"], "title": "Sales rep"}
    rep = someone(posts=[post], managers=[{"manager_id": lead["person_id"]}])
    me.done("register-people", {"people": [rep, lead]})
    told = me.read(f"/people/{rep['person_id']}")["person"]
    assert told["posts"][0]["unit_id"] == team["unit_id"]
    (line,) = told["managers"]
    assert (line["kind"], line["manager_id"]) == ("line", lead["person_id"])


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"posts": [{"unit_id": str(uuid4()), "title": "x"}]}, "UnitUnknown", "posts[0].unit_id"),
        ({"roles": [{"role": "hr", "unit_id": str(uuid4())}]}, "UnitUnknown", "roles[0].unit_id"),
        ({"managers": [{"manager_id": str(uuid4())}]}, "PersonUnknown", "managers[0].manager_id"),
    ],
)
def test_whom_and_what_people_are_tied_to_must_be_known(me, said, code, field):
    answer = me.ask("register-people", {"people": [someone(), someone(**said)]})
    refused(answer, code, f"people[1].{field}")


def test_who_leaves_is_gone_after_the_last_day(me):
    leaver = someone()
    me.done("register-people", {"people": [leaver]})
    asked = {"person_id": leaver["person_id"], "last_day": "2026-08-31"}
    me.done("end-employment", asked)
    me.done("end-employment", asked)
    assert me.read(f"/people/{leaver['person_id']}")["person"]["last_day"] == "2026-08-31"


def test_nobody_unknown_can_leave(me):
    answer = me.ask("end-employment", {"person_id": str(uuid4()), "last_day": "2026-08-31"})
    refused(answer, "NotFound")


def test_the_calendar_is_filled_once(me):
    period = {"code": "2031-Q3", "kind": "quarter", "first": "2031-07-01", "last": "2031-09-30"}
    me.done("define-periods", {"periods": [period, period]})
    me.done("mark-days", {"days": [{"day": "2031-10-01", "kind": "day_off"}]})
    told = me.read("/calendar")
    assert [p for p in told["periods"] if p["code"] == "2031-Q3"] == [period]
    assert {"day": "2031-10-01", "kind": "day_off"} in told["days"]
    other = period | {"last": "2031-09-29"}
    refused(me.ask("define-periods", {"periods": [other]}), "PeriodRedefined", "periods[0].code")
