"""Tokens with which a program acts as a person: for some services, to read or also to write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.secrets import fresh, hash_of

Right = Literal["read", "write"]
# by which scanners of source code recognise one that was left lying about
PREFIX = "cairn_pat_"
USUAL_DAYS, MOST_DAYS = 90, 366
NOTED_EVERY = timedelta(minutes=1)
COLUMNS = "token_id, person_id AS person, name, scopes, made_at, expires_at, used_at, revoked_at"


@dataclass(frozen=True)
class AccessToken:
    """What is known of a token once it has been handed out; ``scopes`` are like ``goals:read``."""

    token_id: UUID
    person: UUID
    name: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def right(self, audience: str) -> Right | None:
        """What it may do at a service; writing includes reading."""
        if f"{audience}:write" in self.scopes:
            return "write"
        return "read" if f"{audience}:read" in self.scopes else None

    def is_good(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and now < self.expires_at


class AccessTokens:
    """The tokens in the database, by hash and by person."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def make(
        self, person: UUID, name: str, rights: Mapping[str, Right], days: int, now: datetime
    ) -> str:
        """A new token; the secret is answered once, and known to nobody afterwards."""
        if not 1 <= days <= MOST_DAYS:
            raise ValueError(f"a token lasts 1 to {MOST_DAYS} days")
        secret = PREFIX + fresh()
        await self._rows.ask(
            "INSERT INTO web.access_tokens"
            " (token_hash, person_id, name, scopes, made_at, expires_at)"
            " VALUES (%(hash)s, %(person)s, %(name)s, %(scopes)s, %(now)s, %(until)s)",
            hash=hash_of(secret),
            person=person,
            name=name,
            scopes=[f"{service}:{right}" for service, right in sorted(rights.items())],
            now=now,
            until=now + timedelta(days=days),
        )
        return secret

    async def found(self, secret: str, now: datetime) -> AccessToken | None:
        """The token with this secret, if it is good; that it was used is noted."""
        if not secret.startswith(PREFIX):
            return None
        rows = await self._rows.ask(
            f"SELECT {COLUMNS} FROM web.access_tokens WHERE token_hash = %(hash)s",
            hash=hash_of(secret),
        )
        token = AccessToken(**rows[0]) if rows else None
        if token is None or not token.is_good(now):
            return None
        if token.used_at is None or now - token.used_at > NOTED_EVERY:
            await self._rows.ask(
                "UPDATE web.access_tokens SET used_at = %(now)s WHERE token_id = %(id)s",
                now=now,
                id=token.token_id,
            )
        return token

    async def of(self, person: UUID | None = None) -> list[AccessToken]:
        """The tokens of a person, or all, the newest first."""
        rows = await self._rows.ask(
            f"SELECT {COLUMNS} FROM web.access_tokens"
            " WHERE %(person)s::uuid IS NULL OR person_id = %(person)s ORDER BY made_at DESC",
            person=person,
        )
        return [AccessToken(**row) for row in rows]

    async def revoke(
        self, token_id: UUID, now: datetime, person: UUID | None = None
    ) -> UUID | None:
        """Take a token back, of this person if one is named; whose it was, if it was good."""
        rows = await self._rows.ask(
            "UPDATE web.access_tokens SET revoked_at = %(now)s WHERE token_id = %(id)s"
            " AND revoked_at IS NULL AND (%(person)s::uuid IS NULL OR person_id = %(person)s)"
            " RETURNING person_id",
            id=token_id,
            now=now,
            person=person,
        )
        return UUID(str(rows[0]["person_id"])) if rows else None


def rights_of(scopes: Collection[str], services: Collection[str]) -> dict[str, Right] | None:
    """``goals:read`` and the like as rights by service; ``None`` when one is none of ours."""
    rights: dict[str, Right] = {}
    for scope in scopes:
        service, _, right = scope.partition(":")
        if service not in services or right not in ("read", "write"):
            return None
        if rights.get(service) != "write":
            rights[service] = "write" if right == "write" else "read"
    return rights
