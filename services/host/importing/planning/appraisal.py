"""Commands to appraisal: schemes with their signatures, appraisals, reviews."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from services.host.importing.checks.known import Known
from services.host.importing.planning.command import Command, Item, Listed, Step, plain
from services.host.importing.planning.names import (
    appraisal_id,
    kpi_id,
    person_id,
    scheme_id,
    unit_id,
)
from services.host.importing.rows import Book, Row

FIRST_VERSION = 1
PLANS = Listed(Step.APPRAISALS, "appraisal", "plan-appraisals", "items", 5_000)
OPENINGS = Listed(Step.REVIEWS_OPEN, "appraisal", "open-self-reviews", "items", 5_000)
REVIEWS = {
    "self": (Step.SELF_REVIEWS, "give-self-review"),
    "manager": (Step.MANAGER_REVIEWS, "give-manager-review"),
}


def commands(book: Book, known: Known) -> Iterator[Command]:
    """A scheme is in force once both have signed; then appraisals, then what people say."""
    for row in book.rows("schemes"):
        yield from _scheme(book, row)
    appraisals = book.rows("appraisals")
    yield from PLANS.of(
        appraisals,
        lambda row: row.day("planned_on"),
        partial(_plan, book, known),
        lambda row: row.text("planned_by"),
    )
    yield from OPENINGS.of(
        [row for row in appraisals if row.says("self_review_from")],
        lambda row: row.day("self_review_from"),
        _id_of,
        lambda row: row.text("planned_by"),
    )
    yield from _reviews(book)


def _scheme(book: Book, row: Row) -> Iterator[Command]:
    code = row.text("code")
    places = [
        {"code": place.text("place"), "kpi": kpi_id(place.text("kpi"))}
        for place in book.rows("scheme_kpis")
        if place.text("scheme") == code
    ]
    draft = {
        "scheme_id": scheme_id(code),
        "code": code,
        "template": row.text("template"),
        "from_day": row.day("from"),
        "kpis": places,
        "title": {"en": row.text("title_en"), "zh": row.text("title_zh")},
    }
    name = "draft-scheme-from-template"
    day, author = row.day("drafted_on") or date.min, row.text("drafted_by")
    yield Command(day, Step.SCHEMES, "appraisal", name, plain(draft), (row,), author)
    for signer in row.several("signers"):
        body = {"scheme_id": str(scheme_id(code)), "version": FIRST_VERSION}
        day = row.day("signed_on") or date.min
        yield Command(day, Step.SIGNATURES, "appraisal", "sign-scheme", body, (row,), signer)


def _plan(book: Book, known: Known, row: Row) -> Item:
    person = book.by_code("people").get(row.text("subject"))
    unit = unit_id(person.text("unit")) if person else known.unit_of(row.text("subject"))
    first, last = _days(book, known, row.text("period"))
    segment = {
        "first": first,
        "unit": unit,
        "scheme_id": scheme_id(row.text("scheme")),
        "scheme_version": FIRST_VERSION,
    }
    return {
        "appraisal_id": _id_of(row),
        "subject": person_id(row.text("subject")),
        "period": row.text("period"),
        "first": first,
        "last": last,
        "manager": person_id(row.text("manager")),
        "segments": [segment],
    }


def _days(book: Book, known: Known, period: str) -> tuple[date | None, date | None]:
    row = book.by_code("periods").get(period)
    if row is not None:
        return row.day("first"), row.day("last")
    return known.days_of(period) or (None, None)


def _id_of(row: Row) -> object:
    return appraisal_id(row.text("subject"), row.text("period"))


def _reviews(book: Book) -> Iterator[Command]:
    together: dict[tuple[str, str, date], list[Row]] = {}
    for row in book.rows("reviews"):
        key = (row.text("appraisal"), row.text("reviewer"), row.day("recorded_on") or date.min)
        together.setdefault(key, []).append(row)
    appraisals = book.by_code("appraisals")
    for (code, reviewer, day), rows in together.items():
        about = appraisals[code]
        step, name = REVIEWS[reviewer]
        marks = [{"section": row.text("section"), "points": row.figure("points")} for row in rows]
        said = " ".join(row.text("text") for row in rows if row.says("text"))
        body = plain({"appraisal_id": _id_of(about), "marks": marks, "text": said})
        by = about.text("subject" if reviewer == "self" else "manager")
        yield Command(day, step, "appraisal", name, body, tuple(rows), by, "marks")
