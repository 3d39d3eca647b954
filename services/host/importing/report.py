"""The report of a check as a workbook: the file's own sheets, what is wrong beside each row."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from services.host.importing.faults import Fault
from services.host.importing.layout.words import Language, Said
from services.host.importing.rows import Book, Page

WRONG, REMEDY = Said("What is wrong", "问题"), Said("What to do", "处理办法")
WHOLE = Said("Whole file", "整个文件")
HEADS = (Said("Sheet", "工作表"), Said("Row", "行"), Said("Column", "列"), WRONG, REMEDY)
WIDTH = 24


def write_report(path: Path, book: Book, faults: Sequence[Fault], language: Language) -> None:
    """Every row of every page as it was typed, at its place, followed by its faults and remedies.

    What concerns no row, or a sheet that the layout does not know, stands on the first sheet.
    """
    report = xlsxwriter.Workbook(path)
    looks = {
        "head": report.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1}),
        "wrong": report.add_format({"font_color": "#9C0006", "text_wrap": True}),
        "cell": report.add_format({"bg_color": "#FFE5E5"}),
    }
    names = {page.name for page in book.pages.values()}
    loose = [fault for fault in faults if fault.sheet not in names or fault.row in {None, 1}]
    _write_loose(report.add_worksheet(WHOLE.in_language(language)), loose, language, looks)
    for page in book.pages.values():
        own = [fault for fault in faults if fault.sheet == page.name]
        sheet = report.add_worksheet(page.sheet.title.in_language(language))
        _write_page(sheet, page, own, language, looks)
    report.close()


def _write_loose(
    sheet: Any, faults: Iterable[Fault], language: Language, looks: dict[str, Any]
) -> None:
    for place, head in enumerate(HEADS):
        sheet.write_string(0, place, head.in_language(language), looks["head"])
    for line, fault in enumerate(faults, start=1):
        said = (fault.sheet, str(fault.row or ""), fault.column)
        for place, cell in enumerate((*said, fault.wrong(language), fault.remedy(language))):
            sheet.write_string(line, place, cell)
    sheet.set_column(0, len(HEADS) - 1, WIDTH)


def _write_page(
    sheet: Any, page: Page, faults: Sequence[Fault], language: Language, looks: dict[str, Any]
) -> None:
    keys = list(page.headers)
    heads = [*page.headers.values(), WRONG.in_language(language), REMEDY.in_language(language)]
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, looks["head"])
    of_row: dict[int, list[Fault]] = {}
    for fault in faults:
        of_row.setdefault(fault.row or 1, []).append(fault)
    for row in page.rows:
        own = of_row.get(row.number, [])
        wrong = {fault.column for fault in own}
        for place, key in enumerate(keys):
            look = looks["cell"] if page.header(key) in wrong else None
            sheet.write_string(row.number - 1, place, row.typed.get(key, ""), look)
        for place, said in enumerate((Fault.wrong, Fault.remedy), start=len(keys)):
            text = "\n".join(said(fault, language) for fault in own)
            if text:
                sheet.write_string(row.number - 1, place, text, looks["wrong"])
    sheet.set_column(len(keys), len(keys) + 1, 2 * WIDTH)
    sheet.freeze_panes(1, 1)
