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
    IdentityRefused,
    KeyPair,
    Minter,
    NotSignedIn,
    Verifier,
    new_key_pair,
)
from shared.kernel.actors import person, service


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
    token = Minter("web", web.private, web.public).mint(person("p1"), "metrics")
    caller = verifier.verify(token)
    assert (caller.person, caller.identity, caller.is_service) == ("p1", "web", False)


def test_a_service_speaks_for_itself(verifier: Verifier, goals: KeyPair) -> None:
    minter = Minter("goals", goals.private, goals.public)
    assert verifier.verify(minter.mint_own("goals", "metrics")).is_service


@pytest.mark.parametrize("actor", [person("p1"), service("web"), service("goals", "p1")])
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
    caller = verifier.verify(minter.mint(service("import", "p1"), "metrics"))
    assert (caller.identity, caller.person) == ("web", "p1")
    assert verifier.verify(minter.mint_own("web", "metrics")).is_service


@pytest.mark.parametrize("actor", [service("goals"), service("goals", "p1")])
def test_nobody_speaks_in_the_name_of_a_service_that_signs_for_itself(
    verifier: Verifier, web: KeyPair, actor: Any
) -> None:
    with pytest.raises(NotSignedIn):
        verifier.verify(Minter("web", web.private, web.public).mint(actor, "metrics"))


def test_a_token_for_another_service_is_refused(verifier: Verifier, web: KeyPair) -> None:
    token = Minter("web", web.private, web.public).mint(person("p1"), "goals")
    with pytest.raises(NotSignedIn):
        verifier.verify(token)


def test_a_token_signed_with_an_unknown_key_is_refused(verifier: Verifier) -> None:
    stranger = new_key_pair()
    token = Minter("web", stranger.private, stranger.public).mint(person("p1"), "metrics")
    with pytest.raises(NotSignedIn):
        verifier.verify(token)


def _forged(pair: KeyPair, **changed: Any) -> str:
    now = int(time.time())
    claims = {"aud": "metrics", "iat": now, "exp": now + 60, "actor": {"kind": "person", "id": "p"}}
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": pair.public, "d": pair.private})
    header = {"alg": ALGORITHM, "kid": "web"}
    return jwt.encode(header, claims | changed, key, algorithms=[ALGORITHM])


@pytest.mark.parametrize(
    "changed",
    [
        lambda now: {"iat": now - 120, "exp": now - 60},
        lambda now: {"iat": now + 60, "exp": now + 120},
        lambda now: {"exp": now + 3600},
        lambda now: {"actor": {"kind": "god", "id": "p"}},
        lambda now: {"actor": None},
        lambda now: {"aud": ["metrics", "goals"]},
        lambda now: {"exp": "soon"},
    ],
)
def test_a_token_that_says_something_odd_is_refused(
    verifier: Verifier, web: KeyPair, changed: Callable[[int], dict[str, Any]]
) -> None:
    assert verifier.verify(_forged(web)).person == "p"
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
        walled.verify(Minter("web", web.private, web.public).mint(person("p"), "metrics"))
