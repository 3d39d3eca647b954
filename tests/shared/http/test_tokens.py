"""Tokens: one service, one minute, and a key speaks only for whom it may."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.http.settings import PublicKey
from shared.http.tokens import (
    ALGORITHM,
    LEEWAY,
    SECONDS,
    IdentityRefused,
    KeyPair,
    Minter,
    NotSignedIn,
    Verifier,
    new_key_pair,
)
from shared.kernel.actors import person, service
from shared.kernel.ids import id_of

P1 = str(id_of("person", "E1"))


@pytest.fixture
def web() -> KeyPair:
    return new_key_pair()


@pytest.fixture
def goals() -> KeyPair:
    return new_key_pair()


@pytest.fixture
def verifier(web: KeyPair, goals: KeyPair) -> Verifier:
    keyring = {
        "web": PublicKey(identity="web", public=web.public, speaks_for_people=True),
        "goals": PublicKey(identity="goals", public=goals.public),
    }
    return Verifier("metrics", keyring)


def test_a_token_tells_who_asks(verifier: Verifier, web: KeyPair) -> None:
    token = Minter("web", web.private, web.public).mint(person(P1), "metrics")
    caller = verifier.verify(token)
    assert (caller.person, caller.identity, caller.is_service) == (P1, "web", False)


def test_a_service_speaks_for_itself(verifier: Verifier, goals: KeyPair) -> None:
    minter = Minter("goals", goals.private, goals.public)
    assert verifier.verify(minter.mint_own("goals", "metrics")).is_service


@pytest.mark.parametrize("actor", [person(P1), service("web"), service("goals", P1)])
def test_a_services_key_speaks_for_nobody_else(
    verifier: Verifier, goals: KeyPair, actor: Any
) -> None:
    minter = Minter("goals", goals.private, goals.public)
    with pytest.raises(NotSignedIn):
        verifier.verify(minter.mint(actor, "metrics"))


def test_who_speaks_for_people_also_speaks_for_services_without_a_key(
    verifier: Verifier, web: KeyPair
) -> None:
    minter = Minter("web", web.private, web.public)
    caller = verifier.verify(minter.mint(service("import", P1), "metrics"))
    assert (caller.identity, caller.person) == ("web", P1)
    assert verifier.verify(minter.mint_own("web", "metrics")).is_service


@pytest.mark.parametrize("actor", [service("goals"), service("goals", P1)])
def test_nobody_speaks_in_the_name_of_a_service_that_signs_for_itself(
    verifier: Verifier, web: KeyPair, actor: Any
) -> None:
    with pytest.raises(NotSignedIn):
        verifier.verify(Minter("web", web.private, web.public).mint(actor, "metrics"))


def test_a_token_for_another_service_is_refused(verifier: Verifier, web: KeyPair) -> None:
    token = Minter("web", web.private, web.public).mint(person(P1), "goals")
    with pytest.raises(NotSignedIn):
        verifier.verify(token)


def test_a_token_signed_with_an_unknown_key_is_refused(verifier: Verifier) -> None:
    stranger = new_key_pair()
    token = Minter("web", stranger.private, stranger.public).mint(person(P1), "metrics")
    with pytest.raises(NotSignedIn):
        verifier.verify(token)


def _forged(pair: KeyPair, **changed: Any) -> str:
    now = int(time.time())
    claims = {"aud": "metrics", "iat": now, "exp": now + 60, "actor": {"kind": "person", "id": P1}}
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": pair.public, "d": pair.private})
    header = {"alg": ALGORITHM, "kid": "web"}
    return jwt.encode(header, claims | changed, key, algorithms=[ALGORITHM])


@pytest.mark.parametrize(
    "changed",
    [
        lambda now: {"iat": now - 120, "exp": now - 60},
        lambda now: {"iat": now + 60, "exp": now + 120},
        lambda now: {"exp": now + 3600},
        lambda now: {"actor": {"kind": "god", "id": P1}},
        lambda now: {"actor": None},
        lambda now: {"aud": ["metrics", "goals"]},
        lambda now: {"exp": "soon"},
    ],
)
def test_a_token_that_says_something_odd_is_refused(
    verifier: Verifier, web: KeyPair, changed: Callable[[int], dict[str, Any]]
) -> None:
    assert verifier.verify(_forged(web)).person == P1
    with pytest.raises(NotSignedIn):
        verifier.verify(_forged(web, **changed(int(time.time()))))


@pytest.mark.parametrize("token", ["", "a.b.c", "a.b", "{}", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(verifier: Verifier, token: str) -> None:
    with pytest.raises(NotSignedIn):
        verifier.verify(token)


def test_an_identity_behind_a_wall_is_refused_by_name(web: KeyPair) -> None:
    keyring = {"web": PublicKey(identity="web", public=web.public, speaks_for_people=True)}
    walled = Verifier("metrics", keyring, frozenset({"web"}))
    with pytest.raises(IdentityRefused):
        walled.verify(Minter("web", web.private, web.public).mint(person(P1), "metrics"))


@pytest.mark.parametrize("name", ["p1", "", P1.upper(), f"{{{P1}}}", f"urn:uuid:{P1}", P1 + "\x00"])
def test_a_person_is_named_by_an_id_as_ids_are_written(
    verifier: Verifier, web: KeyPair, name: str
) -> None:
    minter = Minter("web", web.private, web.public)
    for actor in (
        person(name),
        service("import").model_copy(update={"on_behalf_of": name}),
        person(P1).model_copy(update={"on_behalf_of": name}),
    ):
        with pytest.raises(NotSignedIn):
            verifier.verify(minter.mint(actor, "metrics"))


def test_a_token_may_be_for_reading_only(verifier: Verifier, web: KeyPair) -> None:
    minter = Minter("web", web.private, web.public)
    assert verifier.verify(minter.mint(person(P1), "metrics", "read")).scope == "read"
    assert verifier.verify(minter.mint(person(P1), "metrics")).scope == "write"


def test_a_scope_that_nobody_knows_is_refused(verifier: Verifier, web: KeyPair) -> None:
    minter = Minter("web", web.private, web.public)
    with pytest.raises(NotSignedIn):
        verifier.verify(minter.mint(person(P1), "metrics", "admin"))  # type: ignore[arg-type]
    token = minter.mint(person(P1), "metrics", "read")
    head, _, tail = token.split(".")
    wider = minter.mint(person(P1), "metrics").split(".")[1]
    with pytest.raises(NotSignedIn):
        verifier.verify(f"{head}.{wider}.{tail}")


def test_a_key_is_changed_by_adding_the_new_one_before_the_old_one_goes(web: KeyPair) -> None:
    new = new_key_pair()
    old_key = PublicKey(identity="web", public=web.public, speaks_for_people=True)
    new_key = PublicKey(identity="web", public=new.public, speaks_for_people=True)
    by_old = Minter("web", web.private, web.public).mint(person(P1), "metrics")
    by_new = Minter("web-2", new.private, new.public).mint(person(P1), "metrics")
    before = Verifier("metrics", {"web": old_key})
    both = Verifier("metrics", {"web": old_key, "web-2": new_key})
    after = Verifier("metrics", {"web-2": new_key})
    assert [both.verify(token).identity for token in (by_old, by_new)] == ["web", "web"]
    for verifier, stranger in ((before, by_new), (after, by_old)):
        with pytest.raises(NotSignedIn):
            verifier.verify(stranger)


def test_a_token_that_was_accepted_is_refused_once_its_minute_is_over(
    verifier: Verifier, web: KeyPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Minter("web", web.private, web.public).mint(person(P1), "metrics")
    assert verifier.verify(token).person == P1
    later = time.time() + SECONDS + LEEWAY + 1
    monkeypatch.setattr("shared.http.tokens.time.time", lambda: later)
    with pytest.raises(NotSignedIn):
        verifier.verify(token)
