"""The demo quarter with something changed, written to disk and read back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.host.demo.quarter import quarter
from services.host.importing.layout.words import Language
from services.host.importing.reading import read_book
from services.host.importing.rows import Book
from services.host.importing.validation import faults_of
from services.host.importing.writing import write_folder

Rows = dict[str, list[dict[str, Any]]]


def rows_of(language: Language = "en") -> Rows:
    """The demo quarter's rows, free to be changed."""
    return {sheet: [dict(row) for row in rows] for sheet, rows in quarter(language).items()}


def small(language: Language = "en") -> Rows:
    """The demo quarter with the measurements of two days only."""
    rows = rows_of(language)
    rows["measurements"] = [
        row for row in rows["measurements"] if str(row["observed_on"]) <= "2026-07-02"
    ]
    rows["corrections"] = [row for row in rows["corrections"] if row["corrects"].startswith("C-")]
    return rows


def book_of(folder: Path, rows: Rows, language: Language = "en") -> Book:
    """The rows as a folder of CSV files, read."""
    write_folder(folder, rows, language)
    return read_book(folder)


def codes_after(folder: Path, change: Callable[[Rows], object]) -> set[tuple[str, str, str]]:
    """Code, sheet and column of every fault of the small quarter once it was changed."""
    rows = small()
    change(rows)
    book = book_of(folder, rows)
    return {
        (fault.code, _key(book, fault.sheet), _column(book, fault.sheet, fault.column))
        for fault in faults_of(book)
    }


def _key(book: Book, name: str) -> str:
    return next((key for key, page in book.pages.items() if page.name == name), name)


def _column(book: Book, name: str, header: str) -> str:
    page = book.pages.get(_key(book, name))
    column = page.sheet.column_headed(header) if page else None
    return column.key if column else header
