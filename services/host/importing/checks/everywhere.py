"""Checks that hold on every sheet: rows are told apart, codes name what exists and is open."""

from collections.abc import Iterable, Iterator

from services.host.importing.checks.known import Known
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet
from services.host.importing.layout.words import Column, Said
from services.host.importing.rows import Book, Row

# Sheets whose codes share one space, because other sheets name either.
SHARED_CODES = (("objectives", "key_results"), ("check_ins", "measurements"))


def check(book: Book, known: Known) -> Iterator[Fault]:
    """Rows said twice, codes used twice, codes that name nothing, and cycles that are closed."""
    for page in book.pages.values():
        yield from _said_twice(page.rows)
    for first, second in SHARED_CODES:
        yield from _codes_shared(book, first, second)
    yield from _codes_of_nothing(book, known)
    yield from _closed_cycles(book, known)


def _said_twice(rows: Iterable[Row]) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        identity = row.page.sheet.identity
        said = tuple(row.cells.get(key) for key in identity)
        first = seen.setdefault(said, row)
        if first is not row and None not in said:
            heads = [row.page.header(key) for key in identity]
            yield row.fault(identity[0], "row_twice", other=first.number, what=" + ".join(heads))


def _codes_shared(book: Book, first: str, second: str) -> Iterator[Fault]:
    others = book.by_code(first)
    for row in book.rows(second):
        other = others.get(row.text("code"))
        if other is not None and row.says("code"):
            yield row.fault("code", "code_elsewhere", sheet=other.page.name, row=other.number)


def _codes_of_nothing(book: Book, known: Known) -> Iterator[Fault]:
    here = {page.sheet.key: set(book.by_code(page.sheet.key)) for page in book.pages.values()}
    for page in book.pages.values():
        for column in (column for column in page.sheet.columns if column.refers):
            for row in page.rows:
                for code in _codes(row, column):
                    if not any(
                        code in here.get(key, ()) or known.knows(key, code) for key in column.refers
                    ):
                        yield row.fault(
                            column.key, "unknown_code", value=code, sheets=_titles(column)
                        )


def _closed_cycles(book: Book, known: Known) -> Iterator[Fault]:
    for sheet_key, column in (("cycles", "code"), ("objectives", "cycle")):
        for row in book.rows(sheet_key):
            if row.says(column) and known.is_closed(row.text(column)):
                yield row.fault(column, "cycle_closed")


def _codes(row: Row, column: Column) -> tuple[str, ...]:
    if column.kind == "codes":
        return row.several(column.key)
    return (row.text(column.key),) if row.says(column.key) else ()


def _titles(column: Column) -> Said:
    named = [sheet(key).title for key in column.refers]
    return Said(" / ".join(said.en for said in named), " / ".join(said.zh for said in named))
