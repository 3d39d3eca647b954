"""Commands to metrics: measurements, check-ins, corrections."""

from collections.abc import Iterator
from functools import partial

from services.host.importing.checks.check_ins import recorded_on
from services.host.importing.planning.command import Command, Item, Listed, Step
from services.host.importing.planning.names import Kinds, entry_id, key_result_id, kpi_id
from services.host.importing.rows import Book, Row
from shared.kernel.ids import id_of

MEASUREMENTS = Listed(Step.MEASUREMENTS, "metrics", "record-measurements", "measurements", 5_000)
CHECK_INS = Listed(Step.CHECK_INS, "metrics", "check-in", "check_ins")
OF_CHECK_INS = Listed(Step.CORRECTIONS, "metrics", "correct-check-ins", "corrections")
OF_MEASUREMENTS = Listed(Step.CORRECTIONS, "metrics", "correct-measurements", "corrections")


def commands(book: Book, kinds: Kinds) -> Iterator[Command]:
    """Everything on the day it was recorded; what was typed, on behalf of whoever typed it."""
    yield from MEASUREMENTS.of(
        book.rows("measurements"), recorded_on, partial(_measurement, book, kinds)
    )
    yield from CHECK_INS.of(
        book.rows("check_ins"), recorded_on, _check_in, lambda row: row.text("by")
    )
    figures, standings = book.by_code("measurements"), book.by_code("check_ins")
    corrections = book.rows("corrections")
    for listed, known, item in (
        (OF_MEASUREMENTS, figures, partial(_corrected_figure, figures, kinds)),
        (OF_CHECK_INS, standings, partial(_corrected_check_in, standings)),
    ):
        yield from listed.of(
            [row for row in corrections if row.text("corrects") in known],
            lambda row: row.day("recorded_on"),
            item,
            lambda row: row.text("by"),
        )


def _measurement(book: Book, kinds: Kinds, row: Row) -> Item:
    return {
        "kpi_id": kpi_id(row.text("kpi")),
        "subject": kinds.subject(row, "subject"),
        "value": row.figure("value"),
        "observed_on": row.day("observed_on"),
        "origin": "imported",
        "source": row.text("source"),
        "external_id": row.text("code"),
        "entry_id": entry_id(row.text("code")),
        "batch": {"id": id_of("batch", book.digest), "file": book.name[:200], "row": row.number},
    }


def _check_in(row: Row) -> Item:
    return {
        "key_result_id": key_result_id(row.text("key_result")),
        "entry_id": entry_id(row.text("code")),
        "origin": "imported",
        "external_id": row.text("code"),
        **_standing(row),
    }


def _standing(row: Row) -> Item:
    confidence = row.figure("confidence")
    return {
        "observed_on": row.day("observed_on"),
        "value": row.figure("value"),
        "milestones_done": row.several("milestones_done") or None,
        "level": row.text("level") or None,
        "confidence": None if confidence is None else int(confidence),
        "reported_status": row.text("status") or None,
        **{key: row.text(key) for key in ("progress", "obstacles", "support_needed")},
    }


def _corrected_figure(figures: dict[str, Row], kinds: Kinds, row: Row) -> Item:
    first = figures[row.text("corrects")]
    return {
        "kpi_id": kpi_id(first.text("kpi")),
        "subject": kinds.subject(first, "subject"),
        "fiscal_day": first.day("observed_on"),
        **_correction(row),
        "observed_on": row.day("observed_on") or first.day("observed_on"),
    }


def _corrected_check_in(standings: dict[str, Row], row: Row) -> Item:
    first = standings[row.text("corrects")]
    said = {**_standing(first), **_correction(row)}
    return {
        "key_result_id": key_result_id(first.text("key_result")),
        **said,
        "observed_on": row.day("observed_on") or first.day("observed_on"),
    }


def _correction(row: Row) -> Item:
    return {
        "entry_id": entry_id(row.text("corrects")),
        "correction_id": entry_id(row.text("code")),
        "value": row.figure("value"),
        "reason": row.text("reason"),
    }
