"""Where people stand: shares, lines that run in no circle, links that end, roles by others."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.host.house import House
from tests.support.directory import refused, somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as running_house:
        yield running_house


@pytest.fixture
def me(house: House) -> Iterator[At]:
    with speaking(house, "directory") as someone:
        yield someone


def reports_to(person: dict, manager: dict, kind: str = "line") -> dict:
    return {**person, "managers": [{"kind": kind, "manager_id": manager["person_id"]}]}


def test_posts_of_more_than_full_time_are_told_and_kept(me: At) -> None:
    east, south = unit(), unit()
    me.done("register-units", {"units": [east, south]})
    posts = [
        {"unit_id": east["unit_id"], "title": "Sales", "share": 6_000},
        {"unit_id": south["unit_id"], "title": "Sales", "share": 4_000},
    ]
    whole = somebody(posts=posts)
    assert me.done("register-people", {"people": [whole]})["warnings"] == []
    posts[1]["share"] = 6_000
    (warning,) = me.done("register-people", {"people": [whole]})["warnings"]
    assert (warning["code"], warning["person_id"]) == ("MoreThanFullTime", whole["person_id"])
    assert "120 %" in warning["sentence"]
    shares = [p["share"] for p in me.read(f"/people/{whole['person_id']}")["person"]["posts"]]
    assert shares == [6_000, 6_000]


def test_a_change_is_shown_from_its_day_on_and_what_was_before_until_then(me: At) -> None:
    east, south, boss, other = unit(), unit(), somebody(), somebody()
    me.done("register-units", {"units": [east, south]})
    rep = somebody(east["unit_id"], boss["person_id"])
    me.done("register-people", {"people": [boss, other, rep]})
    post = {"unit_id": south["unit_id"], "title": "Sales"}
    moved = {**reports_to(rep, other), "posts": [post], "effective_from": "2027-01-01"}
    me.done("register-people", {"people": [moved]})

    def on(day: str) -> tuple[list[str], list[str]]:
        told = me.read(f"/people/{rep['person_id']}", on=day)["person"]
        return [p["unit_id"] for p in told["posts"]], [m["manager_id"] for m in told["managers"]]

    assert on("2026-06-30") == ([], [])
    assert on("2026-12-31") == ([east["unit_id"]], [boss["person_id"]])
    assert on("2027-01-01") == ([south["unit_id"]], [other["person_id"]])


def test_a_line_that_runs_in_a_circle_is_refused_by_name(me: At) -> None:
    boss, lead, rep = (somebody(name=name) for name in ("老板", "组长", "员工"))
    line = [boss, reports_to(lead, boss), reports_to(rep, lead)]
    me.done("register-people", {"people": line})
    answer = me.ask("register-people", {"people": [reports_to(boss, rep)]})
    problem = refused(answer, "LineInCircle", "people[0].managers")
    assert "老板 → 员工 → 组长 → 老板" in problem["detail"]
    me.done("register-people", {"people": [reports_to(boss, rep, "project")]})


def test_a_circle_within_one_command_is_refused_and_a_change_of_places_is_not(me: At) -> None:
    one, other, top = somebody(), somebody(), somebody()
    circle = [reports_to(one, other), reports_to(other, one)]
    answer = me.ask("register-people", {"people": circle})
    refused(answer, "LineInCircle", "people[0].managers")
    me.done("register-people", {"people": [top, reports_to(one, top), reports_to(other, one)]})
    swapped = [reports_to(other, top), reports_to(one, other)]
    me.done("register-people", {"people": swapped})


def test_a_link_to_a_manager_ends(me: At) -> None:
    boss = somebody()
    rep = reports_to(somebody(), boss)
    me.done("register-people", {"people": [boss, rep]})
    link = {"person_id": rep["person_id"], "kind": "line", "last_day": "2026-08-31"}
    me.done("end-managers", {"links": [link]})
    path = f"/people/{rep['person_id']}"
    assert len(me.read(path, on="2026-08-31")["person"]["managers"]) == 1
    assert me.read(path, on="2026-09-01")["person"]["managers"] == []
    refused(me.ask("end-managers", {"links": [link]}), "NoSuchManager", "kind")
    unknown = {"links": [{**link, "person_id": str(uuid4())}]}
    assert me.ask("end-managers", unknown).status_code == 404


def test_roles_that_are_not_spoken_of_stay_as_they_are(me: At) -> None:
    later = {"role": "auditor", "expires_on": "2099-12-31"}
    someone = somebody(roles=[later])
    address = f"/people/{someone['person_id']}"
    me.done("register-people", {"people": [someone]})
    me.done("register-people", {"people": [{**someone, "name": "李丽", "roles": None}]})
    told = me.read(address)["person"]
    assert (told["name"], [role["role"] for role in told["roles"]]) == ("李丽", ["auditor"])
    me.done("register-people", {"people": [{**someone, "roles": []}]})
    assert me.read(address)["person"]["roles"] == []
