"""Whatever a file says: it is refused with a reason, or every command of it has a sound body."""

import json
import zipfile
from contextlib import suppress
from copy import deepcopy
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from services.host.demo.quarter import workbook
from services.host.importing.checks.known import NothingKnown
from services.host.importing.faults import FileRefused
from services.host.importing.layout.book import sheets
from services.host.importing.planning.plan import in_large_lists, plan
from services.host.importing.reading import read_book
from services.host.importing.rows import Book
from services.host.importing.validation import faults_of
from services.host.importing.values import Raw, Unreadable, as_text, read
from shared.http.commanding import kebab
from tests.support.workbooks import book_of, small

NASTY: st.SearchStrategy[Raw] = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "0",
            "-1",
            "1e400",
            "99999999999999999999",
            "0.000001",
            "100",
            "1,200",
            "500万",
            "2026-07-01",
            "9999-12-31",
            "0001-01-01",
            "x" * 250,
            "x" * 5_001,
            "是",
            "metric",
            "target",
            "D1-1",
            "D2",
            "P3-1",
            "E021",
            "E010",
            "SALES",
            "REVENUE",
            "WIN_RATE",
            "; ;",
            "=1",
            "\x00",
            "threshold",
            "at most",
            "dropped",
            "rubric",
            "milestone",
            "self",
            "manager",
            "2026-Q2",
        ]
    ),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)

COLUMNS = [(one.key, column.key) for one in sheets() for column in one.columns]


@cache
def vocabulary() -> dict[tuple[str, str], type[BaseModel]]:
    """Every command of every service by the name under which it is sent."""
    found: dict[tuple[str, str], type[BaseModel]] = {}
    for service in ("directory", "goals", "metrics", "appraisal"):
        for model in vars(import_module(f"services.{service}.application.commands")).values():
            if isinstance(model, type) and issubclass(model, BaseModel):
                found[service, kebab(model)] = model
    return found


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A small quarter without a fault."""
    book = book_of(tmp_path_factory.mktemp("quarter"), small())
    assert faults_of(book) == []
    return book


def put(book: Book, sheet: str, column: str, number: int, raw: Raw) -> None:
    """Type something into one cell, as the reader would understand it."""
    rows = book.rows(sheet)
    row = rows[number % len(rows)]
    told = row.page.sheet.column(column)
    row.typed[column], row.cells[column] = as_text(raw), None
    try:
        row.cells[column] = read(told, raw)
        if row.cells[column] is None and told.required:
            book.faults.append(row.fault(column, "cell_empty"))
    except Unreadable as unreadable:
        book.faults.append(row.fault(column, unreadable.code, choices="", limit=""))


CELL = st.tuples(st.sampled_from(COLUMNS), st.integers(0, 400), NASTY)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELL, min_size=1, max_size=3))
def test_a_file_without_a_fault_has_sound_commands(sound: Book, cells: list[Any]) -> None:
    book = deepcopy(sound)
    for (sheet, column), number, raw in cells:
        put(book, sheet, column, number, raw)
    faults = faults_of(book)
    for fault in faults:
        assert fault.wrong("en")
        assert fault.remedy("zh")
    if not faults:
        for command in in_large_lists(plan(book, NothingKnown())):
            model = vocabulary()[command.service, command.name]
            model.model_validate_json(json.dumps(command.body))


@cache
def parts() -> dict[str, bytes]:
    """The parts of the shipped workbook."""
    with zipfile.ZipFile(workbook("en")) as package:
        return {name: package.read(name) for name in package.namelist()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_workbook_is_refused_or_read_and_never_breaks(
    tmp_path: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(parts())))
    content = parts()[name]
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, min(len(content), first + 2_000)))
    damaged = content[:first] + data.draw(st.binary(max_size=50)) + content[last:]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for part, whole in parts().items():
            package.writestr(part, damaged if part == name else whole)
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(packed.getvalue())
    with suppress(FileRefused):
        faults_of(read_book(path))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_refused_or_read_and_never_break(tmp_path: Path, content: bytes) -> None:
    for name in ("people.csv", "bytes.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        with suppress(FileRefused):
            faults_of(read_book(path))
        path.unlink()
