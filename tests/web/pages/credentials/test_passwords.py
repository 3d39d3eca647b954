"""Which passwords will do, and that none is kept as it is."""

import pytest
from argon2 import PasswordHasher

from services.web.pages.credentials.passwords import (
    TOO_COMMON,
    TOO_LONG,
    TOO_SHORT,
    Passwords,
    weakness,
)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven sign", TOO_SHORT),
        ("x" * 201, TOO_LONG),
        ("Password1234!", TOO_COMMON),
        ("123456789012", TOO_COMMON),
        ("qwertyuiopasdfghjkl", TOO_COMMON),
        ("Administrator", TOO_COMMON),
        ("woaini1314520", TOO_COMMON),
        ("aaaabbbbcccc", TOO_COMMON),
        ("monkeymonkey", TOO_COMMON),
        ("wang.lei2026!", TOO_COMMON),
        ("stone by the old river", None),
        ("山里的石头不会自己走到河边去", None),
    ],
)
def test_a_password_that_anybody_would_try_first_is_refused(password: str, why: str) -> None:
    assert weakness(password, "wang.lei") == why


@pytest.mark.anyio
async def test_a_password_is_kept_as_a_hash_of_its_own_and_recognised() -> None:
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    kept = await passwords.hashed("stone by the old river")
    assert "stone" not in kept
    assert kept != await passwords.hashed("stone by the old river")
    assert await passwords.matches(kept, "stone by the old river")
    assert not await passwords.matches(kept, "stone by the new river")
    assert not await passwords.matches(None, "nobody has this password")
    assert not await passwords.matches("rubbish", "stone by the old river")


def test_a_weaker_hash_of_earlier_days_is_seen() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x")
    assert Passwords().is_outdated(weak)
    assert not Passwords().is_outdated(PasswordHasher().hash("x"))
