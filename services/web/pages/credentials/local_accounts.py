"""Who signs in with a password of this installation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.web.pages.credentials.rows import Rows

COLUMNS = "name, person_id AS person, password_hash, made_at, password_set_at, disabled_at"


@dataclass(frozen=True)
class LocalAccount:
    """A name that a person signs in with; a disabled one lets nobody in."""

    name: str
    person: UUID
    password_hash: str
    made_at: datetime
    password_set_at: datetime
    disabled_at: datetime | None = None


class LocalAccounts:
    """The accounts in the database, by name and by person."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def any(self) -> bool:
        """Whether anybody can sign in with a password here."""
        rows = await self._rows.ask(
            "SELECT EXISTS (SELECT FROM web.local_accounts WHERE disabled_at IS NULL) AS known"
        )
        return bool(rows[0]["known"])

    async def named(self, name: str) -> LocalAccount | None:
        """The account of this name, however it is written."""
        rows = await self._rows.ask(
            f"SELECT {COLUMNS} FROM web.local_accounts WHERE name = %(name)s",
            name=canonical(name),
        )
        return LocalAccount(**rows[0]) if rows else None

    async def of(self, person: UUID) -> LocalAccount | None:
        """The account of this person."""
        rows = await self._rows.ask(
            f"SELECT {COLUMNS} FROM web.local_accounts WHERE person_id = %(person)s", person=person
        )
        return LocalAccount(**rows[0]) if rows else None

    async def all(self) -> list[LocalAccount]:
        """All accounts by name."""
        rows = await self._rows.ask(f"SELECT {COLUMNS} FROM web.local_accounts ORDER BY name")
        return [LocalAccount(**row) for row in rows]

    async def add(self, name: str, person: UUID, password_hash: str, now: datetime) -> bool:
        """A new account; ``False`` when the name or the person has one already."""
        made = await self._rows.ask(
            "INSERT INTO web.local_accounts"
            " (name, person_id, password_hash, made_at, password_set_at)"
            " VALUES (%(name)s, %(person)s, %(hash)s, %(now)s, %(now)s)"
            " ON CONFLICT DO NOTHING RETURNING name",
            name=canonical(name),
            person=person,
            hash=password_hash,
            now=now,
        )
        return bool(made)

    async def set_password(self, name: str, password_hash: str, now: datetime) -> None:
        """Another password; whoever was disabled can sign in again."""
        await self._rows.ask(
            "UPDATE web.local_accounts SET password_hash = %(hash)s, password_set_at = %(now)s,"
            " disabled_at = NULL WHERE name = %(name)s",
            name=canonical(name),
            hash=password_hash,
            now=now,
        )

    async def disable(self, name: str, now: datetime) -> None:
        """Let nobody in by this name any more."""
        await self._rows.ask(
            "UPDATE web.local_accounts SET disabled_at = %(now)s"
            " WHERE name = %(name)s AND disabled_at IS NULL",
            name=canonical(name),
            now=now,
        )


def canonical(name: str) -> str:
    """A name as it is compared: without blanks around it, in small letters."""
    return name.strip().lower()
