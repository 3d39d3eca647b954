"""Rows opened by the server itself: ``INSERT … SELECT`` over the own log, for a rebuild."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.recorder import Pool
from shared.eventing.stored_shapes import DOCUMENT, bounds, sql_type, told_as_stored
from shared.eventing.tables import Opening
from shared.eventing.translation import Entry, Translation

STRETCH = 5_000
ENVELOPE = {
    "actor": "head #>> '{actor,id}'",
    "on_behalf_of": "head #>> '{actor,on_behalf_of}'",
    "cause": "head ->> 'cause'",
}
COLUMNS = ("position", "stream", "version", "recorded_at")

# Both lines of a stored state are read as one JSON array: once is cheaper than twice.
# OFFSET 0 keeps the selects apart: merged, the state would be read once for every column.
OPEN = sql.SQL("""
INSERT INTO {table} ({names}, during)
SELECT {values}, tstzrange(recorded_at, NULL)
  FROM (SELECT position, stream, version, recorded_at, body, {envelope}
          FROM (SELECT *, lines -> 0 AS head, lines -> 1 AS body
                  FROM (SELECT position, stream, version, recorded_at,
                               ('[' || replace(convert_from(state, 'UTF8'), E'\\n', ',') || ']')
                                   ::jsonb AS lines
                          FROM log.facts
                         WHERE feed = {feed} AND {which}
                           AND position > %(after)s AND position <= %(upto)s
                        OFFSET 0) stored
                 WHERE jsonb_array_length(lines) = 2
                OFFSET 0) split
        OFFSET 0) told
 WHERE {within}
""")
COUNT = sql.SQL(
    "SELECT count(*) FROM log.facts WHERE feed = {feed} AND {which}"
    " AND position > %(after)s AND position <= %(upto)s"
)


class NotAtOnce(RuntimeError):
    """Something stands in the log that the server can't open as a replay would."""


@dataclass(frozen=True)
class Taken:
    """A kind of fact that the server takes: a condition on the log, a statement that counts them
    in a stretch, and one per table, each of which must open as many rows.
    """

    which: sql.Composed
    count: sql.Composed
    inserts: Sequence[sql.Composed]


def taken_by_server(family: Family, translation: Translation) -> list[Taken]:
    """The facts whose rows the server can open: declared by the family, published word for word
    as they are stored, into tables that refuse a second open row.
    """
    declared = [(e, family.openings.get(e.contract, ())) for e in translation.entries]
    return [
        taken
        for entry, openings in declared
        if openings
        and entry.feed == family.feed
        and (taken := _taken(family, entry, openings)) is not None
    ]


def open_at_once(pool: Pool, schema: str, taken: Sequence[Taken], last: int) -> Iterator[int]:
    """Open all their rows up to a position, two stretches at a time; says how many facts each
    stretch had. Refused as ``NotAtOnce``.
    """

    def stretch(after: int) -> int:
        places = {"after": after, "upto": min(after + STRETCH, last)}
        with pool.connection() as connection, connection.transaction():
            families.use(connection, schema)
            connection.execute("SET LOCAL synchronous_commit TO off")  # the swap's commit waits
            return sum(_opened(connection, one, places) for one in taken)

    with ThreadPoolExecutor(2, thread_name_prefix="open") as openers:
        yield from openers.map(stretch, range(0, last, STRETCH))


def _opened(connection: psycopg.Connection[Any], taken: Taken, places: dict[str, int]) -> int:
    row = connection.execute(taken.count, places).fetchone()
    facts = int(row[0]) if row else 0
    for insert in taken.inserts if facts else ():
        if connection.execute(insert, places).rowcount != facts:
            raise NotAtOnce("a fact is not stored as its contract takes it")
    return facts


def _taken(family: Family, entry: Entry, openings: Sequence[Opening]) -> Taken | None:
    told = all(families.one_open_row(family, one.table) for one in openings)
    if not told or not told_as_stored(entry):
        return None
    which, feed = _which(entry), sql.Literal(entry.feed)
    inserts = [_insert(entry, one, which) for one in openings]
    if not all(inserts):
        return None
    return Taken(which, COUNT.format(feed=feed, which=which), [i for i in inserts if i])


def _which(entry: Entry) -> sql.Composed:
    """Today's schema only: its number is what every stored state begins with."""
    begins = f'{{"_v":{entry.fact.schema_version},'.encode()
    return sql.SQL("(name = {name} AND substring(state FROM 1 FOR {length}) = {begins})").format(
        name=sql.Literal(entry.fact.stored_name),
        length=sql.Literal(len(begins)),
        begins=sql.Literal(begins),
    )


def _insert(entry: Entry, opening: Opening, which: sql.Composed) -> sql.Composed | None:
    values = [_value(entry, way) for way in opening.ways.values()]
    if None in values:
        return None
    within = [
        sql.SQL("coalesce((body ->> {name})::bigint {sign} {limit}, true)").format(
            name=sql.Literal(one.name), sign=sql.SQL(one.sign), limit=sql.Literal(one.limit)
        )
        for one in bounds(entry)
    ]
    always = map(sql.Literal, opening.always.values())
    return OPEN.format(
        table=sql.Identifier(opening.table.name),
        names=sql.SQL(", ").join(map(sql.Identifier, opening.names)),
        values=sql.SQL(", ").join([*(v for v in values if v is not None), *always]),
        envelope=sql.SQL(", ").join(
            sql.SQL(way + " AS ") + sql.Identifier(name) for name, way in ENVELOPE.items()
        ),
        feed=sql.Literal(entry.feed),
        which=which,
        within=sql.SQL(" AND ").join(within) if within else sql.SQL("true"),
    )


def _value(entry: Entry, way: str) -> sql.Composable | None:
    """Where the server finds what a dotted way from the record leads to."""
    first, *names = way.split(".")
    if first in ENVELOPE or first in COLUMNS:
        return sql.Identifier(first)
    kind = sql_type(entry.contract, names) if first == "data" and names else None
    if kind is None:
        return None
    *outer, inner = map(sql.Literal, names)
    within = sql.SQL(" -> ").join([sql.SQL("body"), *outer])
    if kind == DOCUMENT:
        return sql.SQL("nullif({} -> {}, 'null')").format(within, inner)
    return sql.SQL("({} ->> {})::" + kind).format(within, inner)
