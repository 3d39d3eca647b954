"""The door of SCIM opens to a token of its own, in force, and says so in SCIM's words."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest

from shared.http.bounds import Limits
from shared.http.limiting import RateLimits
from shared.kernel.actors import person, service
from tests.support.house import running, speaking
from tests.support.postgres import Databases
from tests.support.provisioning import Provider, new_token, provisioning, user


@pytest.fixture(scope="module")
def provider(module_databases: Databases) -> Iterator[Provider]:
    with running(module_databases, "directory") as house, provisioning(house) as one:
        yield one


def knock(provider: Provider, **headers: str) -> httpx2.Response:
    url = f"{provider.house.url('directory')}/scim/v2/Users"
    return httpx2.get(url, headers=headers, trust_env=False, timeout=30)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer cairn-scim-nobody", "Basic YTpi"])
def test_nobody_comes_in_without_a_token(provider: Provider, header: str) -> None:
    answer = knock(provider, **({"Authorization": header} if header else {}))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="SCIM"'
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_a_token_of_a_service_is_none_of_scim(provider: Provider) -> None:
    token = provider.house.keys.minter("host").mint_own("host", "directory")
    assert knock(provider, Authorization=f"Bearer {token}").status_code == 401


def test_a_token_of_scim_opens_nothing_else(provider: Provider) -> None:
    for path in ("/people", "/accounts?user_name=x", "/scim-tokens"):
        url = f"{provider.house.url('directory')}{path}"
        headers = {"Authorization": provider.client.headers["Authorization"]}
        assert httpx2.get(url, headers=headers, trust_env=False).status_code == 401


def test_a_token_that_has_expired_opens_nothing(provider: Provider) -> None:
    told = new_token(provider.house)
    bearer = f"Bearer {told['token']}"
    assert knock(provider, Authorization=bearer).status_code == 200
    owner = provider.house.services["directory"].settings.owner_database_url
    assert owner is not None
    with psycopg.connect(owner.get_secret_value(), autocommit=True) as connection:
        past = "UPDATE scim.token SET expires_at = made_at WHERE token_id = %s"
        connection.execute(past, (told["token_id"],))
    assert knock(provider, Authorization=bearer).status_code == 401


def test_administrators_keep_tokens_and_nobody_else(provider: Provider) -> None:
    with speaking(provider.house, "directory", service("host")) as host:
        entry = {"name": "N", "name_en": "N", "effective_from": "2026-01-05"}
        keepers = {"admin": str(uuid4()), "hr": str(uuid4())}
        people = [
            {"person_id": who, "roles": [{"role": role}], **entry} for role, who in keepers.items()
        ]
        host.done("register-people", {"people": people})
        seen = host.seen
    answers = {}
    for role, who in keepers.items():
        with speaking(provider.house, "directory", person(who)) as me:
            me.seen = seen
            answers[role] = me.get("/scim-tokens").status_code
    assert answers == {"admin": 200, "hr": 403}


def test_the_text_of_a_token_is_kept_nowhere_and_its_life_is_never_lengthened(
    provider: Provider,
) -> None:
    told = new_token(provider.house, "kept")
    with provider.house.services["directory"].pool.connection() as connection:
        row = connection.execute("SELECT t::text FROM scim.token t WHERE label = 'kept'").fetchone()
        assert row is not None
        assert told["token"] not in row[0]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE scim.token SET expires_at = 'infinity'")


def test_addresses_in_answers_are_those_of_the_caller(provider: Provider) -> None:
    made = provider.done("POST", "Users", user("address@farhill.example"))
    base = f"{provider.house.url('directory')}/scim/v2"
    assert made["meta"]["location"] == f"{base}/Users/{made['id']}"


def test_what_changed_meanwhile_is_not_overwritten(provider: Provider) -> None:
    made = provider.done("POST", "Users", user("etag@farhill.example"))
    version = made["meta"]["version"]
    path = f"Users/{made['id']}"
    assert provider.ask("GET", path, If_None_Match=version).status_code == 304
    changed = {**user("etag@farhill.example"), "nickName": "E"}
    assert provider.ask("PUT", path, changed, If_Match=version).status_code == 200
    late = provider.ask("PUT", path, changed | {"nickName": "L"}, If_Match=version)
    assert (late.status_code, late.json()["status"]) == (412, "412")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"userName": ""}, "invalidValue"),
        ({}, "invalidValue"),
        ({"userName": "n\x00l@farhill.example"}, "invalidValue"),
        ({"userName": "x" * 300}, "invalidValue"),
        ([], "invalidSyntax"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_scims_words(
    provider: Provider, body: Any, kind: str
) -> None:
    refused = provider.ask("POST", "Users", body)
    assert (refused.status_code, refused.json()["scimType"]) == (400, kind), refused.text


def test_bulk_and_passwords_are_not_announced(provider: Provider) -> None:
    told = provider.done("GET", "ServiceProviderConfig")
    supported = {name: told[name]["supported"] for name in ("patch", "filter", "sort", "etag")}
    assert supported == dict.fromkeys(supported, True)
    assert not told["bulk"]["supported"]
    assert not told["changePassword"]["supported"]
    assert provider.ask("POST", "Bulk", {}).status_code == 501
    assert provider.ask("GET", "Me").status_code == 501


def test_whoever_tries_many_tokens_has_to_wait_and_whoever_has_one_has_not(
    provider: Provider,
) -> None:
    provider.house.services["directory"].app.state.rates = RateLimits(Limits(strangers_a_minute=3))
    tried = [knock(provider, Authorization=f"Bearer cairn-scim-{n}") for n in range(5)]
    assert [answer.status_code for answer in tried] == [401, 401, 401, 429, 429]
    assert provider.ask("GET", "Users").status_code == 200
