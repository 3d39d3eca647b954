"""Signing in through a real provider: what lets one in, and everything that must not."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import psycopg
import pytest
from joserfc import jwt

from services.host.house import House
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.doors import WANG, browsing, dismiss, employ, give_account, small_house
from tests.support.house import speaking
from tests.support.oidc_provider import (
    OidcProvider,
    Trip,
    settings_for,
    standing_provider,
    travel,
)
from tests.support.postgres import Databases

PEOPLE = {
    "wang": {
        "sub": "0001",
        "preferred_username": "Wang.Lei@example.com",
    },
    "mei": {
        "sub": "0005",
        "preferred_username": "somebody else's",
        "email": "mei@example.com",
        "email_verified": True,
        "employee": "E023",
    },
    "stranger": {"sub": "0002", "preferred_username": "stranger@example.com"},
    "nameless": {"sub": "0003"},
}
LEFT, MEI = id_of("person", "E098"), id_of("person", "E023")


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with standing_provider() as made:
        made.people = dict(PEOPLE)
        yield made


@pytest.fixture(autouse=True)
def _unspoilt(provider: OidcProvider) -> None:
    provider.spoil, provider.only_by_asking, provider.algorithm = {}, set(), "RS256"
    provider.shown = None
    provider.asked.clear()


@pytest.fixture(scope="module")
def house(module_databases: Databases, provider: OidcProvider) -> Iterator[House]:
    """A house that trusts the provider in several ways, and in which Wang Lei has an account."""
    more = [
        settings_for(provider, name="by-login", match="subject"),
        settings_for(provider, name="by-number", match="external_id", claim="employee"),
        settings_for(provider, name="by-mail", claim="email"),
        settings_for(provider, name="away", issuer="http://127.0.0.1:9"),
        settings_for(provider, name="public", issuer="https://localhost:9", internal=False),
    ]
    with small_house(module_databases, providers=[settings_for(provider), *more]) as standing:
        give_account(standing, WANG, "wang.lei@example.com", "E021")
        employ(standing, MEI, "梅香", "Mei Xiang")
        give_account(standing, MEI, "mei@example.com", "E023")
        with speaking(standing, "directory", service("import")) as clerk:
            login = {"issuer": provider.issuer, "subject": "0005"}
            clerk.done("link-login", {"person_id": str(MEI), **login})
            assert clerk.read("/people")["people"]
        yield standing


@pytest.fixture
def window(house: House) -> Iterator[httpx2.Client]:
    with browsing(house) as client:
        yield client


def is_in(window: httpx2.Client) -> bool:
    return window.get("/sessions").status_code == 200


def last_line(house: House) -> tuple[Any, ...]:
    with psycopg.connect(house._access["web"].runtime) as connection:
        row = connection.execute(
            "SELECT way, outcome, person_id FROM web.sign_ins ORDER BY sign_in_id DESC"
        ).fetchone()
    assert row is not None
    return tuple(row)


def test_the_door_shows_the_way_and_it_leads_to_the_page_one_wanted(
    house: House, window: httpx2.Client
) -> None:
    page = window.get("/sign-in", params={"next": "/objectives?show=mine"}).text
    way = re.search(r'href="(/sign-in/with/corp[^"]*)"', page)
    assert way is not None
    assert "Go on with Example Ltd" in page
    next_page = parse_qs(urlsplit(unescape(way[1])).query)["next"][0]
    answer = travel(window, on_to=next_page).arrive()
    assert answer.headers["Location"] == "/objectives?show=mine"
    assert is_in(window)
    assert last_line(house) == ("company:corp", "signed_in", WANG)
    assert "Example Ltd" in window.get("/sessions").text


@pytest.mark.parametrize("by", ["by-number", "by-mail", "by-login"])
def test_a_person_is_found_by_what_was_agreed(window: httpx2.Client, by: str) -> None:
    assert travel(window, "mei", by=by).arrive().status_code == 303
    assert is_in(window)


def test_what_the_token_leaves_out_is_asked_for(
    window: httpx2.Client, provider: OidcProvider
) -> None:
    provider.only_by_asking = {"preferred_username"}
    assert travel(window).arrive().status_code == 303
    assert "userinfo" in provider.asked
    assert is_in(window)


def test_another_state_than_the_one_it_set_out_with_is_refused(
    house: House, window: httpx2.Client, provider: OidcProvider
) -> None:
    trip = travel(window)
    assert trip.arrive(state="another").status_code == 400
    assert "token" not in provider.asked
    assert not is_in(window)
    assert last_line(house) == ("company:corp", "not_valid", None)


def test_a_trip_that_another_browser_began_is_refused(
    house: House, window: httpx2.Client, provider: OidcProvider
) -> None:
    trip = travel(window)
    with browsing(house) as victim:
        victim.get("/sign-in/with/corp")
        assert Trip(victim, trip.back, {}).arrive().status_code == 400
        assert not is_in(victim)
    assert trip.arrive().status_code == 400  # it is used up


def test_one_comes_back_once_only(window: httpx2.Client, provider: OidcProvider) -> None:
    trip = travel(window)
    assert trip.arrive().status_code == 303
    assert trip.arrive().status_code == 400


def test_a_code_is_good_once_only(window: httpx2.Client, house: House) -> None:
    first = travel(window)
    code = parse_qs(urlsplit(first.back).query)["code"][0]
    assert first.arrive().status_code == 303
    window.post("/sign-out")
    assert travel(window).arrive(code=code).status_code == 403
    assert not is_in(window)


def test_a_code_of_another_trip_fails_for_its_verifier(window: httpx2.Client, house: House) -> None:
    stolen = parse_qs(urlsplit(travel(window).back).query)["code"][0]
    with browsing(house) as thief:
        assert travel(thief).arrive(code=stolen).status_code == 403
        assert not is_in(thief)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.test"},
        {"aud": "another client"},
        {"aud": "another client", "azp": "cairn"},
        {"aud": ["cairn", "another"], "azp": "another"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids="-".join,
)
def test_a_token_for_another_try_issuer_client_or_time_is_refused(
    house: House, window: httpx2.Client, provider: OidcProvider, spoilt: dict[str, Any]
) -> None:
    provider.spoil = spoilt
    answer = travel(window).arrive()
    assert answer.status_code == 403
    assert "cannot be trusted" in answer.text
    assert not is_in(window)
    assert last_line(house) == ("company:corp", "not_valid", None)


def test_a_way_of_signing_that_we_do_not_take_is_refused(
    window: httpx2.Client, provider: OidcProvider
) -> None:
    provider.algorithm = "RS512"
    assert travel(window).arrive().status_code == 403


def test_another_issuer_in_the_answer_is_refused(window: httpx2.Client) -> None:
    assert travel(window).arrive(iss="https://elsewhere.test").status_code == 403


def test_new_keys_of_the_provider_are_asked_for_once(
    window: httpx2.Client, provider: OidcProvider
) -> None:
    travel(window).arrive()
    provider.change_keys()
    provider.asked.clear()
    assert travel(window).arrive().status_code == 303
    assert provider.asked.count("jwks") == 1
    assert travel(window).arrive().status_code == 303
    assert provider.asked.count("jwks") == 1


def test_a_key_that_it_does_not_show_is_refused(
    window: httpx2.Client, provider: OidcProvider
) -> None:
    trip = travel(window)
    provider.shown = provider.key
    provider.change_keys()
    assert trip.arrive().status_code == 403


def test_whoever_has_no_account_is_told_what_to_do(house: House, window: httpx2.Client) -> None:
    answer = travel(window, "stranger").arrive()
    assert answer.status_code == 403
    assert "no account for you yet" in answer.text
    assert last_line(house) == ("company:corp", "unknown", None)
    assert travel(window, "nameless").arrive().status_code == 403


def test_whoever_the_provider_turns_away_is_told_so(window: httpx2.Client) -> None:
    answer = travel(window, "nobody").arrive()
    assert answer.status_code == 403
    assert "did not let you in" in answer.text


def test_an_address_that_its_owner_has_not_proved_is_nobodys(
    window: httpx2.Client, provider: OidcProvider
) -> None:
    provider.spoil = {"email_verified": False}
    assert travel(window, "mei", by="by-mail").arrive().status_code == 403
    provider.spoil = {}
    assert travel(window, "mei", by="by-mail").arrive().status_code == 303


def test_whoever_has_left_is_told_whom_to_ask(
    house: House, window: httpx2.Client, provider: OidcProvider
) -> None:
    provider.people["li"] = {"sub": "0004", "preferred_username": "li.qu@example.com"}
    employ(house, LEFT, "李去", "Li Qu")
    give_account(house, LEFT, "li.qu@example.com")
    assert travel(window, "li").arrive().status_code == 303
    dismiss(house, LEFT)
    assert not is_in(window)
    answer = travel(window, "li").arrive()
    assert answer.status_code == 403
    assert "not active" in answer.text
    assert last_line(house) == ("company:corp", "inactive", LEFT)


def test_a_provider_that_does_not_answer_has_a_sentence(window: httpx2.Client) -> None:
    answer = window.get("/sign-in/with/away")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_an_address_inside_is_not_asked_unless_that_is_meant(window: httpx2.Client) -> None:
    assert window.get("/sign-in/with/public").status_code == 503


def test_a_provider_that_nobody_named_is_not_there(window: httpx2.Client) -> None:
    assert window.get("/sign-in/with/evil").status_code == 404
    assert window.get("/sign-in/with/evil/back").status_code == 404


def test_nobody_is_sent_to_another_site(window: httpx2.Client) -> None:
    assert travel(window, on_to="https://evil.test/").arrive().headers["Location"] == "/"


def test_signing_out_offers_to_sign_out_of_the_company_too(
    house: House, window: httpx2.Client, provider: OidcProvider
) -> None:
    travel(window).arrive()
    page = window.post("/sign-out").text
    way = re.search(rf'href="({re.escape(provider.issuer)}/logout[^"]*)"', page)
    assert way is not None
    asked = parse_qs(urlsplit(unescape(way[1])).query)
    (hint,) = asked.pop("id_token_hint")
    claims = jwt.decode(hint, provider.key, algorithms=[provider.algorithm]).claims
    assert (claims["iss"], claims["aud"]) == (provider.issuer, "cairn")
    assert asked == {
        "client_id": ["cairn"],
        "post_logout_redirect_uri": [f"{house.address}/sign-in"],
    }
    assert not is_in(window)
    assert last_line(house) == ("company:corp", "signed_out", WANG)
