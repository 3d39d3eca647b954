"""Commands to metrics: definitions, baselines, offers, agreements."""

from collections.abc import Iterator
from functools import partial

from services.host.importing.planning.command import Command, Item, Listed, Step
from services.host.importing.planning.names import Kinds, kpi_id, person_id
from services.host.importing.rows import Book, Row

DEFINITIONS = Listed(Step.KPIS, "metrics", "define-kpis", "definitions")
BASELINES = Listed(Step.BASELINES, "metrics", "set-baselines", "baselines", 5_000)
OFFERS = Listed(Step.OFFERS, "metrics", "offer-commitments", "offers", 5_000)
AGREEMENTS = Listed(Step.AGREEMENTS, "metrics", "agree-to-commitments", "commitments", 5_000)
TERMS = ("threshold", "target", "stretch")
WORDS = ("code", "name_zh", "name_en", "unit", "direction", "over_time", "over_units")


def commands(book: Book, kinds: Kinds) -> Iterator[Command]:
    """Components are defined before the ratios of them; baselines are set before the offer."""
    definitions = sorted(book.rows("kpis"), key=lambda row: row.says("numerator"))
    yield from DEFINITIONS.of(
        definitions,
        lambda row: row.day("defined_on"),
        _definition,
        lambda row: row.text("defined_by"),
    )
    promised = book.rows("commitments")
    for listed, rows, item in (
        (BASELINES, [row for row in promised if row.says("baseline")], _baseline),
        (OFFERS, promised, _offer),
    ):
        yield from listed.of(
            rows,
            lambda row: row.day("offered_on"),
            partial(item, kinds),
            lambda row: row.text("offered_by"),
        )
    yield from AGREEMENTS.of(
        [row for row in promised if row.says("agreed_on")],
        lambda row: row.day("agreed_on"),
        partial(_on_commitment, kinds),
        lambda row: row.text("subject") if row.text("subject") in book.by_code("people") else "",
    )


def _definition(row: Row) -> Item:
    return {
        **{key: row.text(key) for key in WORDS},
        "frequency": row.text("frequency"),
        "grain": row.text("grain"),
        "owner_id": person_id(row.text("owner")),
        "sources": row.several("sources"),
        "numerator": row.text("numerator") or None,
        "denominator": row.text("denominator") or None,
    }


def _on_commitment(kinds: Kinds, row: Row) -> Item:
    return {
        "kpi_id": kpi_id(row.text("kpi")),
        "subject": kinds.subject(row, "subject"),
        "period": row.text("period"),
    }


def _baseline(kinds: Kinds, row: Row) -> Item:
    return {
        **_on_commitment(kinds, row),
        "value": row.figure("baseline"),
        "taken_from": row.text("baseline_period"),
        "method": row.text("baseline_method"),
    }


def _offer(kinds: Kinds, row: Row) -> Item:
    terms = {key: row.figure(key) for key in TERMS}
    return {**_on_commitment(kinds, row), "terms": terms}
