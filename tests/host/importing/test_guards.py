import zipfile
from pathlib import Path

import pytest

from services.host.demo.quarter import workbook
from services.host.importing import guards
from services.host.importing.faults import FileRefused


def test_the_shipped_workbooks_pass() -> None:
    for language in ("zh", "en"):
        guards.must_be_modest(workbook(language))
        guards.must_be_harmless(workbook(language))
        assert list(guards.formulas(workbook(language))) == []


def test_a_bomb_is_refused_while_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "LARGEST_UNPACKED", 3)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    assert (tmp_path / "bomb.xlsx").stat().st_size < 100_000
    with pytest.raises(FileRefused, match="unpacks to more than 3 MB"):
        guards.must_be_harmless(tmp_path / "bomb.xlsx")


def test_a_package_of_too_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "MOST_PARTS", 5)
    with zipfile.ZipFile(tmp_path / "many.xlsx", "w") as package:
        for number in range(6):
            package.writestr(f"{number}.xml", "")
    with pytest.raises(FileRefused, match="unpacks to more"):
        guards.must_be_harmless(tmp_path / "many.xlsx")


def test_a_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lol.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE l [<!ENTITY a "b">]><workbook/>')
    with pytest.raises(FileRefused, match="cannot be read"):
        guards.must_be_harmless(tmp_path / "lol.xlsx")


def test_a_formula_at_the_border_of_two_chunks_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = "".join(f'<c r="A{n}" s="1"><v>{n}</v></c>' for n in range(1, 200))
    sheet = f'<sheetData>{cells}<c r="B7" t="str"><f>1+1</f><v>2</v></c>{cells}</sheetData>'
    with zipfile.ZipFile(tmp_path / "one.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", '<sheet name="A &amp; B" sheetId="1" r:id="rId1"/>')
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>',
        )
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    for chunk in (7, 64, 1_000, 10_000):
        monkeypatch.setattr(guards, "CHUNK", chunk)
        assert list(guards.formulas(tmp_path / "one.xlsx")) == [("A & B", "B7")]
