"""Whether a log is whole and its tables say what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import Source, Stretch
from shared.eventing.followers import BATCH, Follower
from shared.eventing.recorder import Pool

LOG_CHECKS: dict[str, LiteralString] = {
    "positions are 1, 2, 3 … without holes": (
        "SELECT count(*) FROM (SELECT position, row_number() OVER (ORDER BY position) AS n"
        " FROM log.facts) f WHERE position <> n"
    ),
    "every stream's versions are 1, 2, 3 …": (
        "SELECT count(*) FROM (SELECT version, row_number() OVER (PARTITION BY stream"
        " ORDER BY version) AS n FROM log.facts) f WHERE version <> n"
    ),
    "recorded time rises with every position": (
        "SELECT count(*) FROM (SELECT recorded_at, lag(recorded_at) OVER (ORDER BY position)"
        " AS before FROM log.facts) f WHERE recorded_at <= before"
    ),
    "each feed names the position before": (
        "SELECT count(*) FROM (SELECT previous, coalesce(lag(position) OVER"
        " (PARTITION BY feed ORDER BY position), 0) AS before FROM log.facts) f"
        " WHERE previous <> before"
    ),
    "a stream stays on one feed": (
        "SELECT count(*) FROM (SELECT 1 FROM log.facts GROUP BY stream"
        " HAVING count(DISTINCT feed) > 1) f"
    ),
    "every personal field has its person's key, or that was destroyed": (
        "SELECT count(*) FROM (SELECT DISTINCT convert_from(substr(state,"
        r" position('\x0a70313a'::bytea IN state) + 4, 32), 'UTF8')::uuid AS subject FROM log.facts"
        r" WHERE position('\x0a70313a'::bytea IN state) > 0) f"
        " LEFT JOIN log.subject_keys k USING (subject) WHERE k.subject IS NULL"
    ),
    "the triggers that refuse changes are armed": (
        "SELECT count(*) FROM (VALUES ('log.facts', 'never_altered'), ('log.facts',"
        " 'never_emptied'), ('log.rehearsal', 'rehearsal_is_marked'), ('log.subject_keys',"
        " 'stays_destroyed'), ('log.subject_keys', 'never_emptied')) AS must (stand_on, name)"
        " LEFT JOIN pg_trigger t ON t.tgrelid = must.stand_on::regclass AND t.tgname = must.name"
        " AND t.tgenabled = 'A' WHERE t.oid IS NULL"
    ),
    "the service may not write to the log itself": (
        "SELECT count(*) FROM pg_class c, unnest(ARRAY['INSERT','UPDATE','DELETE','TRUNCATE'])"
        " AS p (privilege) WHERE c.relnamespace = 'log'::regnamespace AND c.relkind = 'r'"
        " AND (has_table_privilege(c.oid, p.privilege) OR CASE WHEN p.privilege IN"
        " ('INSERT','UPDATE') THEN has_any_column_privilege(c.oid, p.privilege) END)"
    ),
}

# One row for a table with time, with the columns of its key where it has one.
KEY_OF: LiteralString = """
SELECT (SELECT array_agg(a.attname::text ORDER BY k.n) FROM pg_index i,
               unnest(i.indkey) WITH ORDINALITY AS k (number, n)
          JOIN pg_attribute a ON a.attrelid = %(table)s::regclass AND a.attnum = k.number
         WHERE i.indrelid = %(table)s::regclass AND i.indisunique
           AND pg_get_expr(i.indexprs, i.indrelid) = 'lower(during)'
         GROUP BY i.indexrelid LIMIT 1)
  FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attname = 'during'
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was checked, and how many exceptions to it were found (0 is well)."""

    what: str
    exceptions: int


def verify_log(pool: Pool) -> Iterator[Finding]:
    """Check the log's order, completeness and protection."""
    with pool.connection() as connection:
        for what, query in LOG_CHECKS.items():
            row = connection.execute(query).fetchone()
            yield Finding(what, int(row[0]) if row else 1)


def verify_tables(pool: Pool, family: Family, source: Source) -> Iterator[Finding]:
    """Replay the feed beside the live tables up to where they are, and compare every row."""
    beside = f"{family.name}__verify"
    _drop(pool, beside)
    try:
        with pool.connection() as connection:
            families.create(connection, family, beside)
            reached = families.position(connection, family.name)[0]
        replayed = Follower(pool, family, Until(source, reached), schema=beside)
        while replayed.step(limit=5 * BATCH):
            pass
        with pool.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            same = families.position(connection, family.name)[0] == reached
            tables = _tables(connection, family.name)
            if same:
                yield _parked(connection, family.name)
            for table in tables if same else ():
                yield _compared(connection, family.name, beside, table)
                yield from _overlaps(connection, family.name, table)
        if not same:
            yield Finding(f"{family.name}: followed something while it was compared; again", 1)
    finally:
        _drop(pool, beside)


def _drop(pool: Pool, schema: str) -> None:
    with pool.connection() as connection:
        connection.execute(
            sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema))
        )


class Until:
    """A source that ends at a position."""

    def __init__(self, source: Source, last: int) -> None:
        self._source, self._last = source, last

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What follows, up to the last position."""
        stretch = self._source.fetch(after, limit, wait_seconds)
        records = [known for known in stretch.records if known.position <= self._last]
        return Stretch(records, self._last, stretch.complete_through)


def _tables(connection: psycopg.Connection[Any], schema: str) -> Sequence[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s"
        " AND tablename NOT IN ('follower', 'parked') ORDER BY tablename",
        (schema,),
    ).fetchall()
    return [row[0] for row in rows]


def _compared(connection: psycopg.Connection[Any], live: str, replayed: str, table: str) -> Finding:
    query = sql.SQL(
        "SELECT count(*) FROM ((TABLE {live} EXCEPT ALL TABLE {replayed})"
        " UNION ALL (TABLE {replayed} EXCEPT ALL TABLE {live})) d"
    ).format(live=sql.Identifier(live, table), replayed=sql.Identifier(replayed, table))
    row = connection.execute(query).fetchone()
    return Finding(f"{live}.{table} equals its replay", int(row[0]) if row else 1)


def _parked(connection: psycopg.Connection[Any], schema: str) -> Finding:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, "parked"))
    row = connection.execute(query).fetchone()
    return Finding(f"{schema}: no fact is parked", int(row[0]) if row else 1)


def _overlaps(connection: psycopg.Connection[Any], schema: str, table: str) -> Iterator[Finding]:
    """No two rows of one key hold at the same time: the key is that of the unique index on
    ``lower(during)``, which every table with time must have.
    """
    row = connection.execute(KEY_OF, {"table": f'"{schema}"."{table}"'}).fetchone()
    if row is None:
        return
    if row[0] is None:
        yield Finding(f"{schema}.{table}: has a key of which one row holds at a time", 1)
        return
    query = sql.SQL(
        "SELECT count(*) FROM (SELECT during, lag(during) OVER (PARTITION BY {key}"
        " ORDER BY lower(during)) AS before FROM {table}) t WHERE during && before"
    ).format(
        key=sql.SQL(", ").join(map(sql.Identifier, row[0])), table=sql.Identifier(schema, table)
    )
    found = connection.execute(query).fetchone()
    yield Finding(f"{schema}.{table}: one row at a time", int(found[0]) if found else 1)
