"""Who is signed in: one row a session, found by the hash of what the cookie says."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, LiteralString, Protocol
from uuid import UUID

from anyio import to_thread
from psycopg_pool import ConnectionPool

COOKIE = "cairn_session"


class Sessions(Protocol):
    """Where sessions are kept; ending one ends the access at once."""

    async def begin(self, person: UUID, now: datetime) -> str:
        """A new session of this person; answers what the cookie shall say."""
        ...

    async def person(self, token: str, now: datetime) -> UUID | None:
        """Whose session it is; ``None`` when it is unknown, ended or too old."""
        ...

    async def end(self, token: str) -> None:
        """End this session."""
        ...


class StoredSessions:
    """Sessions in the database; the cookie's secret itself is never stored."""

    def __init__(self, pool: ConnectionPool, lasting: timedelta) -> None:
        self._pool, self._lasting = pool, lasting

    async def begin(self, person: UUID, now: datetime) -> str:
        """A new session of this person; those that are too old are cleared away."""
        token = secrets.token_urlsafe(32)
        await self._run("DELETE FROM web.sessions WHERE ends_at <= %s", now)
        await self._run(
            "INSERT INTO web.sessions (token_hash, person_id, begun_at, ends_at)"
            " VALUES (%s, %s, %s, %s)",
            _hash(token),
            person,
            now,
            now + self._lasting,
        )
        return token

    async def person(self, token: str, now: datetime) -> UUID | None:
        """Whose session it is, if it still lasts."""
        rows = await self._run(
            "SELECT person_id FROM web.sessions WHERE token_hash = %s AND ends_at > %s",
            _hash(token),
            now,
        )
        return rows[0][0] if rows else None

    async def end(self, token: str) -> None:
        """End this session; ending it twice changes nothing."""
        await self._run("DELETE FROM web.sessions WHERE token_hash = %s", _hash(token))

    async def _run(self, statement: LiteralString, *values: object) -> list[Any]:
        return await to_thread.run_sync(self._execute, statement, values)

    def _execute(self, statement: LiteralString, values: tuple[object, ...]) -> list[Any]:
        with self._pool.connection() as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
