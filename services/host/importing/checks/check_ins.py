"""Checks of check-ins and of corrections."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.checks.revisions import published_on
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet
from services.host.importing.rows import Book, Row

SAYING = ("value", "level", "milestones_done", "confidence", "status")
WORDS = ("progress", "obstacles", "support_needed")
HIGHEST_CONFIDENCE = 10


def check(book: Book) -> Iterator[Fault]:
    """Every check-in says something that its key result can take, on a day that had come."""
    steps: dict[str, list[str]] = {}
    for row in book.rows("steps"):
        steps.setdefault(row.text("key_result"), []).append(row.text("name"))
    for row in book.rows("check_ins"):
        yield from _days(book, row)
        yield from _says(row)
        key_result = book.by_code("key_results").get(row.text("key_result"))
        if key_result is not None and key_result.says("type"):
            yield from _fits(row, key_result, steps.get(row.text("key_result"), []))
    yield from _corrections(book)


def recorded_on(row: Row) -> date | None:
    """The day on which a check-in or measurement was recorded: its business day unless said."""
    return row.day("recorded_on") or row.day("observed_on")


def recorded_in_time(row: Row) -> Iterator[Fault]:
    """A fault where the business day lies after the recording day."""
    observed, recorded = row.day("observed_on"), row.day("recorded_on")
    if observed and recorded and observed > recorded:
        yield row.fault("observed_on", "recorded_too_early", recorded=recorded)


def _days(book: Book, row: Row) -> Iterator[Fault]:
    yield from recorded_in_time(row)
    published, observed = published_on(book, row.text("key_result")), row.day("observed_on")
    if published and observed and observed < published:
        yield row.fault("observed_on", "before_publication", published=published)


def _says(row: Row) -> Iterator[Fault]:
    if not any(row.says(key) for key in (*SAYING, *WORDS)):
        yield row.fault("key_result", "says_nothing")
    confidence = row.figure("confidence")
    if confidence is not None and not 0 <= confidence <= HIGHEST_CONFIDENCE:
        yield row.fault("confidence", "out_of_range", low=0, high=HIGHEST_CONFIDENCE)


def _fits(row: Row, key_result: Row, steps: list[str]) -> Iterator[Fault]:
    kind, why = key_result.text("type"), key_result.word("type")
    named = "; ".join(steps)
    wanted = {"milestone": "milestones_done", "rubric": "level"}.get(kind, "value")
    for key in ("value", "level", "milestones_done"):
        if row.says(key) and key != wanted:
            yield row.fault(key, "not_used_for", why=why)
    if row.says("value") and key_result.says("kpi"):
        yield row.fault("value", "measured_by_kpi", kpi=key_result.text("kpi"))
    if kind == "boolean" and row.says("value") and row.figure("value") not in {0, 1}:
        yield row.fault("value", "not_yes_or_no_value")
    if kind == "rubric" and row.says("level") and row.text("level") not in steps:
        yield row.fault("level", "not_a_step", choices=named, sheet=sheet("steps").title)
    for name in row.several("milestones_done") if kind == "milestone" else ():
        if name not in steps:
            yield row.fault(
                "milestones_done",
                "not_a_step",
                value=name,
                choices=named,
                sheet=sheet("steps").title,
            )


def _corrections(book: Book) -> Iterator[Fault]:
    entries = {**book.by_code("measurements"), **book.by_code("check_ins")}
    for row in book.rows("corrections"):
        yield from recorded_in_time(row)
        entry = entries.get(row.text("corrects"))
        first, day = recorded_on(entry) if entry else None, row.day("recorded_on")
        if first and day and day < first:
            yield row.fault("recorded_on", "corrected_too_early", recorded=first)
