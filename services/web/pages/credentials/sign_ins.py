"""The log of signing in: who came in, who was turned away, from where, and when."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Literal, Protocol
from uuid import UUID

from services.web.pages.credentials.rows import Rows

Outcome = Literal[
    "signed_in",
    "signed_out",
    "ended_elsewhere",
    "ended_inactive",
    "unknown",
    "inactive",
    "wrong_password",
    "too_many_tries",
    "not_valid",
    "password_set",
    "disabled",
    "token_made",
    "token_revoked",
]
NETWORKS = {4: 24, 6: 48}


@dataclass(frozen=True)
class Origin:
    """Where a try comes from: the network of the address, never all of it, and the device."""

    address: str = ""
    device: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the log, as those who watch over it read it."""

    at: datetime
    outcome: str
    person: UUID | None
    address: str
    device: str


class SignIns(Protocol):
    """Where tries are noted, and looked at again to slow down whoever guesses."""

    async def note(
        self,
        at: datetime,
        way: str,
        outcome: Outcome,
        origin: Origin,
        person: UUID | None = None,
        tried: bytes | None = None,
    ) -> None:
        """Add a line to the log."""
        ...

    async def latest(
        self, most: int, until: datetime | None, person: UUID | None
    ) -> Sequence[Line]:
        """The latest lines before an instant, of one person or of everybody, the newest first."""
        ...


class StoredSignIns:
    """The log in the database, which refuses to change or lose a line."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def note(
        self,
        at: datetime,
        way: str,
        outcome: Outcome,
        origin: Origin,
        person: UUID | None = None,
        tried: bytes | None = None,
    ) -> None:
        """Add a line to the log."""
        await self._rows.ask(
            "INSERT INTO web.sign_ins (at, person_id, tried_hash, way, outcome, address, device)"
            " VALUES (%(at)s, %(person)s, %(tried)s, %(way)s, %(outcome)s,"
            " %(address)s, %(device)s)",
            at=at,
            person=person,
            tried=tried,
            way=way,
            outcome=outcome,
            address=origin.address,
            device=origin.device,
        )

    async def latest(
        self, most: int, until: datetime | None, person: UUID | None
    ) -> Sequence[Line]:
        """The latest lines before an instant, of one person or of everybody, the newest first."""
        rows = await self._rows.ask(
            "SELECT at, outcome, person_id AS person, address, device FROM web.sign_ins"
            " WHERE (%(until)s::timestamptz IS NULL OR at < %(until)s)"
            " AND (%(person)s::uuid IS NULL OR person_id = %(person)s)"
            " ORDER BY sign_in_id DESC LIMIT %(most)s",
            most=most,
            until=until,
            person=person,
        )
        return [Line(**row) for row in rows]


def tried_hash(key: str, name: str) -> bytes:
    """A name that was tried, so that tries of the same name are seen to be that and no more.

    Keyed with a secret of the installation: names are short enough to be guessed from a bare hash.
    """
    return hmac.new(key.encode(), name.strip().lower().encode(), hashlib.sha256).digest()


def network_of(address: str) -> str:
    """The network that an address lies in: its first 24 bits, or 48 of IPv6; empty if unknown."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{known}/{NETWORKS[known.version]}", strict=False))
