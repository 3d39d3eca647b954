"""Commands to goals that revise what was published."""

from collections.abc import Iterator

from services.host.importing.checks.known import Known
from services.host.importing.planning.command import Command, Item, Listed, Step
from services.host.importing.planning.names import (
    key_result_id,
    maybe,
    owner_of,
    person_id,
    revision_id,
)
from services.host.importing.rows import Book, Row

REVISIONS = Listed(Step.REVISIONS, "goals", "revise-objectives", "revisions")


def commands(book: Book, known: Known) -> Iterator[Command]:
    """Each on the day it was recorded, on behalf of whoever asked."""
    yield from REVISIONS.of(
        book.rows("revisions"),
        lambda row: row.day("recorded_on"),
        lambda row: _revision(book, row, known),
        lambda row: row.text("asked_by"),
    )


def _revision(book: Book, row: Row, known: Known) -> Item:
    approver = row.text("approved_by")
    return {
        "revision_id": revision_id(row.text("code")),
        "objective_id": owner_of(book, row.text("key_result"), known),
        "change": {"key_result_id": key_result_id(row.text("key_result")), **_change(row)},
        "reason": row.text("reason"),
        "category": row.text("category"),
        "asked_by": person_id(row.text("asked_by")),
        "approved_by": maybe(approver, person_id(approver)),
        "effective_from": row.day("effective_from"),
    }


def _change(row: Row) -> Item:
    what, value = row.text("what"), row.figure("value")
    match what:
        case "weight":
            return {"what": "key_result_weight", "weight": int((value or 0) * 100)}
        case "dropped":
            return {"what": "key_result_dropped"}
        case "deadline":
            return {"what": what, what: row.day("day")}
    return {"what": what, what: value}
