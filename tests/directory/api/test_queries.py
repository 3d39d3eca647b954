"""The directory over HTTP: what was registered is read back, as of any instant."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest

from shared.kernel.actors import service
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases

COMPANY, EAST, CHEN, LI = (str(uuid4()) for _ in range(4))
UNITS = [
    {
        "unit_id": COMPANY,
        "code": "FARHILL",
        "kind": "company",
        "name_zh": "远山科技",
        "name_en": "Farhill Technology",
        "head_id": CHEN,
        "effective_from": "2026-07-01",
    },
    {
        "unit_id": EAST,
        "code": "EAST",
        "kind": "team",
        "name_zh": "华东",
        "name_en": "East",
        "parent_id": COMPANY,
        "effective_from": "2026-07-01",
    },
]
PEOPLE = [
    {
        "person_id": CHEN,
        "name": "陈晓",
        "name_en": "Chen Xiao",
        "posts": [{"unit_id": COMPANY, "title": "Head"}],
        "roles": [{"role": "executive"}],
        "effective_from": "2026-07-01",
    },
    {
        "person_id": LI,
        "name": "李明",
        "name_en": "Li Ming",
        "posts": [{"unit_id": EAST, "title": "Sales"}],
        "managers": [{"manager_id": CHEN}],
        "effective_from": "2026-07-01",
    },
]


@pytest.fixture(scope="module")
def me(module_databases: Databases) -> Iterator[At]:
    with running(module_databases, "directory") as house, speaking(house, "directory") as at:
        at.done("register-units", {"units": UNITS})
        at.done("register-people", {"people": PEOPLE})
        yield at


def test_what_was_registered_is_seen_at_once(me: At) -> None:
    person = me.read(f"/people/{LI}")["person"]
    assert (person["name"], person["name_en"]) == ("李明", "Li Ming")
    assert person["posts"] == [
        {"unit_id": EAST, "title": "Sales", "share": 10_000, "effective_from": "2026-07-01"}
    ]
    line = {"kind": "line", "manager_id": CHEN, "effective_from": "2026-07-01"}
    assert person["managers"] == [line]
    assert [unit["code"] for unit in me.read("/units")["units"]] == ["EAST", "FARHILL"]
    always = {"effective_from": "2026-07-01", "expires_on": None}
    executive = {"role": "executive", "unit_id": None, **always}
    assert me.read(f"/people/{CHEN}")["person"]["roles"] == [executive]


def test_people_are_found_by_unit_and_paged(me: At) -> None:
    assert [p["person_id"] for p in me.read("/people", unit=EAST)["people"]] == [LI]
    first = me.read("/people", limit=1)
    second = me.read("/people", limit=1, after=first["next"])
    ids = [page["people"][0]["person_id"] for page in (first, second)]
    assert ids == [CHEN, LI]
    assert me.read("/people", after=second["next"], limit=1)["people"] == []


def test_registering_the_same_again_records_nothing(me: At) -> None:
    before = me.done("register-people", {"people": PEOPLE})
    assert me.done("register-people", {"people": PEOPLE})["streams"] == before["streams"]


def test_the_past_reads_as_it_was_then(me: At) -> None:
    then = me.read("/units")["complete_through"]
    moved = [{**UNITS[1], "name_en": "East China", "name_zh": "华东区"}]
    me.done("register-units", {"units": moved})
    now = {unit["code"]: unit["name_en"] for unit in me.read("/units")["units"]}
    past = {unit["code"]: unit["name_en"] for unit in me.read("/units", as_of=then)["units"]}
    assert (now["EAST"], past["EAST"]) == ("East China", "East")
    assert me.read("/people", as_of="2020-01-01T00:00:00Z")["people"] == []


@pytest.mark.parametrize("as_of", ["9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00+08:00"])
def test_instants_at_the_ends_of_time_are_answered(me: At, as_of: str) -> None:
    told = me.read("/people", as_of=as_of)
    assert "1900-01-01" <= told["as_of"] <= told["complete_through"]


def test_a_business_day_beyond_all_calendars_is_refused(me: At) -> None:
    refused = me.get("/people", on="9999-12-31")
    assert (refused.status_code, refused.json()["code"]) == (422, "NotWellFormed")


def test_an_unknown_manager_is_refused_by_field_in_the_readers_language(me: At) -> None:
    stranger = {**PEOPLE[1], "person_id": str(uuid4()), "managers": [{"manager_id": str(uuid4())}]}
    me.language = "zh-CN"
    refused = me.ask("register-people", {"people": [stranger]})
    me.language = "en"
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "PersonUnknown")
    assert problem["field"] == "people[0].managers[0].manager_id"
    assert problem["detail"].startswith("没有编号为")


def test_a_request_without_an_id_a_token_or_a_zone_is_refused(me: At) -> None:
    url = f"{me.house.url('directory')}/commands/register-units"
    bare = me.client.post(url, json={"units": UNITS})
    assert (bare.status_code, bare.json()["code"]) == (401, "NotSignedIn")
    signed = me.client.post(
        url,
        json={"units": UNITS},
        headers={"Authorization": f"Bearer {me.house.token(me.actor, 'directory')}"},
    )
    assert (signed.status_code, signed.json()["code"]) == (400, "RequestIdMissing")
    naive = me.get("/people", as_of="2026-08-14T18:00:00")
    assert (naive.status_code, naive.json()["code"]) == (400, "InstantNeedsZone")


def test_the_feed_is_for_the_services_that_need_it(me: At) -> None:
    assert me.get("/feeds/organisation").status_code == 403
    url = f"{me.house.url('directory')}/feeds/organisation"
    token = me.house.keys.minter("directory").mint_own("directory", "directory")
    own = me.client.get(url, headers={"Authorization": f"Bearer {token}"})
    assert (own.status_code, own.json()["code"]) == (403, "FeedIsNotForYou")


def test_a_feed_is_opened_by_the_signature_and_not_by_the_name_on_the_token(me: At) -> None:
    url = f"{me.house.url('directory')}/feeds/organisation"
    borrowed = me.house.token(service("goals"), "directory")
    answer = me.client.get(url, headers={"Authorization": f"Bearer {borrowed}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "FeedIsNotForYou")


def test_the_calendar_knows_periods_and_days(me: At) -> None:
    period = {"code": "2026-Q3", "kind": "quarter", "first": "2026-07-01", "last": "2026-09-30"}
    me.done("define-periods", {"periods": [period]})
    me.done("mark-days", {"days": [{"day": "2026-09-25", "kind": "day_off"}]})
    calendar = me.read("/calendar")
    assert calendar["periods"] == [period]
    assert calendar["days"] == [{"day": "2026-09-25", "kind": "day_off"}]
    backwards = {**period, "code": "x", "first": "2026-10-01"}
    assert me.ask("define-periods", {"periods": [backwards]}).json()["code"] == "PeriodBackwards"


def test_who_leaves_is_read_as_gone(me: At) -> None:
    me.done("end-employment", {"person_id": LI, "last_day": "2026-12-31"})
    assert me.read(f"/people/{LI}")["person"]["last_day"] == "2026-12-31"
    nobody = me.ask("end-employment", {"person_id": str(uuid4()), "last_day": "2026-12-31"})
    assert nobody.status_code == 404


def test_text_that_no_table_can_keep_is_refused_by_field(me: At) -> None:
    bad = {**PEOPLE[1], "posts": [{"unit_id": EAST, "title": "Sa\x00les"}]}
    refused = me.ask("register-people", {"people": [bad]})
    assert (refused.status_code, refused.json()["code"]) == (422, "TextUnreadable")
    assert refused.json()["field"] == "people[0].posts[0].title"
    assert me.get("/people", unit=EAST, name="\x00").json()["code"] == "TextUnreadable"


def test_half_a_character_is_refused(me: At) -> None:
    url = f"{me.house.url('directory')}/commands/register-people"
    body = json.dumps({"people": [{**PEOPLE[1], "name": "X"}]}).replace('"X"', '"\\ud800"')
    headers = {
        "Authorization": f"Bearer {me.house.token(me.actor, 'directory')}",
        "Idempotency-Key": str(uuid4()),
        "Content-Type": "application/json",
    }
    assert me.client.post(url, content=body, headers=headers).status_code == 422


def test_who_moved_belongs_to_the_old_unit_until_the_day_before(me: At) -> None:
    post = {"unit_id": COMPANY, "title": "Sales"}
    moved = {**PEOPLE[1], "posts": [post], "effective_from": "2026-08-03"}
    me.done("register-people", {"people": [moved]})

    def in_the_east(day: str) -> list[str]:
        return [one["person_id"] for one in me.read("/people", unit=EAST, on=day)["people"]]

    assert (in_the_east("2026-08-02"), in_the_east("2026-08-03")) == ([LI], [])


def test_a_day_beyond_all_calendars_is_refused(me: At) -> None:
    early = {**PEOPLE[1], "effective_from": "0001-01-01"}
    refused = me.ask("register-people", {"people": [early]})
    assert (refused.status_code, refused.json()["code"]) == (422, "NotWellFormed")
