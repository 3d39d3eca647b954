"""The log of signing in keeps its lines for the days that were set, and never less than thirty."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from services.web.pages.credentials.retention import Retention, verify_logs
from services.web.wiring import bring_up_to_date
from tests.support.postgres import Databases

AGED = (
    "INSERT INTO web.sign_ins (at, way, outcome)"
    " SELECT now() - make_interval(days => d), 'password', 'signed_in' FROM unnest(%s::int[]) AS d"
)


@pytest.fixture
def door(databases: Databases) -> Any:
    access = databases("web")
    bring_up_to_date(access.owner)
    return access


@pytest.fixture
def pool(door: Any) -> Iterator[Any]:
    with ConnectionPool(door.runtime, min_size=1, kwargs={"autocommit": True}) as pool:
        yield pool


def aged(pool: Any, *days: int) -> None:
    with pool.connection() as connection:
        connection.execute(AGED, (list(days),))


def left(pool: Any) -> list[int]:
    with pool.connection() as connection:
        query = "SELECT extract(day FROM now() - at)::int FROM web.sign_ins ORDER BY at DESC"
        return [row[0] for row in connection.execute(query).fetchall()]


@pytest.mark.parametrize(("days", "stay"), [(400, [1, 29, 31, 399]), (0, [1, 29])])
def test_lines_go_after_the_days_that_were_set(pool: Any, days: int, stay: list[int]) -> None:
    aged(pool, 1, 29, 31, 399, 401, 900)
    assert Retention(pool, days).tidy() == 6 - len(stay)
    assert left(pool) == stay


def test_not_even_the_owner_takes_out_a_young_line_or_changes_an_old_one(
    door: Any, pool: Any
) -> None:
    aged(pool, 1, 900)
    for change in ("DELETE FROM web.sign_ins", "UPDATE web.sign_ins SET way = 'x'"):
        with psycopg.connect(door.owner) as owner, pytest.raises(psycopg.errors.RaiseException):
            owner.execute(change)  # type: ignore[arg-type]


def test_guards_that_were_switched_off_and_rights_that_were_given_are_found(
    door: Any, pool: Any
) -> None:
    assert [one.exceptions for one in verify_logs(pool)] == [0, 0, 0, 0]
    role = psycopg.conninfo.conninfo_to_dict(door.runtime)["user"]
    with psycopg.connect(door.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE web.sign_ins DISABLE TRIGGER ALL")
        owner.execute(f"GRANT DELETE ON web.sign_ins TO {role}")
    assert [one.exceptions for one in verify_logs(pool)] == [0, 0, 3, 1]
