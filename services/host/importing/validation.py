"""Everything that is wrong with a file, against itself and against what the services know."""

from operator import attrgetter

from services.host.importing.checks import (
    appraisal,
    check_ins,
    everywhere,
    key_results,
    kpis,
    objectives,
    organisation,
    revisions,
)
from services.host.importing.checks.known import Known, NothingKnown
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet_titled, sheets
from services.host.importing.rows import Book

AREAS = (organisation, objectives, key_results, revisions, check_ins, kpis, appraisal)


def faults_of(book: Book, known: Known | None = None) -> list[Fault]:
    """All faults in the order of sheets and rows; none means that the file may be imported.

    Of a cell that cannot be read nothing more is said than that.
    """
    found = [*everywhere.check(book, known or NothingKnown())]
    for area in AREAS:
        found += area.check(book)
    unreadable = {_cell(fault) for fault in book.faults}
    said = [*book.faults, *(fault for fault in found if _cell(fault) not in unreadable)]
    return sorted({(fault.code, *_cell(fault)): fault for fault in said}.values(), key=_place)


def _cell(fault: Fault) -> tuple[str, int | None, str]:
    return fault.sheet, fault.row, fault.column


def _place(fault: Fault) -> tuple[int, int, str]:
    keys = list(map(attrgetter("key"), sheets()))
    sheet = sheet_titled(fault.sheet)
    return (keys.index(sheet.key) if sheet else -1, fault.row or 0, fault.column)
