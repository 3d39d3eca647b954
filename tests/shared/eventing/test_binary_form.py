"""PostgreSQL's binary form: the server reads what we write, and we read what it writes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from psycopg.pq import ExecStatus

from shared.eventing import binary_form as pg

STORED_TEXT = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))
INTS = some.integers(-(2**31), 2**31 - 1)


@pytest.fixture(scope="module")
def connection(postgres: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres, autocommit=True, client_encoding="utf8") as made:
        yield made


def _as_the_server_reads(
    connection: psycopg.Connection[tuple[object, ...]], kind: int, value: bytes
) -> bytes | None:
    answer = connection.pgconn.exec_params(b"SELECT $1", [value], [kind], [1], 1)
    assert answer.status == ExecStatus.TUPLES_OK, answer.error_message
    return answer.get_value(0, 0)


@settings(max_examples=30, deadline=None)
@given(
    some.lists(INTS), some.lists(STORED_TEXT), some.lists(some.binary()), some.lists(some.uuids())
)
def test_the_server_takes_our_arrays_for_its_own(
    connection: psycopg.Connection[tuple[object, ...]],
    numbers: list[int],
    words: list[str],
    lumps: list[bytes],
    ids: list[UUID],
) -> None:
    for kind, ours in (
        (pg.INT4S, pg.int4s(numbers)),
        (pg.TEXTS, pg.texts(words)),
        (pg.BYTEAS, pg.byteas(lumps)),
        (pg.UUIDS, pg.uuids(ids)),
    ):
        assert _as_the_server_reads(connection, kind, ours) == ours


@settings(max_examples=30, deadline=None)
@given(some.lists(INTS))
def test_numbers_come_back_as_they_went(numbers: list[int]) -> None:
    assert list(pg.as_int4s(pg.int4s(numbers))) == numbers
    assert list(pg.as_int4s(None)) == []


def test_instants_and_ids_are_read_and_written(
    connection: psycopg.Connection[tuple[object, ...]],
) -> None:
    query = b"SELECT '2026-07-01T08:00:00.123456+08'::timestamptz, 7::bigint, NULL::bigint"
    answer = connection.pgconn.exec_params(query, None, None, None, 1)
    instant = datetime(2026, 7, 1, 0, 0, 0, 123456, tzinfo=UTC)
    assert pg.as_instant(answer.get_value(0, 0)) == instant
    assert (pg.as_int8(answer.get_value(0, 1)), pg.as_int8(answer.get_value(0, 2))) == (7, None)
    one = UUID("6f0c1f0e-8f6b-4f0e-9a53-0d7c3d6b2a11")
    assert pg.uuid(str(one)) == pg.uuid(one) == one.bytes
