"""Browsers that have set out to a company's sign-in and have yet to come back."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.secrets import fresh, hash_of

LASTING = timedelta(minutes=10)


@dataclass(frozen=True)
class Attempt:
    """What a browser set out with, and where it wants to go once it is signed in."""

    provider: str
    nonce: str
    verifier: str
    on_to: str
    state: str = ""


class Attempts:
    """Kept on the server, each good for one coming back of one browser."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def begin(self, provider: str, browser: str, on_to: str, now: datetime) -> Attempt:
        """A browser sets out; attempts that nobody came back from are cleared away."""
        begun = Attempt(provider, fresh(), fresh(), on_to, fresh())
        await self._rows.ask(
            "DELETE FROM web.sign_in_attempts WHERE begun_at <= %(old)s", old=now - LASTING
        )
        await self._rows.ask(
            "INSERT INTO web.sign_in_attempts"
            " (state_hash, browser_hash, provider, nonce, verifier, on_to, begun_at)"
            " VALUES (%(state)s, %(browser)s, %(provider)s, %(nonce)s, %(verifier)s, %(on_to)s,"
            " %(now)s)",
            state=hash_of(begun.state),
            browser=hash_of(browser),
            provider=provider,
            nonce=begun.nonce,
            verifier=begun.verifier,
            on_to=on_to,
            now=now,
        )
        return begun

    async def finish(
        self, provider: str, browser: str, state: str, now: datetime
    ) -> Attempt | None:
        """What this browser set out with; ``None`` when it did not, or has been here before."""
        rows = await self._rows.ask(
            "DELETE FROM web.sign_in_attempts WHERE state_hash = %(state)s"
            " RETURNING browser_hash, provider, nonce, verifier, on_to, begun_at",
            state=hash_of(state),
        )
        if not rows:
            return None
        row = rows[0]
        theirs = hmac.compare_digest(row["browser_hash"], hash_of(browser))
        if not theirs or row["provider"] != provider or row["begun_at"] <= now - LASTING:
            return None
        return Attempt(provider, row["nonce"], row["verifier"], row["on_to"])
