"""Coming in with a name and a password."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher

from services.web.pages.credentials.guessing import Guessing
from services.web.pages.credentials.local_accounts import LocalAccounts
from services.web.pages.credentials.password_door import PasswordDoor
from services.web.pages.credentials.passwords import Passwords
from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.sign_ins import Origin, StoredSignIns

NOW = datetime(2026, 9, 18, tzinfo=UTC)
HERE = Origin("203.0.113.0/24", "Firefox · Linux")
WANG, GOOD = UUID(int=7), "stone by the old river"

pytestmark = pytest.mark.anyio


@pytest.fixture
def door(rows: Rows) -> PasswordDoor:
    """A door with hashes that cost little."""
    return door_of(rows, 1)


def door_of(rows: Rows, time_cost: int) -> PasswordDoor:
    hasher = PasswordHasher(time_cost=time_cost, memory_cost=8, parallelism=1)
    accounts, log = LocalAccounts(rows), StoredSignIns(rows)
    return PasswordDoor(accounts, Passwords(hasher), Guessing(rows), log, "key")


async def outcomes(rows: Rows) -> list[str]:
    told = await rows.ask("SELECT outcome FROM web.sign_ins ORDER BY sign_in_id")
    return [row["outcome"] for row in told]


async def test_the_right_password_lets_in_whoever_it_belongs_to(
    door: PasswordDoor, rows: Rows
) -> None:
    assert not await door.is_open()
    assert await door.make("Wang.Lei", WANG, GOOD, NOW) is None
    assert await door.is_open()
    checked = await door.check(" wang.lei ", GOOD, HERE, NOW)
    assert (checked.outcome, checked.person) == ("right", WANG)
    assert await outcomes(rows) == ["password_set"]


async def test_an_unknown_name_and_a_wrong_password_are_told_alike(
    door: PasswordDoor, rows: Rows
) -> None:
    await door.make("wang.lei", WANG, GOOD, NOW)
    for name in ("wang.lei", "nobody"):
        checked = await door.check(name, "another long sentence", HERE, NOW)
        assert (checked.outcome, checked.person) == ("wrong_password", None)
    assert await outcomes(rows) == ["password_set", "wrong_password", "wrong_password"]
    kept = await rows.ask("SELECT * FROM web.sign_ins")
    assert "another long sentence" not in str(kept)
    assert "nobody" not in str(kept)


async def test_after_five_failures_even_the_right_password_waits(
    door: PasswordDoor, rows: Rows
) -> None:
    await door.make("wang.lei", WANG, GOOD, NOW - timedelta(days=1))
    for _ in range(5):
        await door.check("wang.lei", "another long sentence", HERE, NOW)
    early = await door.check("wang.lei", GOOD, HERE, NOW + timedelta(seconds=14))
    assert (early.outcome, early.wait) == ("too_many_tries", timedelta(seconds=1))
    assert (await outcomes(rows))[-1] == "too_many_tries"
    later = await door.check("wang.lei", GOOD, HERE, NOW + timedelta(seconds=16))
    assert later.person == WANG


async def test_a_disabled_account_lets_nobody_in_until_it_gets_a_new_password(
    door: PasswordDoor,
) -> None:
    await door.make("wang.lei", WANG, GOOD, NOW)
    account = await door.account_of(WANG)
    assert account is not None
    await door.disable(account, NOW)
    assert await door.account_of(WANG) is None
    assert not await door.is_open()
    assert (await door.check("wang.lei", GOOD, HERE, NOW)).outcome == "wrong_password"
    assert await door.renew(account, "too short", NOW) is not None
    assert await door.renew(account, f"{GOOD} again", NOW) is None
    assert (await door.check("wang.lei", f"{GOOD} again", HERE, NOW)).person == WANG


async def test_neither_name_nor_person_has_two_accounts(door: PasswordDoor) -> None:
    assert await door.make("wang.lei", WANG, GOOD, NOW) is None
    assert "has an account" in str(await door.make("Wang.Lei", UUID(int=8), GOOD, NOW))
    assert "under another name" in str(await door.make("wl", WANG, GOOD, NOW))
    assert "will not do" in str(await door.make("wang lei", UUID(int=8), GOOD, NOW))
    assert await door.make("li", UUID(int=8), "password1234", NOW) is not None


async def test_a_hash_of_weaker_days_is_made_anew_when_its_password_is_known(rows: Rows) -> None:
    await door_of(rows, 1).make("wang.lei", WANG, GOOD, NOW)
    stronger = door_of(rows, 2)
    await stronger.check("wang.lei", GOOD, HERE, NOW)
    account = await stronger.account_of(WANG)
    assert account is not None
    assert "t=2" in account.password_hash
    assert (await stronger.check("wang.lei", GOOD, HERE, NOW)).person == WANG
