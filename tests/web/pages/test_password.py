"""Signing in with name and password at a real house, and changing the password."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import anyio
import httpx2
import psycopg
import pytest

from services.host.house import House
from services.web.wiring import credentials
from shared.kernel.ids import id_of
from tests.support.doors import WANG, browsing, dismiss, employ, small_house
from tests.support.postgres import Databases

GOOD = "stone by the old river"


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    """A house in which Wang Lei has a password."""
    with small_house(module_databases) as standing:
        give_password(standing, "wang.lei", WANG)
        yield standing


def give_password(house: House, name: str, who: object) -> None:
    key = house.keys.pairs["web"].private
    with credentials(house._access["web"], key) as kept:
        assert anyio.run(kept.passwords.make, name, who, GOOD, datetime.now(UTC)) is None


@pytest.fixture
def window(house: House) -> Iterator[httpx2.Client]:
    with browsing(house) as client:
        yield client


def enter(window: httpx2.Client, name: str, password: str = GOOD, **more: str) -> httpx2.Response:
    form = {"name": name, "password": password, **more}
    return window.post("/sign-in/password", data=form)


def is_in(window: httpx2.Client) -> bool:
    return window.get("/sessions").status_code == 200


def test_name_and_password_lead_to_the_page_one_wanted(window: httpx2.Client) -> None:
    assert 'name="password"' in window.get("/sign-in").text
    answer = enter(window, "Wang.Lei", next="/objectives")
    assert answer.headers["Location"] == "/objectives"
    assert "Password" in window.get("/sessions").text


def test_nobody_is_sent_to_another_site(window: httpx2.Client) -> None:
    assert enter(window, "wang.lei", next="//evil.test").headers["Location"] == "/"


def test_a_wrong_password_is_told_without_saying_what_is_wrong(window: httpx2.Client) -> None:
    wrong = enter(window, "wang.lei", "another long sentence")
    unknown = enter(window, f"nobody-{uuid4().hex[:8]}", "another long sentence")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not belong together" in wrong.text
    assert "another long sentence" not in wrong.text
    assert not is_in(window)


def test_whoever_guesses_is_told_how_long_to_wait(window: httpx2.Client) -> None:
    name = f"nobody-{uuid4().hex[:8]}"
    for _ in range(5):
        assert enter(window, name, "another long sentence").status_code == 422
    answer = enter(window, name)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15
    assert "Wait a while" in answer.text


def test_whoever_has_left_is_told_whom_to_ask(house: House, window: httpx2.Client) -> None:
    leaving = id_of("person", "E098")
    employ(house, leaving, "李去", "Li Qu")
    give_password(house, "li.qu", leaving)
    dismiss(house, leaving)
    answer = enter(window, "li.qu")
    assert answer.status_code == 422
    assert "not active" in answer.text
    with psycopg.connect(house._access["web"].runtime) as connection:
        last = connection.execute(
            "SELECT outcome, person_id FROM web.sign_ins ORDER BY sign_in_id DESC"
        ).fetchone()
    assert last == ("inactive", leaving)


def test_another_password_ends_every_other_session(house: House) -> None:
    who = id_of("person", "E097")
    employ(house, who, "周换", "Zhou Huan")
    give_password(house, "zhou.huan", who)
    with browsing(house) as here, browsing(house) as there:
        enter(here, "zhou.huan")
        enter(there, "zhou.huan")
        form = {"present": GOOD, "new": f"{GOOD}, in spring", "again": f"{GOOD}, in spring"}
        assert here.post("/password", data=form | {"present": "wrong"}).status_code == 422
        assert "do not match" in here.post("/password", data=form | {"again": "x"}).text
        assert "too short" in here.post("/password", data=form | {"new": "short"}).text
        assert is_in(there)
        assert here.post("/password", data=form).headers["Location"] == "/password?done=yes"
        assert is_in(here)
        assert not is_in(there)
        assert enter(there, "zhou.huan").status_code == 422
        assert enter(there, "zhou.huan", f"{GOOD}, in spring").status_code == 303
