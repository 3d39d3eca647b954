"""Old lines of the security log go in good time; younger ones stay, whoever asks."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from shared.eventing.migrations import migrate
from shared.http import security_log_keeping
from shared.http.security_log_keeping import forget_old_lines, verify_security_log
from shared.http.service import SHARED_MIGRATIONS
from tests.support.postgres import Databases

OLD = (
    "INSERT INTO security_log (at, recorded_at, method, route, status, code, times)"
    " SELECT now() - make_interval(days => d), now() - make_interval(days => d),"
    " 'GET', '/x', 403, 'NotAllowed', 1 FROM unnest(%s::int[]) AS d"
)


@pytest.fixture
def door(databases: Databases) -> Any:
    access = databases("goals")
    migrate(access.owner, [("http", SHARED_MIGRATIONS)], None)
    return access


@pytest.fixture
def pool(door: Any) -> Iterator[Any]:
    with ConnectionPool(door.runtime, min_size=1, kwargs={"autocommit": True}) as pool:
        yield pool


def aged(pool: Any, *days: int) -> None:
    with pool.connection() as connection:
        connection.execute(OLD, (list(days),))


def days_left(pool: Any) -> list[int]:
    with pool.connection() as connection:
        query = "SELECT extract(day FROM now() - at)::int FROM security_log ORDER BY at DESC"
        return [row[0] for row in connection.execute(query).fetchall()]


def test_lines_go_after_the_days_that_were_set_in_batches(
    pool: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security_log_keeping, "DROPPED_AT_ONCE", 2)
    aged(pool, 1, 399, 401, 402, 403, 500)
    assert forget_old_lines(pool, 400) == 4
    assert days_left(pool) == [1, 399]
    assert forget_old_lines(pool, 400) == 0


def test_nothing_younger_than_thirty_days_goes_whatever_is_asked(pool: Any) -> None:
    aged(pool, 1, 29, 31)
    assert forget_old_lines(pool, 0) == 1
    assert days_left(pool) == [1, 29]


def test_a_line_that_claims_to_be_old_stays_until_it_is(pool: Any) -> None:
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO security_log (at, method, route, status, code, times)"
            " VALUES (now() - interval '900 days', 'GET', '/x', 403, 'NotAllowed', 1)"
        )
    assert forget_old_lines(pool, 400) == 0


def test_not_even_the_owner_takes_out_a_young_line(door: Any, pool: Any) -> None:
    aged(pool, 1)
    with (
        psycopg.connect(door.owner) as owner,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
    ):
        owner.execute("DELETE FROM security_log")
    with pool.connection() as service, pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute("DELETE FROM security_log")


def found(pool: Any) -> list[int]:
    return [finding.exceptions for finding in verify_security_log(pool)]


@pytest.mark.parametrize("trigger", ["unchanged", "kept_a_while"])
def test_a_trigger_that_was_switched_off_is_found(door: Any, pool: Any, trigger: str) -> None:
    assert found(pool) == [0, 0]
    with psycopg.connect(door.owner, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE security_log DISABLE TRIGGER {trigger}")
    assert found(pool) == [1, 0]


@pytest.mark.parametrize("right", ["UPDATE", "UPDATE (person)", "DELETE", "TRUNCATE"])
def test_a_right_that_was_given_away_is_found(door: Any, pool: Any, right: str) -> None:
    role = psycopg.conninfo.conninfo_to_dict(door.runtime)["user"]
    with psycopg.connect(door.owner, autocommit=True) as owner:
        owner.execute(f"GRANT {right} ON security_log TO {role}")
    assert found(pool) == [0, 1]
