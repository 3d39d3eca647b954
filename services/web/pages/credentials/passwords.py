"""Passwords: which are good enough, how they are kept, and how one is checked."""

import re
from functools import cached_property

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.web.pages.language import to_translate

SHORTEST, LONGEST, FEWEST_SIGNS = 12, 200, 5
TOO_SHORT = to_translate(
    "This password is too short. Take at least 12 characters, such as a sentence."
)
TOO_LONG = to_translate("This password is too long. Take at most 200 characters.")
TOO_COMMON = to_translate(
    "This password is among the first that anybody tries. Take several words that do not belong"
    " together."
)
# what is left of a password that everybody tries, once digits and marks around it are taken off
COMMON = frozenset(
    (
        "",
        *("password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "pass", "mypassword"),
        *("admin", "administrator", "root", "user", "test", "demo", "guest", "cairn", "okr", "kpi"),
        *("welcome", "letmein", "changeme", "secret", "default", "hello", "login", "master"),
        *("qwerty", "qwertyuiop", "qwertyuiopasdfgh", "qwertyuiopasdfghjkl", "asdfghjkl", "abc"),
        *("qazwsx", "qazwsxedc", "qazwsxedcrfv", "zxcvbnm", "abcdef", "abcdefgh", "abcdefghijkl"),
        *("iloveyou", "woaini", "wozuishuai", "mima", "nihao", "dragon", "monkey", "sunshine"),
    )
)
ALONE = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def weakness(password: str, name: str) -> str | None:
    """Why this password will not do for this account, as a sentence; ``None`` when it will."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    plain = password.lower()
    bare = ALONE.sub("", plain)
    own = bool(name) and bare in (name.lower(), ALONE.sub("", name.lower()))
    if (
        own
        or bare in COMMON
        or plain == plain[: len(plain) // 2] * 2
        or len(set(plain)) < FEWEST_SIGNS
    ):
        return TOO_COMMON
    return None


class Passwords:
    """Argon2id as RFC 9106 advises for 64 MiB; two at once at most, however many people try."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._limiter = CapacityLimiter(2)

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        return await to_thread.run_sync(self._hasher.hash, password, limiter=self._limiter)

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; takes as long when nothing is kept of any."""
        return await to_thread.run_sync(self._verify, kept, password, limiter=self._limiter)

    def is_outdated(self, kept: str) -> bool:
        """Whether it was kept with weaker settings than are in force now."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody has this password")

    def _verify(self, kept: str | None, password: str) -> bool:
        try:
            self._hasher.verify(kept or self._nobodys, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None
