"""What a file must not be before anything reads it: too large, a bomb, or full of formulas."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from services.host.importing.faults import Fault, FileRefused

MEGABYTE = 1_000_000
LARGEST_FILE = 50
LARGEST_UNPACKED = 500
MOST_PARTS = 2_000
CHUNK = 1 << 20
# Long enough for the tag of a cell and of its formula, so that none is cut at the end of a chunk.
OVERLAP = 4_096
LONGEST_DIRECTORY = 2 * MEGABYTE

FORMULA = re.compile(rb'<c [^<>]{0,2000}?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]{0,2000}>\s*<f[ >/]')
SHEET = re.compile(r"<sheet\s[^<>]*>")
RELATION = re.compile(r"<Relationship\s[^<>]*>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def must_be_modest(path: Path) -> None:
    """Refuses a file larger than 50 MB."""
    if path.stat().st_size > LARGEST_FILE * MEGABYTE:
        raise _refused("file_too_large", path, limit=LARGEST_FILE)


def must_be_harmless(path: Path) -> None:
    """Refuses what is no ZIP package, unpacks to more than 500 MB, or brings a DOCTYPE."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(1 for _ in package.infolist()) > MOST_PARTS:
                raise _refused("unpacks_too_large", path, limit=LARGEST_UNPACKED)
            unpacked = 0
            for part in package.namelist():
                for chunk in _chunks(package, part):
                    unpacked += len(chunk)
                    if unpacked > LARGEST_UNPACKED * MEGABYTE:
                        raise _refused("unpacks_too_large", path, limit=LARGEST_UNPACKED)
                    if b"<!DOCTYPE" in chunk and part.endswith((".xml", ".rels")):
                        raise _refused("not_a_table", path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise _refused("not_a_table", path) from None


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    """Every cell that holds a formula: the sheet's name and the cell (``B7``)."""
    with zipfile.ZipFile(path) as package:
        for part, name in _sheets(package).items():
            before = b""
            for chunk in _chunks(package, part):
                window, end = before + chunk, 0
                for found in FORMULA.finditer(window):
                    yield name, found[1].decode()
                    end = found.end()
                before = window[max(end, len(window) - OVERLAP) :]


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by the part of the package that holds them."""
    targets = {
        found.get("Id", ""): found.get("Target", "")
        for found in _tags(package, "xl/_rels/workbook.xml.rels", RELATION)
    }
    named = {}
    for sheet in _tags(package, "xl/workbook.xml", SHEET):
        target = targets.get(sheet.get("r:id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in package.namelist():
            named[part] = sheet.get("name", "")
    return named


def _tags(package: zipfile.ZipFile, part: str, tag: re.Pattern[str]) -> list[dict[str, str]]:
    if part not in package.namelist():
        return []
    with package.open(part) as stream:
        text = stream.read(LONGEST_DIRECTORY).decode("utf-8", "replace")
    return [
        {name: html.unescape(value) for name, value in ATTRIBUTE.findall(found)}
        for found in tag.findall(text)
    ]


def _refused(code: str, path: Path, **details: object) -> FileRefused:
    said = {name: str(value) for name, value in details.items()}
    return FileRefused([Fault(code, details={"value": path.name, **said})])
