"""Who can sign in to this installation at all, and what to do when nobody can."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

import anyio
import httpx2

from services.host.reach import Reach
from services.web.wiring import credentials

NONE = (
    'nobody can sign in yet: cairn admin new NAME --name "Your Name" makes an administrator with a'
    " password; CAIRN_WEB_PROVIDERS names your company's sign-in (docs/operations.md, Signing in)"
)
ANYBODY = "everybody may sign in as anybody, without a password: for demonstrations only"


@dataclass(frozen=True)
class WaysIn:
    """The ways that are open: as anybody, with a password, through these companies."""

    development: bool
    passwords: bool
    companies: Sequence[str]

    @property
    def said(self) -> str:
        """In a sentence."""
        if self.development:
            return ANYBODY
        ways = [*self.companies, *(["name and password"] if self.passwords else [])]
        return f"by {', '.join(ways)}" if ways else NONE

    @property
    def is_sound(self) -> bool:
        """Whether people come in, and each as themselves."""
        return not self.development and (self.passwords or bool(self.companies))


def ways_in(reach: Reach) -> WaysIn:
    """The ways in of the pages that run, or of those that would."""
    try:
        answer = reach.client.get(f"{reach.address}/health/ways-in")
        told = answer.json() if answer.status_code == 200 else None
    except (httpx2.TransportError, ValueError):
        told = None
    if told is not None:
        return WaysIn(told["development"], told["passwords"], told["companies"])
    with credentials(reach.access["web"], reach.keys.pairs["web"].private) as kept:
        passwords = anyio.run(kept.passwords.is_open)
    named = ["the company"] if os.environ.get("CAIRN_WEB_PROVIDERS") else []
    return WaysIn(development=False, passwords=passwords, companies=named)
