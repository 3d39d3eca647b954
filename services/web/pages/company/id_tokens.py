"""What the company's sign-in said of whoever came in, kept for signing out there too.

Sealed with a key that only the cookie of the session gives: whoever reads the database reads none.
"""

import hashlib
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.secrets import hash_of

NONCE_BYTES = 12
# it travels in an address, and addresses are not endless
LONGEST = 4_000


class IdTokens:
    """One for each session that began at a company's sign-in; it goes with the session."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def keep(self, session: str, id_token: str) -> None:
        """Keep what was said when this session began, by what its cookie says."""
        if not id_token or len(id_token) > LONGEST:
            return
        nonce = urandom(NONCE_BYTES)
        sealed = nonce + _cipher(session).encrypt(nonce, id_token.encode(), None)
        await self._rows.ask(
            "INSERT INTO web.id_tokens (token_hash, sealed) VALUES (%(hash)s, %(sealed)s)",
            hash=hash_of(session),
            sealed=sealed,
        )

    async def of(self, session: str) -> str:
        """What was said when this session began; empty where nothing is kept."""
        rows = await self._rows.ask(
            "SELECT sealed FROM web.id_tokens WHERE token_hash = %(hash)s", hash=hash_of(session)
        )
        if not rows:
            return ""
        sealed = bytes(rows[0]["sealed"])
        try:
            said = _cipher(session).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
        except InvalidTag:
            return ""
        return said.decode()


def _cipher(session: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"cairn id token" + session.encode()).digest())
