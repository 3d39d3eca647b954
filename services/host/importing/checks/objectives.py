"""Checks of cycles and objectives."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.checks.days import circles, in_order
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet
from services.host.importing.rows import Book, Row

PRIORITIES = (1, 5)


def check(book: Book) -> Iterator[Fault]:
    """Days within the cycle, holders that fit the level, contributions without a circle."""
    for row in book.rows("cycles"):
        yield from _cycle(row)
    for row in book.rows("objectives"):
        yield from _objective(book, row)
    yield from _contributions(book)


def _cycle(row: Row) -> Iterator[Fault]:
    yield from in_order(row, "first", "last")
    yield from in_order(row, "planned_on", "drafting_first", "drafting_last")
    first, last, review = row.day("first"), row.day("last"), row.day("mid_review")
    if first and last and review and not first <= review <= last:
        yield row.fault("mid_review", "outside_cycle", first=first, last=last)


def _objective(book: Book, row: Row) -> Iterator[Fault]:
    yield from in_order(row, "drafted_on", "published_on")
    yield from _holder(book, row)
    priority = row.figure("priority")
    if priority is not None and not PRIORITIES[0] <= priority <= PRIORITIES[1]:
        yield row.fault("priority", "out_of_range", low=PRIORITIES[0], high=PRIORITIES[1])
    window = window_of(book, row)
    published = row.day("published_on")
    if window and published and published > window[1]:
        yield row.fault("published_on", "outside_cycle", first=window[0], last=window[1])


def _holder(book: Book, row: Row) -> Iterator[Fault]:
    wanted, other = ("people", "units") if row.text("level") == "person" else ("units", "people")
    holder = row.text("holder")
    if holder in book.by_code(other) and holder not in book.by_code(wanted):
        expected = sheet(wanted).column("code").head
        yield row.fault("holder", "holder_of_other_kind", expected=expected)


def _contributions(book: Book) -> Iterator[Fault]:
    rows = book.by_code("objectives")
    owners = {code: row.text("objective") for code, row in book.by_code("key_results").items()}
    up: dict[str, tuple[str, ...]] = {}
    for code, row in rows.items():
        above = {
            key: [owners.get(c, c) for c in row.several(key)]
            for key in ("contributes_to", "supports")
        }
        for key, named in above.items():
            if code in named:
                yield row.fault(key, "supports_itself")
        up[code] = tuple(one for one in above["contributes_to"] if one != code)
    for code in circles(up):
        yield rows[code].fault("contributes_to", "circle", value=code)


def window_of(book: Book, objective: Row) -> tuple[date, date] | None:
    """The first and last day of the objective's cycle, where the file says them."""
    cycle = book.by_code("cycles").get(objective.text("cycle"))
    first, last = (cycle.day("first"), cycle.day("last")) if cycle else (None, None)
    return (first, last) if first and last else None
