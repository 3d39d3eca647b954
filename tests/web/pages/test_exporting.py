"""Lists as files."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from services.web.pages.exporting import file_of

HEADS = ("Units", "Home")
ROWS = [("华东组", 3), ('=HYPERLINK("http://evil.test")', None), ("a, b", date(2026, 9, 18))]


def test_a_csv_begins_with_the_mark_that_tells_excel_its_encoding() -> None:
    content = bytes(file_of("csv", "units", HEADS, ROWS, "en").body)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == "华东组,3"
    assert content.decode("utf-8-sig").splitlines()[3] == '"a, b",2026-09-18'


@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_takes_for_a_formula_is_escaped_in_both_forms(sign: str) -> None:
    rows = [("plain", sign)]
    assert f"'{sign.strip()}" in bytes(
        file_of("csv", "u", HEADS, rows, "en").body
    ).decode().replace("\t", "").replace("\r", "")
    book = CalamineWorkbook.from_filelike(
        BytesIO(bytes(file_of("xlsx", "u", HEADS, rows, "en").body))
    )
    assert str(book.get_sheet_by_index(0).to_python()[1][1]).startswith("'")


def test_heads_are_in_the_readers_language_and_days_are_days() -> None:
    content = bytes(file_of("xlsx", "units", HEADS, ROWS, "zh-CN").body)
    page = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert page[0][1] == "首页"
    assert page[3][1] == date(2026, 9, 18)
    assert page[2][0] == "'" + ROWS[1][0]


def test_it_is_kept_under_its_name() -> None:
    answer = file_of("xlsx", "units-2026-09-18", HEADS, ROWS, "en")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="units-2026-09-18.xlsx"'
