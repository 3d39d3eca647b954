"""The pages over the real directory, on real PostgreSQL."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx2
import psycopg
import pytest
from psycopg_pool import ConnectionPool

from services.host.house import House
from services.web.pages.credentials.rows import Rows
from services.web.pages.sessions import COOKIE, StoredSessions
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases

NOW = datetime(2026, 9, 18, tzinfo=UTC)
WANG, EAST = id_of("person", "E021"), id_of("unit", "EAST")


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    """The directory and the pages in one process, with one person in one unit."""
    options = {"web": {"development_login": True}}
    with running(module_databases, "directory", "web", **options) as standing:
        with speaking(standing, "directory", service("import")) as clerk:
            unit = {
                "unit_id": str(EAST), "code": "EAST", "kind": "team", "name_zh": "华东组",
                "name_en": "East", "effective_from": "2026-07-01",
            }  # fmt: skip
            person = {
                "person_id": str(WANG), "name": "王磊", "name_en": "Wang Lei",
                "posts": [{"unit_id": str(EAST), "title": "销售代表"}],
                "effective_from": "2026-07-01",
            }  # fmt: skip
            clerk.done("register-units", {"units": [unit]})
            clerk.done("register-people", {"people": [person]})
            assert clerk.read("/people")["people"]
        yield standing


@pytest.fixture
def browser_of(house: House) -> Iterator[httpx2.Client]:
    """A browser at the address of the house."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "zh-CN"}
    with httpx2.Client(base_url=house.address, headers=headers, trust_env=False) as client:
        yield client


def test_one_signs_in_as_somebody_the_directory_knows(browser_of: httpx2.Client) -> None:
    assert "王磊" in browser_of.get("/sign-in").text
    answer = browser_of.post("/sign-in", data={"person": str(WANG)})
    assert answer.status_code == 303
    assert COOKIE in browser_of.cookies


def test_a_service_that_does_not_answer_has_a_page(browser_of: httpx2.Client) -> None:
    browser_of.post("/sign-in", data={"person": str(WANG)})
    answer = browser_of.get("/")
    assert answer.status_code == 503
    assert "暂时没有响应" in answer.text


def test_a_session_is_kept_by_the_hash_of_its_token_and_nothing_of_it_is_altered(
    house: House, browser_of: httpx2.Client
) -> None:
    browser_of.post("/sign-in", data={"person": str(WANG)})
    token = browser_of.cookies[COOKIE]
    web = house._access["web"]
    with psycopg.connect(web.runtime) as connection:
        rows = connection.execute("SELECT person_id, token_hash FROM web.sessions").fetchall()
        assert (WANG, hashlib.sha256(token.encode()).digest()) in rows
        assert token.encode() not in {kept for _, kept in rows}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE web.sessions SET person_id = person_id")


def test_signing_in_gives_another_session_each_time(browser_of: httpx2.Client) -> None:
    browser_of.post("/sign-in", data={"person": str(WANG)})
    first = browser_of.cookies[COOKIE]
    browser_of.post("/sign-in", data={"person": str(WANG)})
    assert browser_of.cookies[COOKIE] != first
    browser_of.cookies.clear()
    browser_of.cookies.set(COOKIE, first)
    assert browser_of.get("/sessions").headers["Location"].startswith("/sign-in")


def test_every_sign_in_has_its_line_and_no_line_is_ever_altered(
    house: House, browser_of: httpx2.Client
) -> None:
    browser_of.post("/sign-in", data={"person": str(WANG)})
    browser_of.post("/sign-out")
    web = house._access["web"]
    with psycopg.connect(web.runtime) as connection:
        lines = connection.execute(
            "SELECT way, outcome, person_id, address FROM web.sign_ins ORDER BY sign_in_id DESC"
        ).fetchmany(2)
    assert lines == [
        ("development", "signed_out", WANG, "127.0.0.0/24"),
        ("development", "signed_in", WANG, "127.0.0.0/24"),
    ]
    for statement in ("UPDATE web.sign_ins SET way = 'x'", "DELETE FROM web.sign_ins"):
        with psycopg.connect(web.owner) as connection, pytest.raises(psycopg.errors.RaiseException):
            connection.execute(statement)


def test_whoever_has_left_is_signed_out_with_the_next_page(
    house: House, browser_of: httpx2.Client
) -> None:
    leaving = id_of("person", "E099")
    with speaking(house, "directory", service("import")) as clerk:
        entry = {"person_id": str(leaving), "name": "李去", "name_en": "Li Qu"}
        clerk.done("register-people", {"people": [entry | {"effective_from": "2026-01-01"}]})
        assert clerk.read(f"/people/{leaving}")["person"]
        browser_of.post("/sign-in", data={"person": str(leaving)})
        assert browser_of.get("/sessions").status_code == 200
        clerk.done("end-employment", {"person_id": str(leaving), "last_day": "2026-01-02"})
        assert clerk.read(f"/people/{leaving}")["person"]["last_day"]
    assert browser_of.get("/sessions").headers["Location"].startswith("/sign-in")
    with psycopg.connect(house._access["web"].runtime) as connection:
        left = connection.execute(
            "SELECT count(*) FROM web.sessions WHERE person_id = %s", (leaving,)
        ).fetchone()
        assert left == (0,)


@pytest.fixture
def sessions(house: House) -> Iterator[StoredSessions]:
    """Sessions that last a day, and half an hour unused."""
    runtime = house._access["web"].runtime
    with ConnectionPool(runtime, min_size=1, kwargs={"autocommit": True}, open=True) as pool:
        yield StoredSessions(Rows(pool), timedelta(days=1), timedelta(minutes=30))


@pytest.mark.anyio
async def test_a_session_ends_when_it_is_too_old_however_much_it_is_used(
    sessions: StoredSessions,
) -> None:
    token = await sessions.begin(UUID(int=7), NOW)
    for minutes in range(0, 24 * 60, 20):
        assert await sessions.found(token, NOW + timedelta(minutes=minutes))
    assert await sessions.found(token, NOW + timedelta(days=1)) is None


@pytest.mark.anyio
async def test_a_session_ends_when_it_was_not_used_for_too_long(sessions: StoredSessions) -> None:
    token = await sessions.begin(UUID(int=7), NOW)
    assert await sessions.found(token, NOW + timedelta(minutes=29))
    assert await sessions.found(token, NOW + timedelta(minutes=58))
    assert await sessions.found(token, NOW + timedelta(minutes=88)) is None


@pytest.mark.anyio
async def test_one_ends_ones_own_sessions_and_nobody_elses(sessions: StoredSessions) -> None:
    mine, other = UUID(int=8), UUID(int=9)
    here = await sessions.begin(mine, NOW, "password", "Firefox · Linux")
    there, theirs = await sessions.begin(mine, NOW), await sessions.begin(other, NOW)
    at_home = await sessions.found(here, NOW)
    foreign = await sessions.found(theirs, NOW)
    assert at_home is not None
    assert foreign is not None
    assert {one.device for one in await sessions.of(mine, NOW)} == {"Firefox · Linux", ""}
    await sessions.end_one(mine, foreign.session_id)
    await sessions.end_all(mine, but=at_home.session_id)
    assert await sessions.found(theirs, NOW)
    assert await sessions.found(here, NOW)
    assert await sessions.found(there, NOW) is None


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"
