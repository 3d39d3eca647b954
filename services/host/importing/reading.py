"""Reads a workbook or a folder of CSV files into a book, whatever the language of its headers."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain, zip_longest
from pathlib import Path

from services.host.importing import tables
from services.host.importing.faults import Fault, FileRefused
from services.host.importing.layout.book import sheet_titled, sheets
from services.host.importing.layout.words import Column, Said, Sheet
from services.host.importing.rows import Book, Page, Row
from services.host.importing.values import Raw, Unreadable, Value, as_text, is_empty, read

MOST_ROWS = 200_000
Table = Iterable[list[Raw]]


def read_book(path: Path) -> Book:
    """Everything the file says, with a fault for each cell, column or sheet that cannot be read.

    Refused as a whole (FileRefused) when it is missing, too large, or no table at all.
    """
    if not path.exists():
        raise FileRefused([Fault("file_missing", details={"value": str(path)})])
    book = Book(name=path.name, digest=tables.digest(path))
    for name, table, faults in tables.of(path):
        book.faults += faults
        _take_in(book, name, table)
    if not book.pages and not book.faults:
        book.faults.append(Fault("no_sheet"))
    return book


def _take_in(book: Book, name: str, table: Table) -> None:
    sheet = sheet_titled(name)
    if sheet is None:
        titles = Said(*(_near(name, [_pair(s.title)[side] for s in sheets()]) for side in (0, 1)))
        book.faults.append(Fault("unknown_sheet", name, details={"value": name, "near": titles}))
        return
    if sheet.key in book.pages:
        book.faults.append(Fault("sheet_twice", name))
        return
    book.pages[sheet.key] = page = Page(sheet, name)
    book.faults += _read_page(page, iter(table))


def _read_page(page: Page, table: Iterator[list[Raw]]) -> Iterator[Fault]:
    header = next(table, [])
    columns: list[Column | None] = []
    for raw in header:
        column = page.sheet.column_headed(as_text(raw)) if not is_empty(raw) else None
        if column is None and not is_empty(raw):
            yield _unknown_column(page, as_text(raw))
        if column is not None and column in columns:
            yield Fault("column_twice", page.name, 1, as_text(raw))
        columns.append(column)
        if column is not None:
            page.headers[column.key] = as_text(raw).strip().rstrip("*")
    known = [column for column in columns if column is not None]
    for column in page.sheet.columns:
        if column.required and column not in known:
            yield Fault("column_missing", page.name, 1, column.head.en + " / " + column.head.zh)
    yield from _read_rows(page, columns, table)


def _read_rows(
    page: Page, columns: list[Column | None], table: Iterator[list[Raw]]
) -> Iterator[Fault]:
    for number, cells in enumerate(table, start=2):
        if number > MOST_ROWS:
            yield Fault("too_many_rows", page.name, number, details={"limit": f"{MOST_ROWS:,}"})
            return
        if all(is_empty(raw) for raw in cells):
            continue
        row = Row(page, number, {}, {})
        page.rows.append(row)
        for column, raw in zip_longest(columns, cells):
            if column is not None:
                yield from _read_cell(row, column, raw)
        if any(not is_empty(raw) for raw in cells[len(columns) :]):
            yield Fault("cell_without_header", page.name, number)


def _read_cell(row: Row, column: Column, raw: Raw) -> Iterator[Fault]:
    row.typed[column.key] = as_text(raw).strip()
    value: Value = None
    try:
        value = read(column, raw)
    except Unreadable as unreadable:
        choices = Said(*("; ".join(words) for words in _choices(column)))
        limit = f"{column.longest:,}"
        yield row.fault(column.key, unreadable.code, choices=choices, limit=limit)
    else:
        if value is None and column.required:
            yield row.fault(column.key, "cell_empty")
    row.cells[column.key] = value


def _choices(column: Column) -> tuple[list[str], list[str]]:
    return [word.en for word in column.words.values()], [word.zh for word in column.words.values()]


def _unknown_column(page: Page, header: str) -> Fault:
    near = Said(*(_near(header, _heads(page.sheet, side)) for side in (0, 1)))
    return Fault("unknown_column", page.name, 1, header, {"value": header, "near": near})


def _heads(sheet: Sheet, side: int) -> list[str]:
    return [_pair(column.head)[side] for column in sheet.columns]


def _pair(said: Said) -> tuple[str, str]:
    return said.en, said.zh


def _near(word: str, names: list[str]) -> str:
    return ", ".join(chain(get_close_matches(word, names, 3, 0.5) or names))
