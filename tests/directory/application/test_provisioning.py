"""What an identity provider brings becomes people, posts and managers; only what changed there
changes here.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from services.directory.domain.provisioned import ENTERPRISE
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases
from tests.support.provisioning import PATCH, World, provisioning, user

SALES, EAST = (str(id_of("unit", code)) for code in ("SALES", "EAST"))
UNITS = [
    {
        "unit_id": unit_id,
        "code": code,
        "kind": "department",
        "name_zh": name_zh,
        "name_en": name_en,
        "effective_from": "2026-01-05",
    }
    for unit_id, code, name_zh, name_en in (
        (SALES, "SALES", "销售部", "Sales"),
        (EAST, "EAST", "华东", "East"),
    )
]


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with (
        running(module_databases, "directory") as house,
        provisioning(house) as provider,
        speaking(house, "directory", service("host")) as me,
    ):
        me.done("register-units", {"units": UNITS})
        yield World(provider, me, house.services["directory"].conninfo)


def posts(person: dict[str, Any]) -> list[tuple[str, str]]:
    return [(post["unit_id"], post["title"]) for post in person["posts"]]


def test_who_is_brought_is_employed_named_placed_and_managed(world: World) -> None:
    boss = world.bring("boss@farhill.example", displayName="陈晓")
    li = world.bring(
        "li@farhill.example",
        displayName="李明",
        name={"givenName": "Ming", "familyName": "Li"},
        preferredLanguage="en-US",
        timezone="Europe/Berlin",
        title="Sales rep",
        **{ENTERPRISE: {"department": "销售部", "manager": {"value": boss}}},
    )
    person = world.person(li)
    assert (person["name"], person["name_en"]) == ("李明", "Ming Li")
    assert (person["locale"], person["time_zone"]) == ("en", "Europe/Berlin")
    assert posts(person) == [(SALES, "Sales rep")]
    assert [(m["kind"], m["manager_id"]) for m in person["managers"]] == [("line", boss)]
    assert [role["role"] for role in person["roles"]] == ["employee"]
    assert person["active"] is True


def test_a_department_is_known_by_code_or_by_either_name(world: World) -> None:
    for n, said in enumerate(("sales", "销售部", "SALES ", "Sales")):
        who = world.bring(f"d{n}@farhill.example", **{ENTERPRISE: {"department": said}})
        assert posts(world.person(who)) == [(SALES, "–")]
    who = world.bring("d9@farhill.example", **{ENTERPRISE: {"department": "Nowhere"}})
    assert posts(world.person(who)) == []


def test_who_moves_there_moves_here_and_keeps_other_posts(world: World) -> None:
    who = world.bring(
        "mover@farhill.example", title="Seller", **{ENTERPRISE: {"department": "Sales"}}
    )
    world.patch(who, **{f"{ENTERPRISE}:department": "EAST"})
    assert posts(world.person(who)) == [(EAST, "Seller")]
    world.patch(who, title="Lead")
    assert posts(world.person(who)) == [(EAST, "Lead")]


def test_what_people_set_right_here_stays_right(world: World) -> None:
    who = world.bring("wrong@farhill.example", displayName="Wrnog Name")
    known = world.person(who)
    world.me.done(
        "register-people",
        {
            "people": [
                {
                    "person_id": who,
                    "name": "Right Name",
                    "name_en": "Right Name",
                    "roles": [{"role": "employee"}],
                    "posts": [{"unit_id": EAST, "title": "Seller"}],
                    "effective_from": known["employed_from"],
                }
            ]
        },
    )
    world.patch(who, nickName="R")
    person = world.person(who)
    assert (person["name"], posts(person)) == ("Right Name", [(EAST, "Seller")])


def test_who_is_switched_off_there_cannot_act_here_until_switched_on(world: World) -> None:
    who = world.bring("off@farhill.example")
    world.patch(who, active=False)
    assert world.person(who)["active"] is False
    world.patch(who, active=True)
    assert world.person(who)["active"] is True


def test_who_was_deactivated_here_is_not_let_in_by_a_change_of_something_else(world: World) -> None:
    who = world.bring("hr@farhill.example")
    world.me.done("deactivate-people", {"people": [{"person_id": who}]})
    world.patch(who, nickName="H")
    assert world.person(who)["active"] is False


def test_who_is_deleted_there_keeps_the_history_and_gives_back_the_name(world: World) -> None:
    who = world.bring("gone@farhill.example", displayName="Gone")
    world.provider.done("DELETE", f"Users/{who}")
    assert world.provider.ask("GET", f"Users/{who}").status_code == 404
    assert (world.person(who)["name"], world.person(who)["active"]) == ("Gone", False)
    assert world.bring("GONE@farhill.example") != who


def test_who_is_known_by_the_employee_number_is_not_employed_twice(world: World) -> None:
    known = str(id_of("person", "E-1001"))
    entry = {"name": "王芳", "name_en": "Wang Fang", "effective_from": "2026-01-05"}
    world.me.done("register-people", {"people": [{"person_id": known, **entry}]})
    numbered = {ENTERPRISE: {"employeeNumber": "E-1001"}}
    assert world.bring("wang@farhill.example", displayName="王芳", **numbered) == known
    assert world.person(known)["employed_from"] == "2026-01-05"
    assert world.bring("other@farhill.example", **numbered) != known


def test_who_comes_back_by_the_employee_number_is_the_same_person(world: World) -> None:
    numbered = {ENTERPRISE: {"employeeNumber": "E-1002"}}
    who = world.bring("back@farhill.example", **numbered)
    world.provider.done("DELETE", f"Users/{who}")
    assert world.bring("back2@farhill.example", **numbered) == who
    assert world.person(who)["active"] is True


def test_nobody_manages_themselves_and_a_manager_not_known_is_kept_as_said(world: World) -> None:
    who = world.bring("self@farhill.example")
    world.patch(who, **{f"{ENTERPRISE}:manager": who})
    assert world.person(who)["managers"] == []
    stranger = str(uuid4())
    world.patch(who, **{f"{ENTERPRISE}:manager": stranger})
    assert world.person(who)["managers"] == []
    told = world.provider.done("GET", f"Users/{who}")
    assert told[ENTERPRISE]["manager"]["value"] == stranger


def test_whoever_is_no_longer_named_as_manager_manages_no_longer(world: World) -> None:
    boss, who = world.bring("b2@farhill.example"), world.bring("w2@farhill.example")
    world.patch(who, **{f"{ENTERPRISE}:manager": boss})
    assert world.person(who)["managers"][0]["manager_id"] == boss
    remove = [{"op": "remove", "path": f"{ENTERPRISE}:manager"}]
    world.provider.done("PATCH", f"Users/{who}", {"schemas": [PATCH], "Operations": remove})
    assert world.person(who)["managers"] == []


def test_saying_the_same_again_records_nothing(world: World) -> None:
    body = user(
        "same@farhill.example",
        displayName="Same",
        externalId="s-1",
        emails=[{"value": "same@farhill.example", "type": "work", "primary": True}],
        **{ENTERPRISE: {"department": "Sales", "employeeNumber": "E-2"}},
    )
    who = world.provider.done("POST", "Users", body)
    before = world.facts()
    world.provider.done("PUT", f"Users/{who['id']}", body | {"id": who["id"]})
    world.patch(who["id"], displayName="Same", active=True)
    assert world.provider.ask("POST", "Users", body).status_code == 409
    assert world.facts() == before


def test_of_two_who_bring_the_same_name_at_once_one_is_refused(world: World) -> None:
    def bring(_n: int) -> int:
        return world.provider.ask("POST", "Users", user("race@farhill.example")).status_code

    with ThreadPoolExecutor(4) as at_once:
        assert sorted(at_once.map(bring, range(4))) == [201, 409, 409, 409]
    assert len(world.provider.found("Users", filter='userName eq "race@farhill.example"')) == 1


def test_a_request_sent_again_under_the_same_key_makes_one_person(world: World) -> None:
    key = str(uuid4())
    body = user("twice@farhill.example")
    first = world.provider.done("POST", "Users", body, Idempotency_Key=key)
    before = world.facts()
    assert world.provider.done("POST", "Users", body, Idempotency_Key=key)["id"] == first["id"]
    assert world.facts() == before


def test_every_fact_says_that_the_provisioning_did_it_and_with_which_token(world: World) -> None:
    world.bring("facts@farhill.example")
    last = "SELECT convert_from(state, 'UTF8') FROM log.facts ORDER BY position DESC LIMIT 1"
    envelope = json.loads(world.asked(last).split("\n")[0])
    assert envelope["actor"] == {"kind": "service", "id": "scim"}
    assert envelope["correlation"].startswith("scim-token:")


def test_a_password_is_kept_nowhere(world: World) -> None:
    world.bring("secret@farhill.example", password="correct horse battery")
    states = "SELECT string_agg(convert_from(state, 'UTF8'), '') FROM log.facts"
    assert "correct horse" not in world.asked(states)
    assert "correct horse" not in world.asked(
        "SELECT string_agg(attributes::text, '') FROM account"
    )
