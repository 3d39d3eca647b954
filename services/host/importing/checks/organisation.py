"""Checks of people, units and calendar."""

from collections.abc import Iterator

from services.host.importing.checks.days import circles, fine_enough, in_order
from services.host.importing.faults import Fault
from services.host.importing.rows import Book

# Shares of full time are kept as basis points.
SHARE_PLACES = 2


def check(book: Book) -> Iterator[Fault]:
    """No circles, nobody managing themselves, shares and periods that make sense."""
    yield from _circles(book, "units", "parent")
    yield from _circles(book, "people", "manager")
    yield from _people(book)
    for row in book.rows("periods"):
        yield from in_order(row, "first", "last")


def _circles(book: Book, sheet: str, above: str) -> Iterator[Fault]:
    rows = book.by_code(sheet)
    up = {
        code: (row.text(above),) for code, row in rows.items() if row.text(above) not in {"", code}
    }
    for code in circles(up):
        yield rows[code].fault(above, "circle", value=code)


def _people(book: Book) -> Iterator[Fault]:
    for row in book.rows("people"):
        if row.says("manager") and row.text("manager") == row.text("code"):
            yield row.fault("manager", "own_manager")
        yield from fine_enough(row, "share", SHARE_PLACES)
        share = row.figure("share")
        if share is not None and not 0 < share <= 100:
            yield row.fault("share", "share_out_of_range")
    for row in book.rows("units"):
        if row.says("parent") and row.text("parent") == row.text("code"):
            yield row.fault("parent", "circle")
