"""Rows by COPY: what went in is what is read, whatever characters, types and gaps it has."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import BaseModel

from shared.eventing.copying import copy

NAMES = ("id", "told", "height", "exact", "day", "moment", "sure", "shape")
TABLE = """
CREATE TEMPORARY TABLE pile (id uuid, told text, height bigint, exact numeric, day date,
                             moment timestamptz, sure boolean, shape jsonb)
"""
MOMENTS = some.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - bounds are naive by the library's rule
WORDS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))
ROWS = some.tuples(
    some.none() | some.uuids(),
    some.none() | WORDS | some.sampled_from(["\\N", "a\tb", "a\nb", "\\.", ""]),
    some.none() | some.integers(-(2**63), 2**63 - 1),
    some.none() | some.decimals(allow_nan=False, allow_infinity=False, places=4),
    some.none() | some.dates(date(1900, 1, 1)),
    some.none() | MOMENTS,
    some.none() | some.booleans(),
    some.none() | some.dictionaries(WORDS, some.integers(-9, 9) | WORDS),
)


class Shape(BaseModel):
    """A shape."""

    sides: int
    called: str


@pytest.fixture(scope="module")
def connection(postgres: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres, autocommit=True) as made:
        made.execute(TABLE)
        yield made


def _copied(connection: psycopg.Connection[Any], rows: list[tuple[Any, ...]]) -> list[Any]:
    connection.execute("TRUNCATE pile")
    copy(connection, "pile", NAMES, list(zip(*rows, strict=True)))
    return connection.execute("SELECT * FROM pile").fetchall()


@settings(max_examples=60, deadline=None)
@given(rows=some.lists(ROWS, min_size=1, max_size=8))
def test_rows_are_read_as_they_were_given(
    connection: psycopg.Connection[Any], rows: list[tuple[Any, ...]]
) -> None:
    connection.execute("SET timezone = 'UTC'")
    found = _copied(connection, rows)
    assert len(found) == len(rows)
    for one in found:
        assert one in rows


def test_models_are_json_and_types_without_a_form_go_the_drivers_way(
    connection: psycopg.Connection[Any],
) -> None:
    shape = Shape(sides=3, called='a "tab"\t')
    empty = (None,) * 6
    assert _copied(connection, [(UUID(int=1), *empty, shape)])[0][7] == shape.model_dump()
    row = (None, None, None, 2.5, None, None, None, None)
    assert _copied(connection, [row])[0][3] == Decimal("2.5")


def test_instants_that_were_worded_already_are_taken_as_they_are(
    connection: psycopg.Connection[Any],
) -> None:
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    said = {id(moment): (moment + timedelta(days=1)).isoformat()}
    connection.execute("TRUNCATE pile")
    copy(connection, "pile", ("moment",), [[moment]], said)
    row = connection.execute("SELECT moment FROM pile").fetchone()
    assert row is not None
    assert row[0] == moment + timedelta(days=1)
