"""Access tokens: what they open, for how long, and that only their hash is kept."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from services.web.pages.credentials.access_tokens import AccessTokens, rights_of
from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.secrets import hash_of

NOW = datetime(2026, 9, 18, tzinfo=UTC)
WANG = UUID(int=7)
OURS = ("goals", "metrics")


@pytest.fixture
def tokens(rows: Rows) -> AccessTokens:
    return AccessTokens(rows)


@pytest.mark.anyio
async def test_a_token_opens_what_was_chosen_and_nothing_else(tokens: AccessTokens) -> None:
    secret = await tokens.make(WANG, "report", {"goals": "read", "metrics": "write"}, 90, NOW)
    found = await tokens.found(secret, NOW)
    assert found is not None
    assert found.person == WANG
    assert [found.right(name) for name in ("goals", "metrics", "appraisal")] == [
        "read",
        "write",
        None,
    ]


@pytest.mark.anyio
async def test_only_the_hash_is_kept(tokens: AccessTokens, rows: Rows) -> None:
    secret = await tokens.make(WANG, "report", {"goals": "read"}, 90, NOW)
    assert secret.startswith("cairn_pat_")
    assert len(secret) >= len("cairn_pat_") + 43  # 256 bits
    kept = (await rows.ask("SELECT * FROM web.access_tokens"))[0]
    assert kept["token_hash"] == hash_of(secret)
    assert secret not in str(kept)
    assert await tokens.found(secret[:-1] + "x", NOW) is None
    assert await tokens.found("", NOW) is None


@pytest.mark.anyio
async def test_a_token_expires_and_never_lasts_longer_than_a_year(
    tokens: AccessTokens, rows: Rows
) -> None:
    secret = await tokens.make(WANG, "report", {"goals": "read"}, 90, NOW)
    assert await tokens.found(secret, NOW + timedelta(days=90, seconds=-1))
    assert await tokens.found(secret, NOW + timedelta(days=90)) is None
    for days in (0, 367):
        with pytest.raises(ValueError, match="366"):
            await tokens.make(WANG, "report", {"goals": "read"}, days, NOW)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await rows.ask("UPDATE web.access_tokens SET expires_at = expires_at + '1 day'")


@pytest.mark.anyio
async def test_a_revoked_token_opens_nothing_and_only_its_owner_revokes_it(
    tokens: AccessTokens,
) -> None:
    secret = await tokens.make(WANG, "report", {"goals": "read"}, 90, NOW)
    (known,) = await tokens.of(WANG)
    assert await tokens.revoke(known.token_id, NOW, UUID(int=8)) is None
    assert await tokens.found(secret, NOW)
    assert await tokens.revoke(known.token_id, NOW, WANG) == WANG
    assert await tokens.found(secret, NOW) is None
    assert await tokens.revoke(known.token_id, NOW, WANG) is None


@pytest.mark.anyio
async def test_the_last_use_is_known_to_the_minute(tokens: AccessTokens) -> None:
    secret = await tokens.make(WANG, "report", {"goals": "read"}, 90, NOW)
    for seconds in (0, 30, 90):
        await tokens.found(secret, NOW + timedelta(seconds=seconds))
    (known,) = await tokens.of()
    assert known.used_at == NOW + timedelta(seconds=90)


def test_scopes_are_read_as_rights_by_service() -> None:
    assert rights_of(["goals:read", "metrics:write"], OURS) == {
        "goals": "read",
        "metrics": "write",
    }
    assert rights_of(["goals:write", "goals:read"], OURS) == {"goals": "write"}
    assert rights_of([], OURS) == {}
    for wrong in ("goals", "goals:admin", "web:read", ""):
        assert rights_of([wrong], OURS) is None
