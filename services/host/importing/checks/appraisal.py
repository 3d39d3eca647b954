"""Checks of schemes, appraisals and reviews."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.checks.days import fine_enough, in_order
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet
from services.host.importing.layout.words import LANGUAGES, Said
from services.host.importing.rows import Book, Row

SIGNERS = 2
HIGHEST_MARK = 100
MARK_PLACES = 4


def check(book: Book) -> Iterator[Fault]:
    """Two signers, nobody judging themselves alone, and reviews in their order."""
    for row in book.rows("schemes"):
        yield from in_order(row, "drafted_on", "signed_on")
        if row.says("signers") and len(row.several("signers")) != SIGNERS:
            yield row.fault("signers", "two_signers")
        yield from _places(book, row)
    for row in book.rows("appraisals"):
        yield from in_order(row, "planned_on", "self_review_from")
        for key in ("manager", "planned_by"):
            if row.says(key) and row.text(key) == row.text("subject"):
                yield row.fault(key, "about_oneself")
    yield from _reviews(book)


def _places(book: Book, scheme: Row) -> Iterator[Fault]:
    named = {
        row.text("place")
        for row in book.rows("scheme_kpis")
        if row.text("scheme") == scheme.text("code")
    }
    words = sheet("scheme_kpis").column("place").words
    lacking = [word for place, word in words.items() if place not in named]
    if lacking:
        places = Said(*("; ".join(w.in_language(lang) for w in lacking) for lang in LANGUAGES))
        yield scheme.fault(
            "template", "places_missing", places=places, sheet=sheet("scheme_kpis").title
        )


def _reviews(book: Book) -> Iterator[Fault]:
    appraisals = book.by_code("appraisals")
    given: dict[str, date] = {}
    for row in book.rows("reviews"):
        day = row.day("recorded_on")
        if row.text("reviewer") == "self" and day:
            given.setdefault(row.text("appraisal"), day)
    for row in book.rows("reviews"):
        yield from fine_enough(row, "points", MARK_PLACES)
        points = row.figure("points")
        if points is not None and not 0 <= points <= HIGHEST_MARK:
            yield row.fault("points", "out_of_range", low=0, high=HIGHEST_MARK)
        appraisal = appraisals.get(row.text("appraisal"))
        if appraisal is not None:
            yield from _order(row, appraisal, given.get(row.text("appraisal")))


def _order(row: Row, appraisal: Row, self_given: date | None) -> Iterator[Fault]:
    opens, day = appraisal.day("self_review_from"), row.day("recorded_on")
    if day is None:
        return
    if opens is None or day < opens:
        yield row.fault("recorded_on", "self_review_not_open", opens=opens or "-")
    if row.text("reviewer") == "manager" and (self_given is None or day < self_given):
        yield row.fault("recorded_on", "manager_before_self")
