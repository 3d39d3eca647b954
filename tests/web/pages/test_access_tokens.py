"""Making an access token on a page, and using it as a program would."""

import re
from collections.abc import Iterator
from html import unescape
from uuid import uuid4

import httpx2
import pytest

from services.host.house import House
from shared.kernel.ids import id_of
from tests.support.doors import WANG, browsing, dismiss, employ, small_house
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with small_house(module_databases, development_login=True) as standing:
        yield standing


@pytest.fixture
def window(house: House) -> Iterator[httpx2.Client]:
    with browsing(house) as client:
        client.post("/sign-in", data={"person": str(WANG)})
        yield client


def make(window: httpx2.Client, right: str = "read", **more: str) -> str:
    """Make a token on the page; it stands there this once."""
    form = {"name": "report", "days": "90", "directory": right, **more}
    page = window.post("/tokens", data=form)
    assert page.status_code == 200, page.text
    shown = re.search(r'value="(cairn_pat_[^"]+)"', page.text)
    assert shown is not None
    return unescape(shown[1])


def exchange(
    house: House, secret: str, audience: str = "directory", **more: str
) -> httpx2.Response:
    """As a program does it: no cookie, no browser."""
    return httpx2.post(
        f"{house.address}/api/token",
        json={"audience": audience, **more},
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
    )


def ask(house: House, token: str, method: str = "GET", path: str = "/people") -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    url = f"{house.url('directory')}{path}"
    body = {"person_id": str(id_of("person", "E777")), "last_day": "2026-01-02"}
    return httpx2.request(
        method, url, headers=headers, json=body if method == "POST" else None, trust_env=False
    )


def test_a_token_is_shown_once_and_lets_a_program_read(house: House, window: httpx2.Client) -> None:
    secret = make(window)
    assert "cairn_pat_" not in window.get("/tokens").text
    answer = exchange(house, secret).json()
    assert (answer["expires_in"], answer["scope"]) == (60, "read")
    assert ask(house, answer["access_token"]).status_code == 200
    assert "never" not in window.get("/tokens").text


def test_a_token_that_may_read_changes_nothing(house: House, window: httpx2.Client) -> None:
    token = exchange(house, make(window)).json()["access_token"]
    answer = ask(house, token, "POST", "/commands/end-employment")
    assert (answer.status_code, answer.json()["code"]) == (403, "OnlyReads")
    able = exchange(house, make(window, "write")).json()["access_token"]
    assert ask(house, able, "POST", "/commands/end-employment").json()["code"] != "OnlyReads"
    narrowed = exchange(house, make(window, "write"), scope="read").json()["access_token"]
    refused = ask(house, narrowed, "POST", "/commands/end-employment")
    assert refused.json()["code"] == "OnlyReads"


def test_a_token_opens_no_other_service_and_gains_no_right(
    house: House, window: httpx2.Client
) -> None:
    secret = make(window)
    for audience, more in (("goals", {}), ("web", {}), ("directory", {"scope": "write"})):
        answer = exchange(house, secret, audience, **more)
        assert answer.status_code == 403
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "NotOpenedByToken"


def test_what_is_no_token_is_told_so(house: House) -> None:
    for secret in ("nobody", "cairn_pat_", "cairn_pat_nobody", "x" * 5_000):
        answer = exchange(house, secret)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_opens_nothing(house: House, window: httpx2.Client) -> None:
    secret = make(window, name="short-lived")
    page = window.get("/tokens").text
    ways = re.findall(r'action="(/tokens/[^"]+/revoke)"', page)
    for way in ways:
        assert window.post(way).status_code == 303
    assert exchange(house, secret).status_code == 401
    assert "You have no access token" in window.get("/tokens").text


def test_nobody_revokes_another_persons_token(house: House, window: httpx2.Client) -> None:
    other = id_of("person", "E090")
    employ(house, other, "钱多", "Qian Duo")
    with browsing(house) as theirs:
        theirs.post("/sign-in", data={"person": str(other)})
        secret = make(theirs)
        (way,) = re.findall(r'action="(/tokens/[^"]+/revoke)"', theirs.get("/tokens").text)
        assert window.post(way).status_code == 303
        assert exchange(house, secret).status_code == 200


def test_the_token_of_whoever_has_left_opens_nothing(house: House) -> None:
    leaving = id_of("person", "E098")
    employ(house, leaving, "李去", "Li Qu")
    with browsing(house) as theirs:
        theirs.post("/sign-in", data={"person": str(leaving)})
        secret = make(theirs)
    assert exchange(house, secret).status_code == 200
    dismiss(house, leaving)
    assert exchange(house, secret).status_code == 401


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Please fill this in"),
        ({"directory": ""}, "at least one part"),
        ({"directory": "admin"}, "choose one of these"),
        ({"days": "9999"}, "choose one of these"),
    ],
    ids=["nameless", "nothing", "unknown-right", "for-ever"],
)
def test_a_form_with_something_amiss_makes_no_token(
    window: httpx2.Client, changed: dict[str, str], said: str
) -> None:
    form = {"name": "report", "days": "90", "directory": "read", **changed}
    page = window.post("/tokens", data=form)
    assert page.status_code == 422
    assert said in page.text
    assert "cairn_pat_" not in page.text
