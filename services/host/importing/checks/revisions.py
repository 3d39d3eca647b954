"""Checks of revisions: what each needs, who approves, and since when it holds."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.checks.days import fine_enough
from services.host.importing.checks.key_results import PERCENT_PLACES
from services.host.importing.faults import Fault
from services.host.importing.rows import Book, Row

NEEDED = {
    "target": "value",
    "stretch": "value",
    "weight": "value",
    "baseline": "value",
    "deadline": "day",
}
OF_METRICS = ("target", "stretch", "baseline")


def check(book: Book) -> Iterator[Fault]:
    """Every revision says what it changes, for whom, and not before the publication."""
    for row in book.rows("revisions"):
        yield from _says_enough(book, row)
        yield from _approved(row)
        yield from _days(book, row)
    yield from _after_dropping(book)


def _says_enough(book: Book, row: Row) -> Iterator[Fault]:
    if not row.says("what"):
        return
    what, why = row.text("what"), row.word("what")
    for key in ("value", "day"):
        if NEEDED.get(what) == key and not row.says(key):
            yield row.fault(key, "needed_for", why=why)
        if NEEDED.get(what) != key and row.says(key):
            yield row.fault(key, "not_used_for", why=why)
    revised = book.by_code("key_results").get(row.text("key_result"))
    if revised is not None and revised.says("type"):
        yield from _fits(row, revised, what)
    if what == "weight":
        yield from fine_enough(row, "value", PERCENT_PLACES)
    if what == "weight" and not 0 <= (row.figure("value") or 0) <= 100:
        yield row.fault("value", "out_of_range", low=0, high=100)


def _fits(row: Row, revised: Row, what: str) -> Iterator[Fault]:
    if revised.text("type") != "metric" and what in OF_METRICS:
        yield row.fault("what", "not_used_for", why=revised.word("type"))
    value = row.figure("value")
    if what == "target" and value is not None and value == revised.figure("baseline"):
        yield row.fault("value", "target_equals_baseline")


def _approved(row: Row) -> Iterator[Fault]:
    if row.says("approved_by") and row.text("approved_by") == row.text("asked_by"):
        yield row.fault("approved_by", "own_approval")


def _days(book: Book, row: Row) -> Iterator[Fault]:
    published = published_on(book, row.text("key_result"))
    for key in ("effective_from", "recorded_on"):
        day = row.day(key)
        if published and day and day < published:
            yield row.fault(key, "before_publication", published=published)


def published_on(book: Book, key_result: str) -> date | None:
    """The day on which a key result of the file was published."""
    row = book.by_code("key_results").get(key_result)
    objective = book.by_code("objectives").get(row.text("objective")) if row else None
    return objective.day("published_on") if objective else None


def _after_dropping(book: Book) -> Iterator[Fault]:
    dropped = {
        row.text("key_result"): day
        for row in book.rows("revisions")
        if row.text("what") == "dropped" and (day := row.day("recorded_on"))
    }
    for row in book.rows("revisions"):
        day, ended = row.day("recorded_on"), dropped.get(row.text("key_result"))
        if row.text("what") != "dropped" and day and ended and day > ended:
            yield row.fault("key_result", "already_dropped", dropped=ended)
