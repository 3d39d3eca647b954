"""Lists as files: CSV that Excel opens rightly, and workbooks."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Literal

import xlsxwriter
from starlette.responses import Response

from services.web.pages.language import catalogue

Form = Literal["csv", "xlsx"]
Cell = str | int | date | None
# What a spreadsheet would take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_of(
    form: Form, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], language: str
) -> Response:
    """The list as a file to keep; ``heads`` are translated, and no cell can be a formula."""
    said = [catalogue(language).gettext(head) for head in heads]
    safe = [[_safe(cell) for cell in row] for row in rows]
    content = _csv(said, safe) if form == "csv" else _workbook(name, said, safe)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    # The mark at the beginning tells Excel that the text is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _workbook(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(name[:31])
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, heads, book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1}))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            match cell:
                case None | "":
                    pass
                case date():
                    page.write_datetime(number, place, cell, day)
                case int():
                    page.write_number(number, place, cell)
                case _:
                    page.write_string(number, place, cell)
    for place, head in enumerate(heads):
        longest = max([len(head), *(len(str(row[place] or "")) for row in rows)])
        page.set_column(place, place, min(longest + 4, WIDEST))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
    return out.getvalue()
