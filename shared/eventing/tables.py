"""Writing the rows of one batch: changes over time and plain rows, a few statements per table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql

from shared.eventing.copying import copy

Row = dict[str, Any]
Key = tuple[Any, ...]
FirstRow = tuple[datetime, Sequence[Any]]


@dataclass(frozen=True)
class Timed:
    """A table with time: one open row per key, closed where the next one begins (``during``)."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Key columns, then the others; ``during`` is written beside them."""
        return self.key + self.columns


@dataclass
class _Segment:
    row: Row
    lower: datetime
    upper: datetime | None = None
    stored: bool = False


class OpenedTwice(LookupError):
    """A first row of a key that has one."""


class Opening:
    """How the first row of a key is read off its record; quicker than naming values one by one.

    ``ways`` leads to each column's value by dotted names from the record; ``always`` are values
    that every first row has.
    """

    def __init__(self, table: Timed, ways: Mapping[str, str], **always: Any) -> None:
        self.table, self.ways, self.always = table, ways, always
        self.names = (*ways, *always)
        if set(self.names) != set(table.all_columns):
            raise ValueError(f"{table.name}: {set(self.names) ^ set(table.all_columns)}")
        self._read, self._last = attrgetter(*ways.values()), tuple(always.values())

    def __call__(self, record: Any) -> tuple[Any, ...]:
        """The values of this record's row, in the order of ``names``."""
        read: tuple[Any, ...] = self._read(record)
        return read + self._last


@dataclass
class _Pending:
    """What was asked of one table: changes in order, and first rows that nothing followed yet."""

    table: Timed
    asked: list[tuple[Key, datetime, Row | None, bool]] = field(default_factory=list)
    opened: dict[tuple[str, ...], list[FirstRow]] = field(default_factory=dict)
    first: dict[Key, tuple[datetime, Row]] = field(default_factory=dict)

    def open(self, names: tuple[str, ...], at: datetime, values: Sequence[Any]) -> None:
        """The first row of a key."""
        self.opened.setdefault(names, []).append((at, values))

    def ask(self, key: Key, at: datetime, values: Row | None) -> None:
        """A change of a row; when its first row waits here too, that comes before it."""
        if self.opened:
            self._sort()
        if self.first and (begun := self.first.pop(key, None)) is not None:
            self.asked.append((key, *begun, True))
        self.asked.append((key, at, values, False))

    def first_rows(self) -> Iterator[tuple[tuple[str, ...], list[FirstRow]]]:
        """The rows of new keys that nothing followed in this batch, by their values' names."""
        yield from self.opened.items()
        if self.first:
            names = self.table.all_columns
            yield names, [(at, [*map(row.get, names)]) for at, row in self.first.values()]

    def _sort(self) -> None:
        """Sort first rows by key; not before a key is asked for."""
        for names, rows in self.opened.items():
            for at, values in rows:
                row = dict(zip(names, values, strict=True))
                key = tuple(row[name] for name in self.table.key)
                if key in self.first:
                    raise OpenedTwice(f"{self.table.name}: {key}")
                self.first[key] = (at, row)
        self.opened.clear()


class Tables:
    """The tables that one family of projections writes in one transaction."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self._timed: dict[str, _Pending] = {}
        self._plain: dict[tuple[str, tuple[str, ...]], list[Sequence[Any]]] = {}

    def change(self, table: Timed, key: Key, at: datetime, **values: Any) -> None:
        """From this instant on the row of this key has these values, and its others as before."""
        self._pending(table).ask(key, at, values)

    def open(self, table: Timed, key: Key, at: datetime, **values: Any) -> None:
        """The first row of a key that was never seen before; saves looking for an earlier one."""
        row = (*key, *map(values.get, table.columns))
        self._pending(table).open(table.all_columns, at, row)

    def open_as(self, opening: Opening, at: datetime, record: Any) -> None:
        """The first row of a key never seen before, read off its record."""
        self._pending(opening.table).open(opening.names, at, opening(record))

    def end(self, table: Timed, key: Key, at: datetime) -> None:
        """From this instant on there is no row of this key."""
        self._pending(table).ask(key, at, None)

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """A plain row that never changes."""
        self._plain.setdefault((table, tuple(row)), []).append(tuple(row.values()))

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """A statement of its own, after everything asked before it."""
        self.flush()
        self.connection.execute(cast("Any", query), params)

    def flush(self) -> None:
        """Write everything asked so far."""
        timed, self._timed = self._timed, {}
        plain, self._plain = self._plain, {}
        for pending in timed.values():
            self._flush_timed(pending)
        for (table, columns), rows in plain.items():
            copy(self.connection, table, columns, _columns_of(rows))

    def _pending(self, table: Timed) -> _Pending:
        pending = self._timed.get(table.name)
        if pending is None:
            pending = self._timed[table.name] = _Pending(table)
        return pending

    def _flush_timed(self, pending: _Pending) -> None:
        for names, first in pending.first_rows():
            instants, rows = zip(*first, strict=True)
            worded = {id(at): at.isoformat() for at in instants}
            columns = [*zip(*rows, strict=True), [f"[{worded[id(at)]},)" for at in instants]]
            copy(self.connection, pending.table.name, (*names, "during"), columns, worded)
        if pending.asked:
            self._flush_changes(pending)

    def _flush_changes(self, pending: _Pending) -> None:
        table = pending.table
        known = {key for key, _, _, fresh in pending.asked if not fresh}
        fresh = {key for key, _, _, is_fresh in pending.asked if is_fresh}
        history = self._open_rows(table, known - fresh)
        for key, at, values, _ in pending.asked:
            _apply(table, history.setdefault(key, []), key, at, values)
        self._close(table, history)
        rows = [
            (*(segment.row.get(c) for c in table.all_columns), _range(segment))
            for segments in history.values()
            for segment in segments
            if not segment.stored
        ]
        names = (*table.all_columns, "during")
        copy(self.connection, table.name, names, _columns_of(rows))

    def _open_rows(self, table: Timed, keys: Iterable[Key]) -> dict[Key, list[_Segment]]:
        wanted = list(keys)
        if not wanted:
            return {}
        query = _finding(table, _texts_in(wanted[0]))
        found: dict[Key, list[_Segment]] = {}
        for row in self.connection.execute(query, _columns_of(wanted)).fetchall():
            values = dict(zip(table.all_columns, row[:-1], strict=True))
            key = tuple(values[c] for c in table.key)
            found[key] = [_Segment(values, row[-1], stored=True)]
        return found

    def _close(self, table: Timed, history: Mapping[Key, list[_Segment]]) -> None:
        closed = [
            (*key, segments[0].upper)
            for key, segments in history.items()
            if segments and segments[0].stored and segments[0].upper is not None
        ]
        if not closed:
            return
        query = _closing(table, _texts_in(closed[0]))
        self.connection.execute(query, _columns_of(closed))


def _apply(
    table: Timed, segments: list[_Segment], key: Key, at: datetime, values: Row | None
) -> None:
    last = segments[-1] if segments and segments[-1].upper is None else None
    if last is not None and last.lower == at and values is not None and not last.stored:
        last.row.update(values)
        return
    if last is not None:
        last.upper = at
    if values is not None:
        before = last.row if last is not None else dict(zip(table.key, key, strict=True))
        segments.append(_Segment({**before, **values}, at))


# Worded once a table: for the few rows of one fact, wording would cost more than asking.
@lru_cache
def _finding(table: Timed, texts: tuple[bool, ...]) -> bytes:
    return _by_key(
        "SELECT {columns}, lower(t.during) FROM {table} t JOIN unnest({marks}) AS k ({key})"
        " ON {same} WHERE upper_inf(t.during)",
        table,
        texts,
    )


@lru_cache
def _closing(table: Timed, texts: tuple[bool, ...]) -> bytes:
    return _by_key(
        "UPDATE {table} t SET during = tstzrange(lower(t.during), k.at_instant)"
        " FROM unnest({marks}, %s) AS k ({key}, at_instant)"
        " WHERE {same} AND upper_inf(t.during)",
        table,
        texts,
    )


def _by_key(query: LiteralString, table: Timed, texts: tuple[bool, ...]) -> bytes:
    worded = sql.SQL(query).format(
        table=sql.Identifier(table.name),
        columns=sql.SQL(", ").join(sql.Identifier("t", c) for c in table.all_columns),
        marks=sql.SQL(", ").join(
            sql.SQL("%s::text[]" if is_text else "%s")
            for is_text, _ in zip(texts, table.key, strict=False)
        ),
        key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
        same=sql.SQL(" AND ").join(
            sql.SQL("{} = {}").format(sql.Identifier("t", c), sql.Identifier("k", c))
            for c in table.key
        ),
    )
    return worded.as_bytes()


def _texts_in(key: Key) -> tuple[bool, ...]:
    """Which values are texts, whose arrays must say so."""
    return tuple(isinstance(value, str) for value in key)


def _columns_of(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _range(segment: _Segment) -> str:
    upper = "" if segment.upper is None else segment.upper.isoformat()
    return f"[{segment.lower.isoformat()},{upper})"
