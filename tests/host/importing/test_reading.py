import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from services.host.demo.quarter import folder, workbook
from services.host.importing import guards, reading
from services.host.importing.faults import FileRefused
from services.host.importing.layout.words import Language
from services.host.importing.reading import read_book
from services.host.importing.rows import Book
from services.host.importing.writing import write_folder
from tests.support.workbooks import book_of, small

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def said(book: Book) -> dict[str, list[dict[str, object]]]:
    return {key: [row.cells for row in page.rows] for key, page in book.pages.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_and_the_folder_say_the_same(language: Language) -> None:
    book, files = read_book(workbook(language)), read_book(folder(language))
    assert book.faults == files.faults == []
    assert said(book) == said(files)


def test_both_languages_say_the_same_but_for_texts() -> None:
    zh, en = read_book(workbook("zh")), read_book(workbook("en"))
    for key, page in zh.pages.items():
        for ours, theirs in zip(page.rows, en.rows(key), strict=True):
            for column in page.sheet.columns:
                if column.kind not in {"text", "texts"} and column.key != "locale":
                    assert ours.cells[column.key] == theirs.cells[column.key]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    rows = small("zh")
    write_folder(tmp_path / "as", rows, "zh", encoding)
    assert said(read_book(tmp_path / "as")) == said(book_of(tmp_path / "utf8", rows, "zh"))


def test_the_digest_tells_files_apart(tmp_path: Path) -> None:
    first = book_of(tmp_path / "a", small()).digest
    assert first == book_of(tmp_path / "b", small()).digest
    assert first != book_of(tmp_path / "c", small("zh"), "zh").digest


def faults(folder: Path, name: str, text: str | bytes) -> list[tuple[str, str, int | None, str]]:
    """What is wrong with one CSV file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return [(f.code, f.sheet, f.row, f.column) for f in read_book(folder).faults]


def test_each_cell_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = "Day,Kind\n2026-07-01,day off\nyesterday,day off\n,lazy\n"
    assert faults(tmp_path, "working_days.csv", text) == [
        ("not_a_day", "working_days", 3, "Day"),
        ("cell_empty", "working_days", 4, "Day"),
        ("not_a_choice", "working_days", 4, "Kind"),
    ]


def test_unknown_sheets_and_columns_are_named_with_what_was_perhaps_meant(tmp_path: Path) -> None:
    (tmp_path / "Peeple.csv").write_text("Code\nE1\n", encoding="utf-8")
    (tmp_path / "working_days.csv").write_text("Day,Kinde,Kind\n", encoding="utf-8")
    book = read_book(tmp_path)
    assert [(f.code, f.sheet, f.column) for f in book.faults] == [
        ("unknown_sheet", "Peeple", ""),
        ("unknown_column", "working_days", "Kinde"),
    ]
    assert "People" in book.faults[0].remedy("en")
    assert "Kind" in book.faults[1].remedy("en")


def test_missing_and_doubled_columns_are_named(tmp_path: Path) -> None:
    found = faults(tmp_path, "working_days.csv", "Day,日期\n2026-07-01,2026-07-02\n")
    assert ("column_twice", "working_days", 1, "日期") in found
    assert ("column_missing", "working_days", 1, "Kind / 类型") in found


def test_a_cell_beside_the_table_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, "working_days.csv", "Day,Kind\n2026-07-01,day off,note\n")
    assert found == [("cell_without_header", "working_days", 2, "")]


@pytest.mark.parametrize("text", ["\xff\xfeD\x00".encode("latin-1"), b"Day\xff\xff,Kind\n"])
def test_other_encodings_are_refused(tmp_path: Path, text: bytes) -> None:
    assert faults(tmp_path, "working_days.csv", text)[0][0] == "bad_encoding"


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"])
def test_a_formula_in_a_csv_file_is_named(tmp_path: Path, cell: str) -> None:
    found = faults(tmp_path, "check_ins.csv", f'Check-in code,Progress\nC1,"{cell}"\n')
    assert ("formula_cell", "check_ins", 2, "Progress") in found


def test_an_escaped_text_and_a_negative_number_are_no_formulas(tmp_path: Path) -> None:
    found = faults(tmp_path, "check_ins.csv", "Check-in code,Progress,Value\nC1,'=fine,-3\n")
    assert "formula_cell" not in {code for code, *_ in found}


def test_a_formula_in_a_workbook_is_named_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("工作日历")
        page.write_row(0, 0, ["日期", "类型"])
        page.write_formula(1, 0, "=TODAY()", None, 46204)
        page.write_string(1, 1, "休息")
    found = [(f.code, f.sheet, f.row, f.column) for f in read_book(path).faults]
    assert ("formula_cell", "工作日历", 2, "A") in found


def test_what_is_missing_or_no_table_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file"):
        read_book(tmp_path / "none.xlsx")
    for content in (b"", b"hello", b"PK\x03\x04 torn"):
        (tmp_path / "bad.xlsx").write_bytes(content)
        with pytest.raises(FileRefused, match="cannot be read"):
            read_book(tmp_path / "bad.xlsx")


def test_a_package_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letters.xlsx", "w") as package:
        package.writestr("letter.txt", "hello")
    with pytest.raises(FileRefused, match="cannot be read"):
        read_book(tmp_path / "letters.xlsx")


def test_an_empty_folder_says_that_it_has_no_sheet(tmp_path: Path) -> None:
    assert [fault.code for fault in read_book(tmp_path).faults] == ["no_sheet"]


def test_too_many_rows_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    text = "Day,Kind\n2026-07-01,day off\n2026-07-02,day off\n"
    assert faults(tmp_path, "working_days.csv", text) == [("too_many_rows", "working_days", 3, "")]


def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "MEGABYTE", 10)
    with pytest.raises(FileRefused, match="larger than 50 MB"):
        read_book(workbook("en"))
