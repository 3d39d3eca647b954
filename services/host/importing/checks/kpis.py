"""Checks of KPI definitions, commitments and measurements."""

import re
from collections.abc import Iterator
from itertools import pairwise

from services.host.importing.checks.check_ins import recorded_in_time
from services.host.importing.checks.days import in_order
from services.host.importing.faults import Fault
from services.host.importing.rows import Book, Row

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
FORBIDDEN_SOURCES = ("goals", "insights")


def check(book: Book) -> Iterator[Fault]:
    """Ratios have components, promises are in order, figures come from a source of their KPI."""
    kpis = book.by_code("kpis")
    for row in kpis.values():
        yield from _definition(row, kpis)
    for row in book.rows("commitments"):
        yield from _commitment(row, kpis.get(row.text("kpi")))
    for row in book.rows("measurements"):
        yield from _measurement(row, kpis.get(row.text("kpi")))


def _definition(row: Row, kpis: dict[str, Row]) -> Iterator[Fault]:
    if row.says("code") and not CODE.fullmatch(row.text("code")):
        yield row.fault("code", "kpi_code")
    ratio = row.text("over_time") == "ratio_of_sums"
    for key in ("numerator", "denominator"):
        component = kpis.get(row.text(key))
        if ratio and not row.says(key):
            yield row.fault(key, "needed_for", why=row.word("over_time"))
        if row.says(key) and row.says("over_time") and not ratio:
            yield row.fault(key, "not_used_for", why=row.word("over_time"))
        if ratio and component and component.text("over_time") == "ratio_of_sums":
            yield row.fault(key, "ratio_of_ratios")
    for source in row.several("sources"):
        if source.casefold() in FORBIDDEN_SOURCES:
            yield row.fault("sources", "fed_from_goals", value=source)


def _commitment(row: Row, kpi: Row | None) -> Iterator[Fault]:
    yield from in_order(row, "offered_on", "agreed_on")
    if row.says("offered_by") and row.text("offered_by") == row.text("subject"):
        yield row.fault("offered_by", "own_promise")
    for key in ("baseline_period", "baseline_method"):
        if row.says("baseline") and not row.says(key):
            yield row.fault(key, "needed_for", why=row.page.sheet.column("baseline").head)
    if kpi is not None and kpi.says("direction"):
        yield from _promise(row, kpi)


def _promise(row: Row, kpi: Row) -> Iterator[Fault]:
    sign = {"higher": 1, "lower": -1}.get(kpi.text("direction"), 0)
    said = [key for key in ("threshold", "target", "stretch") if row.says(key)]
    for worse, better in pairwise(said):
        if sign * ((row.figure(better) or 0) - (row.figure(worse) or 0)) < 0:
            yield row.fault(
                better,
                "promise_out_of_order",
                other=row.typed.get(worse, ""),
                direction=kpi.word("direction"),
            )


def _measurement(row: Row, kpi: Row | None) -> Iterator[Fault]:
    yield from recorded_in_time(row)
    if kpi is None:
        return
    if kpi.text("over_time") == "ratio_of_sums":
        yield row.fault("kpi", "ratio_is_computed")
    sources = kpi.several("sources")
    if row.says("source") and sources and row.text("source") not in sources:
        yield row.fault(
            "source", "source_not_listed", kpi=row.text("kpi"), choices="; ".join(sources)
        )
