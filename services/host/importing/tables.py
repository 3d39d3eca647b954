"""The tables of a file, as raw cells: sheets of a workbook by calamine, CSV files by encoding."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import python_calamine

from services.host.importing import guards
from services.host.importing.faults import Fault, FileRefused
from services.host.importing.layout.book import sheet_titled
from services.host.importing.values import Raw

ENCODINGS = ("utf-8-sig", "gb18030")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CELL = re.compile("([A-Z]+)([0-9]+)")
SIGNED_NUMBER = re.compile(r"[+-][\d,.]+ ?[万亿]?%?")
Found = tuple[str, Iterable[list[Raw]], list[Fault]]


def digest(path: Path) -> str:
    """SHA-256 of the file, or of the names and contents of a folder's CSV files."""
    sum_of_all = hashlib.sha256()
    for file in _files(path):
        if path.is_dir():
            sum_of_all.update(file.name.encode())
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                sum_of_all.update(chunk)
    return sum_of_all.hexdigest()


def of(path: Path) -> Iterator[Found]:
    """Each table of a workbook, a CSV file or a folder of them: name, cells, and first faults."""
    for file in _files(path):
        guards.must_be_modest(file)
        if file.suffix.lower() == ".csv":
            yield _csv(file)
        else:
            guards.must_be_harmless(file)
            yield from _workbook(file)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.csv")) if path.is_dir() else [path]


def _workbook(path: Path) -> Iterator[Found]:
    formulas: dict[str, list[Fault]] = {}
    for sheet, cell in guards.formulas(path):
        formulas.setdefault(sheet, []).append(_formula(sheet, cell))
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                # A sheet that the layout does not know is named, not read.
                cells = [] if sheet_titled(name) is None else _cells(book, name)
                yield name, cells, formulas.get(name, [])
    except (python_calamine.CalamineError, OSError, ValueError):
        raise FileRefused([Fault("not_a_table", details={"value": path.name})]) from None


def _cells(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Raw]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[return-value]


def _formula(sheet: str, cell: str) -> Fault:
    found = CELL.fullmatch(cell)
    column, row = (found[1], int(found[2])) if found else (cell, None)
    return Fault("formula_cell", sheet, row, column)


def _csv(path: Path) -> Found:
    text = _decoded(path)
    if text is None:
        return path.stem, [], [Fault("bad_encoding", path.stem)]
    try:
        cells: list[list[Raw]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        raise FileRefused([Fault("not_a_table", details={"value": path.name})]) from None
    return path.stem, cells, list(_formulas_in(path.stem, cells))


def _decoded(path: Path) -> str | None:
    written = path.read_bytes()
    if written.startswith(UTF_16_MARKS) or b"\0" in written:
        return None
    for encoding in ENCODINGS:
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _formulas_in(name: str, cells: list[list[Raw]]) -> Iterator[Fault]:
    for number, row in enumerate(cells, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and _is_formula(cell):
                header = str(cells[0][place]) if place < len(cells[0]) else ""
                yield Fault("formula_cell", name, number, header)


def _is_formula(cell: str) -> bool:
    if cell.startswith(("=", "@")):
        return True
    return cell.startswith(("+", "-")) and len(cell) > 1 and not SIGNED_NUMBER.fullmatch(cell)
