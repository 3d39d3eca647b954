"""Who is signed in: one row a session, found by the hash of what the cookie says."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

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

    def __init__(self, pool: AsyncConnectionPool, lasting: timedelta) -> None:
        self._pool, self._lasting = pool, lasting

    async def begin(self, person: UUID, now: datetime) -> str:
        """A new session of this person; those that are too old are cleared away."""
        token = secrets.token_urlsafe(32)
        async with self._pool.connection() as connection:
            await connection.execute("DELETE FROM web.sessions WHERE ends_at <= %s", [now])
            await connection.execute(
                "INSERT INTO web.sessions (token_hash, person_id, begun_at, ends_at)"
                " VALUES (%s, %s, %s, %s)",
                [_hash(token), person, now, now + self._lasting],
            )
        return token

    async def person(self, token: str, now: datetime) -> UUID | None:
        """Whose session it is, if it still lasts."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT person_id FROM web.sessions WHERE token_hash = %s AND ends_at > %s",
                [_hash(token), now],
            )
            row = await cursor.fetchone()
        return row[0] if row else None

    async def end(self, token: str) -> None:
        """End this session; ending it twice changes nothing."""
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM web.sessions WHERE token_hash = %s", [_hash(token)]
            )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
