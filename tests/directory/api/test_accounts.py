"""Accounts over HTTP: one bearer for every name, and told to nobody but the sign-in."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from services.host.house import fresh_keys
from shared.kernel.actors import service
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases

LI, CHEN = (str(uuid4()) for _ in range(2))
ISSUER = "https://id.farhill.example"


def employed(person_id: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "name": "李明",
        "name_en": "Li Ming",
        "effective_from": "2026-01-05",
    }


def account(person_id: str, user_name: str, **more: Any) -> dict[str, Any]:
    return {"accounts": [{"person_id": person_id, "user_name": user_name, **more}]}


@pytest.fixture
def me(databases: Databases) -> Iterator[At]:
    keys = fresh_keys(("directory", "web", "goals", "appraisal"))
    with (
        running(databases, "directory", keys=keys) as house,
        speaking(house, "directory", service("host")) as at,
    ):
        at.done("register-people", {"people": [employed(LI), employed(CHEN)]})
        at.done("provision-accounts", account(LI, "li.ming@farhill.example", external_id="e-17"))
        yield at


def found(me: At, **asked: str) -> list[dict[str, Any]]:
    accounts: list[dict[str, Any]] = me.read("/accounts", **asked)["accounts"]
    return accounts


THE_ONE = {"person_id": LI, "user_name": "li.ming@farhill.example", "active": True}


def test_an_account_is_found_by_name_in_any_capitals_by_external_id_and_by_login(me: At) -> None:
    assert found(me, user_name="LI.Ming@farhill.EXAMPLE") == [THE_ONE]
    assert found(me, external_id="e-17") == [THE_ONE]
    assert found(me, issuer=ISSUER, subject="s-1") == []
    me.done("link-login", {"person_id": LI, "issuer": ISSUER, "subject": "s-1"})
    assert found(me, issuer=ISSUER, subject="s-1") == [THE_ONE]
    assert found(me, issuer=ISSUER, subject="S-1") == []
    assert found(me) == []


def test_a_name_has_one_bearer_until_it_is_given_back(me: At) -> None:
    taken = me.ask("provision-accounts", account(CHEN, "Li.Ming@farhill.example"))
    assert (taken.status_code, taken.json()["code"]) == (409, "UserNameTaken")
    taken = me.ask("provision-accounts", account(CHEN, "chen", external_id="e-17"))
    assert (taken.status_code, taken.json()["code"]) == (409, "ExternalIdTaken")
    me.done("provision-accounts", account(LI, "ming.li@farhill.example"))
    me.done("provision-accounts", account(CHEN, "li.ming@farhill.example", external_id="e-17"))
    assert [one["person_id"] for one in found(me, external_id="e-17")] == [CHEN]
    assert [one["person_id"] for one in found(me, user_name="ming.li@farhill.example")] == [LI]


def test_capitals_alone_are_a_renaming_of_the_same_bearer(me: At) -> None:
    me.done("provision-accounts", account(LI, "Li.Ming@Farhill.example", external_id="e-17"))
    assert found(me, external_id="e-17")[0]["user_name"] == "Li.Ming@Farhill.example"
    taken = me.ask("provision-accounts", account(CHEN, "li.ming@farhill.example"))
    assert taken.json()["code"] == "UserNameTaken"


def test_a_login_opens_one_account_and_none_after_it_was_unlinked(me: At) -> None:
    login = {"issuer": ISSUER, "subject": "s-1"}
    me.done("provision-accounts", account(CHEN, "chen"))
    me.done("link-login", {"person_id": LI, **login})
    taken = me.ask("link-login", {"person_id": CHEN, **login})
    assert (taken.status_code, taken.json()["code"]) == (409, "LoginTaken")
    me.done("unlink-login", {"person_id": LI, **login})
    assert found(me, **login) == []
    me.done("link-login", {"person_id": CHEN, **login})
    assert [one["person_id"] for one in found(me, **login)] == [CHEN]


def test_who_closes_an_account_frees_its_names_and_logins(me: At) -> None:
    login = {"issuer": ISSUER, "subject": "s-1"}
    me.done("link-login", {"person_id": LI, **login})
    me.done("close-accounts", {"person_ids": [LI]})
    assert found(me, user_name="li.ming@farhill.example") == found(me, **login) == []
    me.done("provision-accounts", account(CHEN, "li.ming@farhill.example", external_id="e-17"))
    me.done("link-login", {"person_id": CHEN, **login})
    assert [one["person_id"] for one in found(me, **login)] == [CHEN]


def test_nobody_has_an_account_who_does_not_work_here(me: At) -> None:
    refused = me.ask("provision-accounts", account(str(uuid4()), "ghost"))
    assert (refused.status_code, refused.json()["code"]) == (422, "PersonUnknown")
    login = {"person_id": CHEN, "issuer": ISSUER, "subject": "s"}
    assert me.ask("link-login", login).json()["code"] == "AccountUnknown"


def test_an_account_is_not_active_before_the_first_and_after_the_last_day(me: At) -> None:
    assert not me.read("/accounts", external_id="e-17", on="2026-01-04")["accounts"][0]["active"]
    me.done("end-employment", {"person_id": LI, "last_day": "2026-02-27"})
    assert me.read("/accounts", external_id="e-17", on="2026-02-27")["accounts"][0]["active"]
    assert not me.read("/accounts", external_id="e-17", on="2026-02-28")["accounts"][0]["active"]


def test_only_the_sign_in_is_told(me: At) -> None:
    url = f"{me.house.url('directory')}/accounts?external_id=e-17"
    told = {}
    for identity in ("web", "host", "goals", "appraisal", "directory"):
        token = me.house.keys.minter(identity).mint_own(identity, "directory")
        answer = me.client.get(url, headers={"Authorization": f"Bearer {token}"})
        told[identity] = answer.status_code
    assert told == {"web": 200, "host": 200, "goals": 403, "appraisal": 403, "directory": 403}


def test_nothing_of_it_leaves_the_directory(me: At) -> None:
    token = me.house.keys.minter("directory").mint_own("directory", "directory")
    url = f"{me.house.url('directory')}/feeds/accounts"
    answer = me.client.get(url, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "FeedIsNotForYou")
