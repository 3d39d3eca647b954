"""What the security log is told: who, by which route as it is written, from which network."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from shared.http.bounds import Limits
from shared.http.commanding import Asking
from shared.http.limiting import RateLimits
from shared.http.problems import add_problem_documents
from shared.http.refusing import network_of
from shared.http.sentences import Sentences
from shared.http.settings import PublicKey
from shared.http.tokens import KeyPair, Minter, Verifier, new_key_pair
from shared.kernel.actors import person
from shared.kernel.ids import id_of
from shared.kernel.refusals import Refused

LI = str(id_of("person", "E1"))


class DoorIsLocked(Refused):
    """The door is locked. Knock."""

    status = 403


class HandleIsMissing(Refused):
    """There is no handle. Push."""


class Remembered:
    def __init__(self) -> None:
        self.entries: list[Any] = []

    def note(self, entry: Any) -> None:
        self.entries.append(entry)


@pytest.fixture
def key() -> KeyPair:
    return new_key_pair()


@pytest.fixture
def kept() -> Remembered:
    return Remembered()


@pytest.fixture
def client(key: KeyPair, kept: Remembered) -> TestClient:
    app = FastAPI()
    keyring = {"web": PublicKey(identity="web", public=key.public, speaks_for_people=True)}
    app.state.verifier, app.state.security_log = Verifier("goals", keyring), kept
    app.state.access, app.state.rates = None, RateLimits(Limits())
    add_problem_documents(app, Sentences([], "refusals"))

    @app.get("/doors/{door}")
    def door(door: str, caller: Asking) -> None:
        if door == "handle":
            raise HandleIsMissing
        raise DoorIsLocked(field="door", rule="doors-2")

    return TestClient(app)


def bearer(key: KeyPair) -> dict[str, str]:
    token = Minter("web", key.private, key.public).mint(person(LI), "goals")
    return {"Authorization": f"Bearer {token}"}


def test_a_refusal_names_who_asked_what_and_why_not(
    client: TestClient, key: KeyPair, kept: Remembered
) -> None:
    answer = client.get("/doors/7", headers=bearer(key) | {"Cairn-Correlation": "c-1"})
    assert answer.status_code == 403
    (entry,) = kept.entries
    assert (entry.identity, entry.person) == ("web", LI)
    assert (entry.method, entry.route, entry.status) == ("GET", "/doors/{door}", 403)
    assert (entry.code, entry.field, entry.rule) == ("DoorIsLocked", "door", "doors-2")
    assert entry.correlation == "c-1"


def test_who_is_not_signed_in_is_noted_without_a_name(client: TestClient, kept: Remembered) -> None:
    assert client.get("/doors/7", headers={"Authorization": "Bearer x"}).status_code == 401
    (entry,) = kept.entries
    assert (entry.code, entry.identity, entry.person) == ("NotSignedIn", None, None)
    assert entry.route == "/doors/{door}"


def test_other_refusals_are_not_for_this_log(
    client: TestClient, key: KeyPair, kept: Remembered
) -> None:
    assert client.get("/doors/handle", headers=bearer(key)).status_code == 422
    assert client.get("/nowhere").status_code == 404
    assert kept.entries == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("testclient", None),
        (None, None),
    ],
)
def test_of_an_address_only_its_network_is_kept(address: str | None, network: str | None) -> None:
    assert network_of(address) == network
