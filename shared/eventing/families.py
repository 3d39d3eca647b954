"""Families of tables: what one follower writes from one feed, in a schema of its own."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from shared.contracts.records import Contract
from shared.eventing.feeds import Known
from shared.eventing.recorder import Pool
from shared.eventing.tables import Opening, Tables, Timed

Project = Callable[[Tables, Sequence[Known]], None]

OWN_TABLES = """
CREATE TABLE follower (
    feed             text        NOT NULL PRIMARY KEY,
    position         bigint      NOT NULL DEFAULT 0,
    complete_through timestamptz NOT NULL DEFAULT '1970-01-01T00:00:00Z',
    shape            text        NOT NULL
);
CREATE TABLE parked (
    position  bigint      NOT NULL PRIMARY KEY,
    stream    uuid        NOT NULL,
    error     text        NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


@dataclass(frozen=True)
class Family:
    """Tables built from one feed: their DDL, and what each record does to them.

    The name is the PostgreSQL schema. ``project`` takes a batch of records in order; it must not
    need a neighbour's fact to have come first, nor look at clocks or other families.

    ``openings`` names the records that do nothing but open rows of new keys, and which: these are
    opened before ``project`` gets the others of the batch, or of the whole log, for a rebuild may
    let the server open them. So what ``project`` does to such rows, it does by their key.
    """

    name: str
    feed: str
    ddl: Path
    project: Project
    contracts: Mapping[str, type[Contract]]
    openings: Mapping[type[Contract], Sequence[Opening]] = field(default_factory=dict)

    def write(self, tables: Tables, records: Sequence[Known]) -> None:
        """Write what these records say: the rows they open first, then all else in order."""
        others = []
        for known in records:
            openings = self.openings.get(type(known.data))  # type: ignore[arg-type]
            if openings is None:
                others.append(known)
            for opening in openings or ():
                tables.open_as(opening, known.recorded_at, known)
        self.project(tables, others)

    @property
    def shape(self) -> str:
        """A hash of the DDL: tables of another shape are rebuilt."""
        return hashlib.sha256(self.ddl.read_bytes()).hexdigest()[:16]


def catalogue(*contracts: type[Contract]) -> dict[str, type[Contract]]:
    """Contracts by public name."""
    return {contract.record_name: contract for contract in contracts}


UNNAMED = re.compile(rb"INDEX ON (\w+)")
INDEX = re.compile(rb"^CREATE (?:UNIQUE )?INDEX .*?;", re.MULTILINE | re.DOTALL)


def create(
    connection: psycopg.Connection[Any],
    family: Family,
    schema: str | None = None,
    *,
    bare: bool = False,
) -> None:
    """Make the family's empty tables unless they exist.

    ``bare`` leaves out the indexes; ``dress`` makes them afterwards.
    """
    name = schema or family.name
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(7203923)")
        found = connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,)
        ).fetchone()
        if found:
            return
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        use(connection, name)
        connection.execute(OWN_TABLES)
        ddl = family.ddl.read_bytes()
        connection.execute(INDEX.sub(b"", ddl) if bare else ddl)
        connection.execute(
            "INSERT INTO follower (feed, shape) VALUES (%s, %s)", (family.feed, family.shape)
        )


def dress(pool: Pool, family: Family, schema: str, *, fully: bool) -> None:
    """Make the indexes that ``create(bare=True)`` left out, two at a time: at once is quicker than
    row by row. Unless ``fully``, only those by which a follower finds open rows.
    """

    def make(statement: bytes) -> None:
        with pool.connection() as connection, connection.transaction():
            use(connection, schema)
            connection.execute(_once(statement))

    left_out = INDEX.findall(family.ddl.read_bytes())
    with ThreadPoolExecutor(2, thread_name_prefix="dress") as makers:
        list(makers.map(make, [i for i in left_out if fully or _needed_by_writers(i)]))


def _once(statement: bytes) -> bytes:
    """The same, unless it was made before: an index without a name gets one made of its words."""
    words = hashlib.sha256(statement).hexdigest()[:12].encode()
    named = UNNAMED.sub(rb"INDEX \1_" + words + rb" ON \1", statement, count=1)
    return named.replace(b"INDEX", b"INDEX IF NOT EXISTS", 1)


def one_open_row(family: Family, table: Timed) -> bool:
    """Whether an index sees to it that a key of this table has one open row at most."""
    key = ", ".join(table.key)
    wanted = f" ON {table.name} ({key}) WHERE upper_inf(during);".encode()
    return any(i.startswith(b"CREATE UNIQUE") and i.endswith(wanted) for i in _indexes(family))


def _indexes(family: Family) -> list[bytes]:
    return [b" ".join(i.split()) for i in INDEX.findall(family.ddl.read_bytes())]


def _needed_by_writers(index: bytes) -> bool:
    """The one by which a follower finds the open row of a key."""
    return b"WHERE upper_inf(during)" in index


def use(connection: psycopg.Connection[Any], schema: str) -> None:
    """Let unqualified names mean this schema until the transaction ends."""
    connection.execute("SELECT set_config('search_path', %s, true)", (path_of(schema),))


def path_of(schema: str) -> str:
    """Where unqualified names are looked for when they mean this schema."""
    return f"{sql.Identifier(schema).as_string()}, pg_catalog"


def position(connection: psycopg.Connection[Any], schema: str) -> tuple[int, datetime, str]:
    """How far a family has followed: position, complete through, and the shape of its tables."""
    query = sql.SQL("SELECT position, complete_through, shape FROM {}").format(
        sql.Identifier(schema, "follower")
    )
    row = connection.execute(query).fetchone()
    if row is None:
        raise LookupError(f"the tables of {schema} were never made: run migrate")
    return row[0], row[1], row[2]
