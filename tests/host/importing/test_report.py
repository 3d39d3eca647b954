from pathlib import Path

import python_calamine

from services.host.importing.reading import read_book
from services.host.importing.report import write_report
from services.host.importing.validation import faults_of
from tests.support.workbooks import book_of, small


def test_each_row_stands_at_its_place_with_what_is_wrong_beside_it(tmp_path: Path) -> None:
    rows = small("zh")
    rows["people"][3]["share"] = 0
    rows["people"][3]["name"] = "=HYPERLINK(1)"
    book = book_of(tmp_path / "quarter", rows, "zh")
    (tmp_path / "quarter" / "Peeple.csv").write_text("x\n", encoding="utf-8")
    faults = faults_of(book)
    write_report(tmp_path / "report.xlsx", book, faults, "zh")
    report = python_calamine.CalamineWorkbook.from_path(tmp_path / "report.xlsx")
    people = report.get_sheet_by_name("人员").to_python(skip_empty_area=False)
    assert people[0][-2:] == ["问题", "处理办法"]
    assert people[4][:2] == ["E010", "'=HYPERLINK(1)"]
    assert people[4][-2:] == ["比例为 0。", "请填写大于 0 且不超过 100 的数值。"]
    assert people[5][-2:] == ["", ""]


def test_what_concerns_no_row_stands_on_the_first_sheet(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "Peeple.csv").write_text("x\n", encoding="utf-8")
    (tmp_path / "q" / "working_days.csv").write_text("Day\n2026-07-01\n", encoding="utf-8")
    book = read_book(tmp_path / "q")
    write_report(tmp_path / "report.xlsx", book, faults_of(book), "en")
    report = python_calamine.CalamineWorkbook.from_path(tmp_path / "report.xlsx")
    first = report.get_sheet_by_index(0).to_python()
    assert [row[0] for row in first] == ["Sheet", "Peeple", "working_days"]
    assert first[2][3] == "The required column is missing."
