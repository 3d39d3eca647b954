"""Who is signed in: one row a session, found by the hash of what the cookie says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.secrets import fresh, hash_of

COOKIE = "cairn_session"
# a use is noted at most so often: reading a page should not write one
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """One browser in which somebody is signed in; ``way`` is how they came in; ``giver`` for whom
    they chose to act, under which ``delegation``.
    """

    session_id: UUID
    person: UUID
    begun_at: datetime
    used_at: datetime
    way: str = "development"
    device: str = ""
    giver: UUID | None = None
    delegation: UUID | None = None


class Sessions(Protocol):
    """Where sessions are kept; ending one ends the access at once."""

    @property
    def lasting(self) -> timedelta:
        """How long a session lasts at most."""
        ...

    async def begin(
        self, person: UUID, now: datetime, way: str = "development", device: str = ""
    ) -> str:
        """A new session of this person; answers what the cookie shall say."""
        ...

    async def found(self, token: str, now: datetime) -> Session | None:
        """The session; ``None`` when it is unknown, ended, left unused for too long or too old."""
        ...

    async def of(self, person: UUID, now: datetime) -> list[Session]:
        """Where this person is signed in, last used first."""
        ...

    async def act(self, session_id: UUID, giver: UUID | None, delegation: UUID | None) -> None:
        """Act for somebody in this session from now on; for nobody without a giver."""
        ...

    async def end(self, token: str) -> None:
        """End this session."""
        ...

    async def end_one(self, person: UUID, session_id: UUID) -> None:
        """End a session of this person by its id."""
        ...

    async def end_all(self, person: UUID, but: UUID | None = None) -> None:
        """End every session of this person, but for one."""
        ...


class StoredSessions:
    """Sessions in the database; the cookie's secret itself is never stored."""

    def __init__(self, rows: Rows, lasting: timedelta, idle: timedelta) -> None:
        self._rows, self.lasting, self.idle = rows, lasting, idle

    async def begin(
        self, person: UUID, now: datetime, way: str = "development", device: str = ""
    ) -> str:
        """A new session of this person; those that are over are cleared away."""
        token = fresh()
        await self._rows.ask(
            "DELETE FROM web.sessions WHERE ends_at <= %(now)s OR used_at <= %(unused)s",
            now=now,
            unused=now - self.idle,
        )
        await self._rows.ask(
            "INSERT INTO web.sessions"
            " (token_hash, person_id, begun_at, used_at, ends_at, way, device)"
            " VALUES (%(hash)s, %(person)s, %(now)s, %(now)s, %(ends)s, %(way)s, %(device)s)",
            hash=hash_of(token),
            person=person,
            now=now,
            ends=now + self.lasting,
            way=way,
            device=device,
        )
        return token

    async def found(self, token: str, now: datetime) -> Session | None:
        """The session, if it still lasts; that it was used is noted."""
        rows = await self._rows.ask(
            "SELECT session_id, person_id AS person, begun_at, used_at, way, device,"
            " giver_id AS giver, delegation_id AS delegation"
            " FROM web.sessions WHERE token_hash = %(hash)s"
            " AND ends_at > %(now)s AND used_at > %(unused)s",
            hash=hash_of(token),
            now=now,
            unused=now - self.idle,
        )
        if not rows:
            return None
        session = Session(**rows[0])
        if now - session.used_at > NOTED_EVERY:
            await self._rows.ask(
                "UPDATE web.sessions SET used_at = %(now)s WHERE session_id = %(id)s",
                now=now,
                id=session.session_id,
            )
        return session

    async def of(self, person: UUID, now: datetime) -> list[Session]:
        """Where this person is signed in, last used first."""
        rows = await self._rows.ask(
            "SELECT session_id, person_id AS person, begun_at, used_at, way, device"
            " FROM web.sessions WHERE person_id = %(person)s"
            " AND ends_at > %(now)s AND used_at > %(unused)s ORDER BY used_at DESC",
            person=person,
            now=now,
            unused=now - self.idle,
        )
        return [Session(**row) for row in rows]

    async def act(self, session_id: UUID, giver: UUID | None, delegation: UUID | None) -> None:
        """Act for somebody in this session from now on; for nobody without a giver."""
        await self._rows.ask(
            "UPDATE web.sessions SET giver_id = %(giver)s, delegation_id = %(delegation)s"
            " WHERE session_id = %(id)s",
            giver=giver,
            delegation=delegation,
            id=session_id,
        )

    async def end(self, token: str) -> None:
        """End this session; ending it twice changes nothing."""
        await self._rows.ask(
            "DELETE FROM web.sessions WHERE token_hash = %(hash)s", hash=hash_of(token)
        )

    async def end_one(self, person: UUID, session_id: UUID) -> None:
        """End a session of this person; another's is left alone."""
        await self._rows.ask(
            "DELETE FROM web.sessions WHERE person_id = %(person)s AND session_id = %(id)s",
            person=person,
            id=session_id,
        )

    async def end_all(self, person: UUID, but: UUID | None = None) -> None:
        """End every session of this person, but for one."""
        await self._rows.ask(
            "DELETE FROM web.sessions WHERE person_id = %(person)s"
            " AND session_id IS DISTINCT FROM %(but)s::uuid",
            person=person,
            but=but,
        )
