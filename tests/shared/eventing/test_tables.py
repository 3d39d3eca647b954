"""Tables with time hold, for every key and instant, what a plain fold would hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.eventing.tables import Opening, Tables, Timed
from tests.support.postgres import Databases

CAIRN = Timed("cairn", ("place", "number"), ("height", "told"))
START = datetime(2026, 7, 1, tzinfo=UTC)
DDL = """
CREATE TABLE cairn (place text NOT NULL, number int NOT NULL, height int, told jsonb,
                    during tstzrange NOT NULL);
CREATE UNIQUE INDEX cairn_now ON cairn (place, number) WHERE upper_inf(during);
CREATE UNIQUE INDEX cairn_since ON cairn (place, number, lower(during));
"""

KEYS = st.tuples(st.sampled_from(["hill", "ford"]), st.integers(1, 2))
CHANGES = st.one_of(
    st.none(),
    st.fixed_dictionaries({"height": st.integers(0, 9)}),
    st.fixed_dictionaries({"told": st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))}),
)
HISTORIES = st.lists(st.tuples(KEYS, CHANGES, st.booleans()), max_size=30)


@pytest.fixture(scope="module")
def connection(module_databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(module_databases("goals").runtime) as made:
        yield made


def _at(n: int) -> datetime:
    return START + timedelta(microseconds=n)


def _folded(history: list[Any], until: int) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, dict[str, Any]] = {}
    for key, values, _ in history[: until + 1]:
        if values is None:
            rows.pop(key, None)
        else:
            rows[key] = {"height": None, "told": None, **rows.get(key, {}), **values}
    return rows


@given(history=HISTORIES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_instant_reads_as_it_was_then(
    connection: psycopg.Connection[Any], history: list[Any]
) -> None:
    schema = f"t{uuid4().hex}"
    connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(f"SET LOCAL search_path TO {schema}, pg_catalog")
    connection.execute(DDL)
    tables = Tables(connection)
    for n, (key, values, batch_ends) in enumerate(history):
        if values is None:
            tables.end(CAIRN, key, _at(n))
        else:
            tables.change(CAIRN, key, _at(n), **values)
        if batch_ends:
            tables.flush()
    tables.flush()
    for n in range(len(history)):
        read = connection.execute(
            "SELECT place, number, height, told FROM cairn WHERE during @> %s", (_at(n),)
        ).fetchall()
        found = {(row[0], row[1]): {"height": row[2], "told": row[3]} for row in read}
        assert found == _folded(history, n)
    _must_not_overlap(connection)
    connection.rollback()


def _must_not_overlap(connection: psycopg.Connection[Any]) -> None:
    ranges = connection.execute(
        "SELECT place, number, lower(during), upper(during) FROM cairn ORDER BY 1, 2, 3"
    ).fetchall()
    for earlier, later in pairwise(ranges):
        if earlier[:2] == later[:2]:
            assert earlier[3] is not None
            assert earlier[3] <= later[2]


class Laid(NamedTuple):
    """A record as a follower hands it over."""

    recorded_at: datetime
    place: str
    height: int


LAID = Opening(CAIRN, {"place": "place", "height": "height"}, number=1, told={"by": "rain"})


def test_first_rows_are_read_off_their_records_and_may_change_at_once(
    connection: psycopg.Connection[Any],
) -> None:
    schema = f"t{uuid4().hex}"
    with connection.transaction(force_rollback=True):
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET LOCAL search_path TO {schema}, pg_catalog")
        connection.execute(DDL)
        tables = Tables(connection)
        for n, place in enumerate(("hill", "ford"), 1):
            record = Laid(_at(n), place, n)
            tables.open_as(LAID, record.recorded_at, record)
        tables.change(CAIRN, ("ford", 1), _at(9), height=7)
        tables.flush()
        rows = connection.execute(
            "SELECT place, height, told, lower(during), upper(during) FROM cairn"
            " ORDER BY lower(during)"
        ).fetchall()
    rain = {"by": "rain"}
    assert rows == [
        ("hill", 1, rain, _at(1), None),
        ("ford", 2, rain, _at(2), _at(9)),
        ("ford", 7, rain, _at(9), None),
    ]


def test_an_opening_names_every_column() -> None:
    with pytest.raises(ValueError, match="told"):
        Opening(CAIRN, {"place": "place", "height": "height"}, number=1)
