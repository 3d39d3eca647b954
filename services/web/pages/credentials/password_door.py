"""Coming in with a name and a password: checked, slowed down, and noted, whatever comes out."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.web.pages.credentials.guessing import NO_TIME, Guessing
from services.web.pages.credentials.local_accounts import (
    LocalAccount,
    LocalAccounts,
    canonical,
)
from services.web.pages.credentials.passwords import Passwords, weakness
from services.web.pages.credentials.sign_ins import Origin, SignIns, tried_hash

WAY = "password"
NAME = re.compile(r"[\w.@+-]{1,100}")


@dataclass(frozen=True)
class Checked:
    """What came of a try: whose name and password it was, or why not, and how long to wait."""

    outcome: Literal["right", "wrong_password", "too_many_tries"]
    tried: bytes
    person: UUID | None = None
    wait: timedelta = NO_TIME


class PasswordDoor:
    """The accounts behind the form for name and password.

    ``key`` is a secret of the installation with which tried names are hashed.
    """

    def __init__(
        self,
        accounts: LocalAccounts,
        passwords: Passwords,
        guessing: Guessing,
        sign_ins: SignIns,
        key: str,
    ) -> None:
        self.accounts, self.passwords = accounts, passwords
        self._guessing, self._sign_ins, self._key = guessing, sign_ins, key

    async def is_open(self) -> bool:
        """Whether anybody can come in this way."""
        return await self.accounts.any()

    async def account_of(self, person: UUID) -> LocalAccount | None:
        """The account with which this person comes in; ``None`` without one, or a disabled one."""
        account = await self.accounts.of(person)
        return account if account and account.disabled_at is None else None

    async def check(self, name: str, password: str, origin: Origin, now: datetime) -> Checked:
        """Whether name and password belong together; a failure is noted, and slows down the next.

        An unknown name takes as long as a wrong password, and answers the same.
        """
        tried = tried_hash(self._key, name)
        wait = await self._guessing.pause(tried, origin.address, now)
        if wait > NO_TIME:
            await self._sign_ins.note(now, WAY, "too_many_tries", origin, tried=tried)
            return Checked("too_many_tries", tried, wait=wait)
        account = await self.accounts.named(name)
        able = account if account and account.disabled_at is None else None
        kept = able.password_hash if able else None
        if not await self.passwords.matches(kept, password) or able is None:
            person = account.person if account else None
            await self._sign_ins.note(now, WAY, "wrong_password", origin, person, tried)
            return Checked("wrong_password", tried)
        if self.passwords.is_outdated(able.password_hash):
            hashed = await self.passwords.hashed(password)
            await self.accounts.set_password(able.name, hashed, now)
        return Checked("right", tried, able.person)

    async def unfit(self, name: str, password: str) -> str | None:
        """Why no account of this name with this password can be made; ``None`` when it can."""
        if not NAME.fullmatch(canonical(name)):
            return f"{name!r} will not do as a name: take letters, digits, dots, at most 100."
        if await self.accounts.named(name):
            return f"{name} has an account already. Choose another name, or set its password anew."
        return weakness(password, name)

    async def make(self, name: str, person: UUID, password: str, now: datetime) -> str | None:
        """A new account for this person; why not, when there can be none."""
        unfit = await self.unfit(name, password)
        if unfit is not None:
            return unfit
        if not await self.accounts.add(name, person, await self.passwords.hashed(password), now):
            return "This person has an account already, under another name."
        await self._note_set(name, person, Origin(), now)
        return None

    async def renew(self, account: LocalAccount, password: str, now: datetime) -> str | None:
        """Another password for this account; why not, when it will not do."""
        unfit = weakness(password, account.name)
        if unfit is None:
            await self.set_password(account, password, Origin(), now)
        return unfit

    async def disable(self, account: LocalAccount, now: datetime) -> None:
        """Let nobody in by this account any more; noted."""
        await self.accounts.disable(account.name, now)
        tried = tried_hash(self._key, account.name)
        await self._sign_ins.note(now, WAY, "disabled", Origin(), account.person, tried)

    async def set_password(
        self, account: LocalAccount, password: str, origin: Origin, now: datetime
    ) -> None:
        """Another password for this account; noted."""
        hashed = await self.passwords.hashed(password)
        await self.accounts.set_password(account.name, hashed, now)
        await self._note_set(account.name, account.person, origin, now)

    async def _note_set(self, name: str, person: UUID, origin: Origin, now: datetime) -> None:
        tried = tried_hash(self._key, name)
        await self._sign_ins.note(now, WAY, "password_set", origin, person, tried)
