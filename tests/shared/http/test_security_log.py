"""Refusals are written beside the answer: it neither waits for them nor fails with them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from shared.eventing.migrations import migrate
from shared.http.security_log import LONGEST_TEXT, NOT_WRITTEN, Entry, SecurityLog, together
from shared.http.service import SHARED_MIGRATIONS
from tests.support.postgres import Databases

NOW = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def entry(code: str = "NotAllowed", **more: Any) -> Entry:
    return Entry(at=NOW, method="GET", route="/people/{person_id}", status=403, code=code, **more)


@pytest.fixture
def door(databases: Databases) -> Any:
    access = databases("goals")
    migrate(access.owner, [("http", SHARED_MIGRATIONS)], None)
    return access


@pytest.fixture
def pool(door: Any) -> Iterator[Any]:
    with ConnectionPool(door.runtime, min_size=1, kwargs={"autocommit": True}) as pool:
        yield pool


def rows(pool: Any) -> list[tuple[Any, ...]]:
    with pool.connection() as connection:
        query = "SELECT code, person, times FROM security_log ORDER BY number"
        return connection.execute(query).fetchall()


def written(pool: Any, count: int) -> list[tuple[Any, ...]]:
    deadline = monotonic() + 10
    while len(found := rows(pool)) < count and monotonic() < deadline:
        sleep(0.02)
    return found


def test_what_is_noted_stands_in_the_table_soon(pool: Any) -> None:
    kept = SecurityLog(pool)
    kept.start()
    kept.note(entry(person="p1"))
    assert written(pool, 1) == [("NotAllowed", "p1", 1)]
    kept.note(entry(person="p2"))
    assert written(pool, 2)[1] == ("NotAllowed", "p2", 1)
    kept.stop()


def test_what_waits_at_the_end_is_written(pool: Any) -> None:
    kept = SecurityLog(pool)
    for number in range(2_500):
        kept.note(entry(person=str(number)))
    kept.start()
    kept.stop()
    assert len(rows(pool)) == 2_500


def test_the_same_at_about_the_same_time_is_one_row_that_says_how_often(pool: Any) -> None:
    kept = SecurityLog(pool)
    for correlation in ("a", "b", "c"):
        kept.note(entry(person="p1", correlation=correlation))
    kept.note(entry(person="p2"))
    kept.start()
    kept.stop()
    assert rows(pool) == [("NotAllowed", "p1", 3), ("NotAllowed", "p2", 1)]


@pytest.mark.parametrize(
    "other", ["identity", "person", "field", "rule", "address", "code", "route", "method"]
)
def test_what_differs_in_anything_that_matters_stays_apart(other: str) -> None:
    changed = Entry(**{**vars_of(entry()), other: "another"})
    assert together([entry(), changed, entry()]) == [
        Entry(**{**vars_of(entry()), "times": 2}),
        changed,
    ]


def vars_of(one: Entry) -> dict[str, Any]:
    return dict(vars(one))


def test_what_finds_no_room_is_counted_and_said(pool: Any) -> None:
    kept = SecurityLog(pool, most_waiting=2)
    for number in range(5):
        kept.note(entry(person=str(number)))
    kept.start()
    assert sorted(written(pool, 3), key=str) == [
        ("NotAllowed", "0", 1),
        ("NotAllowed", "1", 1),
        (NOT_WRITTEN, None, 3),
    ]
    kept.stop()


def test_entries_wait_for_a_database_that_is_away(door: Any, pool: Any) -> None:
    with psycopg.connect(door.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE security_log RENAME TO elsewhere")
        kept = SecurityLog(pool)
        kept.start()
        kept.note(entry(person="p1"))
        sleep(0.5)
        owner.execute("ALTER TABLE elsewhere RENAME TO security_log")
    assert written(pool, 1) == [("NotAllowed", "p1", 1)]
    kept.stop()


def test_text_that_no_database_keeps_is_written_without_it(pool: Any) -> None:
    kept = SecurityLog(pool)
    kept.note(entry(person="a\x00b\ud800" + "x" * 500))
    kept.start()
    kept.stop()
    assert rows(pool) == [("NotAllowed", ("ab?" + "x" * 500)[:LONGEST_TEXT], 1)]


@pytest.mark.parametrize(
    "change",
    ["UPDATE security_log SET person = ''", "DELETE FROM security_log", "TRUNCATE security_log"],
)
def test_nobody_changes_what_was_written(door: Any, pool: Any, change: str) -> None:
    kept = SecurityLog(pool)
    kept.note(entry(person="p1"))
    kept.start()
    kept.stop()
    with pool.connection() as service, pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute(change)
    with (
        psycopg.connect(door.owner) as owner,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
    ):
        owner.execute(change)
