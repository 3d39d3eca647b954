"""The pages over the real directory, on real PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx2
import psycopg
import pytest

from services.host.house import House
from services.web.pages.sessions import COOKIE, StoredSessions
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases

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


def test_sessions_are_kept_by_the_hash_of_their_token_and_end(house: House) -> None:
    web = house._access["web"]
    with psycopg.connect(web.runtime) as connection:
        rows = connection.execute("SELECT person_id, length(token_hash) FROM web.sessions")
        assert set(rows.fetchall()) <= {(WANG, 32)}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE web.sessions SET person_id = person_id")


@pytest.mark.anyio
async def test_a_session_ends_by_itself(house: House) -> None:
    from psycopg_pool import ConnectionPool

    runtime = house._access["web"].runtime
    with ConnectionPool(runtime, min_size=1, kwargs={"autocommit": True}, open=True) as pool:
        sessions = StoredSessions(pool, timedelta(hours=1))
        now = datetime(2026, 9, 18, tzinfo=UTC)
        person = UUID(int=7)
        token = await sessions.begin(person, now)
        assert await sessions.person(token, now) == person
        assert await sessions.person(token, now + timedelta(hours=1)) is None
        await sessions.begin(person, now + timedelta(hours=2))
        assert await sessions.person(token, now) is None


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"
