"""The tokens of identity providers: shown once, kept as a hash, expiring, ended by hand."""

import hashlib
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from shared.eventing.recorder import Pool
from shared.kernel.refusals import NotFound

MARK = "cairn-scim-"
MAKE = """
INSERT INTO scim.token (label, hash, made_by, expires_at)
VALUES (%s, %s, %s, clock_timestamp() + make_interval(days => %s))
RETURNING token_id, label, made_by, made_at, expires_at
"""
# noting each use would write a row per request: once a minute is enough to see who comes in
USE = """
WITH known AS (
    SELECT token_id, last_used FROM scim.token
    WHERE hash = %s AND revoked_at IS NULL AND expires_at > clock_timestamp()
), noted AS (
    UPDATE scim.token t SET last_used = clock_timestamp() FROM known k
    WHERE t.token_id = k.token_id
      AND coalesce(k.last_used < clock_timestamp() - interval '1 minute', true)
)
SELECT token_id FROM known
"""
LIST = """
SELECT token_id, label, made_by, made_at, expires_at, last_used, revoked_at
FROM scim.token ORDER BY made_at
"""
REVOKE = """
UPDATE scim.token SET revoked_at = coalesce(revoked_at, clock_timestamp())
WHERE token_id = %s RETURNING token_id, revoked_at
"""


class Tokens:
    """Makes tokens, knows them again and ends them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def make(self, label: str, made_by: str, days: int) -> dict[str, Any]:
        """A new token, with its text, which nobody can be told again."""
        text = MARK + secrets.token_urlsafe(32)
        return {**self._one(MAKE, label, _hash(text), made_by, days), "token": text}

    def holder(self, text: str) -> UUID | None:
        """The id of this token, if it is one that is in force; notes that it was used."""
        with self._pool.connection() as connection:
            row = connection.execute(USE, (_hash(text),)).fetchone()
        return row[0] if row else None

    def all(self) -> list[dict[str, Any]]:
        """Every token that was ever made, without its text."""
        with self._pool.connection() as connection:
            return connection.cursor(row_factory=dict_row).execute(LIST).fetchall()

    def revoke(self, token_id: UUID) -> datetime:
        """End a token at once; ending it twice changes nothing."""
        revoked: datetime = self._one(REVOKE, token_id)["revoked_at"]
        return revoked

    def _one(self, query: str, *params: Any) -> dict[str, Any]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            row = cursor.execute(query, params).fetchone()
        if row is None:
            raise NotFound(what="token")
        return row


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
