"""Rows into a table by COPY, worded column by column: several times quicker than value by value."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import JsonbDumper
from pydantic import BaseModel

Column = Sequence[Any]
Worded = Callable[[Column], list[str]]

NULL = "\\N"
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPES = str.maketrans(_ESCAPED)


def copy(
    connection: psycopg.Connection[Any],
    table: str,
    names: Sequence[str],
    columns: Sequence[Column],
    worded: Mapping[int, str] | None = None,
) -> None:
    """Add rows, given as columns of one length; JSON columns take dicts, lists, tuples and models.

    ``worded`` knows some instants already, by the ``id`` of the object.
    """
    if not columns or not columns[0]:
        return
    statement = _statement(table, tuple(names))
    cursor = connection.cursor()
    texts = _all_worded(columns, worded or {})
    with cursor.copy(statement) as writing:
        if texts is not None:
            writing.write("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")
            return
        for kind in (dict, list, tuple):
            cursor.adapters.register_dumper(kind, JsonbDumper)
        for row in zip(*columns, strict=True):
            writing.write_row(row)


@lru_cache
def _statement(table: str, names: tuple[str, ...]) -> bytes:
    words = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    return words.as_bytes()


def _all_worded(columns: Sequence[Column], worded: Mapping[int, str]) -> list[list[str]] | None:
    """Every column as texts of COPY's format; none when a type is not known here."""
    texts: list[list[str]] = []
    for column in columns:
        kinds = set(map(type, column))
        if kinds == {datetime}:
            texts.append([worded.get(id(value)) or value.isoformat() for value in column])
            continue
        wordings = {kind: _wording(kind) for kind in kinds}
        if None in wordings.values():
            return None
        texts.append(_worded(column, cast("dict[type, Worded]", wordings)))
    return texts


def _wording(kind: type) -> Worded | None:
    return _models if issubclass(kind, BaseModel) else _WORDED.get(kind)


def _worded(column: Column, wordings: dict[type, Worded]) -> list[str]:
    if len(wordings) == 1:
        return next(iter(wordings.values()))(column)
    return [wordings[type(value)]((value,))[0] for value in column]


def _nothing(column: Column) -> list[str]:
    return [NULL] * len(column)


def _ids(column: Column) -> list[str]:
    return [value.int.to_bytes(16, "big").hex() for value in column]


def _texts(column: Column) -> list[str]:
    together = "".join(column)
    if not any(mark in together for mark in _ESCAPED):
        return list(column)
    return [value.translate(_ESCAPES) for value in column]


def _dates(column: Column) -> list[str]:
    known = {value: value.isoformat() for value in set(column)}
    return [known[value] for value in column]


def _truths(column: Column) -> list[str]:
    return ["t" if value else "f" for value in column]


def _plain(column: Column) -> list[str]:
    return list(map(str, column))


def _models(column: Column) -> list[str]:
    return [value.model_dump_json().translate(_ESCAPES) for value in column]


def _documents(column: Column) -> list[str]:
    return [json.dumps(value).translate(_ESCAPES) for value in column]


_WORDED: dict[type, Worded] = {
    type(None): _nothing,
    UUID: _ids,
    str: _texts,
    date: _dates,
    datetime: _dates,
    bool: _truths,
    int: _plain,
    Decimal: _plain,
    dict: _documents,
    list: _documents,
    tuple: _documents,
}
