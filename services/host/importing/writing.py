"""Writes rows in the layout: one workbook, or the same as a folder of CSV files."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from services.host.importing.layout.book import sheets
from services.host.importing.layout.words import Language, Sheet
from services.host.importing.values import Value, written

Entry = Mapping[str, Value]
Rows = Mapping[str, Sequence[Entry]]

# The workbook's own dates are fixed, so that the same rows give the same bytes.
CREATED = datetime(2026, 6, 22, tzinfo=UTC).replace(tzinfo=None)
WIDEST = 60


def write_workbook(path: Path, rows: Rows, language: Language) -> None:
    """One XLSX file with a sheet for every sheet of the layout that has rows."""
    book = xlsxwriter.Workbook(path, {"constant_memory": False, "strings_to_formulas": False})
    book.set_properties({"title": path.stem, "created": CREATED})
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for sheet in sheets():
        if rows.get(sheet.key):
            _write_sheet(
                book.add_worksheet(sheet.title.in_language(language)),
                sheet,
                rows[sheet.key],
                language,
                looks,
            )
    book.close()


def _write_sheet(
    page: Any, sheet: Sheet, rows: Sequence[Entry], language: Language, looks: dict[str, Any]
) -> None:
    for place, column in enumerate(sheet.columns):
        head = column.head.in_language(language) + ("*" if column.required else "")
        page.write_string(0, place, head, looks["head"])
        longest = len(head)
        for number, row in enumerate(rows, start=1):
            cell = written(column, row.get(column.key), language)
            longest = max(longest, len(str(cell or "")))
            _write_cell(page, number, place, cell, looks)
        page.set_column(place, place, min(longest * (2 if language == "zh" else 1) + 2, WIDEST))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)


def _write_cell(
    page: Any, row: int, place: int, cell: str | Decimal | date | None, looks: dict[str, Any]
) -> None:
    match cell:
        case None:
            return
        case Decimal():
            page.write_number(row, place, float(cell))
        case date():
            page.write_datetime(
                row,
                place,
                datetime(cell.year, cell.month, cell.day),  # noqa: DTZ001
                looks["day"],
            )
        case _:
            page.write_string(row, place, cell)


def write_folder(folder: Path, rows: Rows, language: Language, encoding: str = "utf-8-sig") -> None:
    """One CSV file for every sheet of the layout that has rows, named by the sheet's key."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets():
        if rows.get(sheet.key):
            path = folder / f"{sheet.key}.csv"
            with path.open("w", encoding=encoding, newline="") as file:
                _write_csv(
                    csv.writer(file, lineterminator="\r\n"), sheet, rows[sheet.key], language
                )


def _write_csv(file: Any, sheet: Sheet, rows: Sequence[Entry], language: Language) -> None:
    file.writerow(column.head.in_language(language) for column in sheet.columns)
    for row in rows:
        cells = (written(column, row.get(column.key), language) for column in sheet.columns)
        file.writerow("" if cell is None else str(cell) for cell in cells)
