"""The company's word for who came in: kept sealed, opened by the session's cookie alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.web.pages.company.id_tokens import LONGEST, IdTokens
from services.web.pages.credentials.rows import Rows
from services.web.pages.sessions import StoredSessions
from tests.support.postgres import Databases
from tests.support.web_tables import web_rows

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def rows(module_databases: Databases) -> Iterator[Rows]:
    with web_rows(module_databases("web")) as rows:
        yield rows


async def begun(rows: Rows) -> tuple[StoredSessions, str]:
    sessions = StoredSessions(rows, timedelta(hours=1), timedelta(hours=1))
    return sessions, await sessions.begin(uuid4(), NOW)


async def test_it_is_opened_by_the_cookie_of_the_session_and_by_no_other(rows: Rows) -> None:
    kept = IdTokens(rows)
    _, mine = await begun(rows)
    _, other = await begun(rows)
    await kept.keep(mine, "header.claims.signature")
    assert await kept.of(mine) == "header.claims.signature"
    assert await kept.of(other) == ""
    (row,) = await rows.ask("SELECT sealed FROM web.id_tokens")
    assert b"claims" not in bytes(row["sealed"])
    await rows.ask(
        "INSERT INTO web.id_tokens (token_hash, sealed) SELECT token_hash, %(sealed)s"
        " FROM web.sessions WHERE token_hash NOT IN (SELECT token_hash FROM web.id_tokens)",
        sealed=row["sealed"],
    )
    assert await kept.of(other) == ""


async def test_it_goes_with_the_session(rows: Rows) -> None:
    kept = IdTokens(rows)
    sessions, mine = await begun(rows)
    await kept.keep(mine, "header.claims.signature")
    await sessions.end(mine)
    assert await kept.of(mine) == ""


async def test_what_is_too_long_for_an_address_is_not_kept(rows: Rows) -> None:
    kept = IdTokens(rows)
    for said in ("", "x" * (LONGEST + 1)):
        _, mine = await begun(rows)
        await kept.keep(mine, said)
        assert await kept.of(mine) == ""
