"""Commands to goals: cycles, drafts, publications."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.checks.known import Known
from services.host.importing.planning.command import Command, Item, Listed, Step, plain
from services.host.importing.planning.measures import measure, plan_of
from services.host.importing.planning.names import (
    Kinds,
    cycle_id,
    key_result_id,
    kpi_id,
    maybe,
    objective_id,
    owner_of,
    person_id,
)
from services.host.importing.rows import Book, Row

DRAFTS = Listed(Step.DRAFTS, "goals", "draft-objectives", "objectives", 200)


def commands(book: Book, kinds: Kinds, known: Known) -> Iterator[Command]:
    """Cycles are planned and opened; objectives drafted, published; then their cycle runs."""
    for row in book.rows("cycles"):
        yield from _cycle(row)
    yield from DRAFTS.of(
        book.rows("objectives"),
        lambda row: row.day("drafted_on"),
        lambda row: _objective(book, row, kinds, known),
        lambda row: row.text("responsible"),
    )
    yield from _publications(book)


def _cycle(row: Row) -> Iterator[Command]:
    parent, planner = row.text("parent"), row.text("planned_by")
    entry = {
        "cycle_id": cycle_id(row.text("code")),
        "code": row.text("code"),
        "kind": row.text("kind"),
        "first": row.day("first"),
        "last": row.day("last"),
        "parent_id": maybe(parent, cycle_id(parent)),
        "drafting_first": row.day("drafting_first"),
        "drafting_last": row.day("drafting_last"),
        "cadence": row.text("cadence"),
        "mid_cycle_review": row.day("mid_review"),
    }

    def at(key: str, step: Step, name: str, body: Item) -> Command:
        day = row.day(key) or date.min
        return Command(day, step, "goals", name, body, (row,), planner)

    named = {"cycle_ids": [str(entry["cycle_id"])]}
    yield at("planned_on", Step.CYCLES, "plan-cycles", {"cycles": [plain(entry)]})
    yield at("drafting_first", Step.CYCLES, "open-drafting", named)
    yield at("drafting_last", Step.ACTIVATIONS, "activate-cycles", named)


def _objective(book: Book, row: Row, kinds: Kinds, known: Known) -> Item:
    code = row.text("code")
    return {
        "objective_id": objective_id(code),
        "cycle_id": cycle_id(row.text("cycle")),
        "title": row.text("title"),
        "description": row.text("description"),
        "level": row.text("level"),
        "holder": kinds.subject(row, "holder"),
        "responsible_id": person_id(row.text("responsible")),
        "kind": row.text("kind"),
        "objective_class": row.text("class") or "base",
        "origin": row.text("origin") or "strategy",
        "premises": row.several("premises"),
        "priority": int(row.figure("priority") or 2),
        "alignments": [*_links(book, row, known)],
        "key_results": [
            _key_result(book, entry)
            for entry in book.rows("key_results")
            if entry.text("objective") == code
        ],
    }


def _links(book: Book, row: Row, known: Known) -> Iterator[Item]:
    for column, mode in (("contributes_to", "contributes"), ("supports", "supports")):
        for code in row.several(column):
            owner = owner_of(book, code, known)
            yield {
                "objective_id": owner or objective_id(code),
                "key_result_id": key_result_id(code) if owner else None,
                "mode": mode,
            }


def _key_result(book: Book, row: Row) -> Item:
    weight = row.figure("weight")
    return {
        "key_result_id": key_result_id(row.text("code")),
        "title": row.text("title"),
        "responsible_id": person_id(row.text("responsible")),
        "start": row.day("start"),
        "deadline": row.day("deadline"),
        "unit": row.text("unit"),
        "weight": None if weight is None else int(weight * 100),
        "measure": measure(book, row),
        "plan": plan_of(book, row),
        "kpi": _binding(row),
    }


def _binding(row: Row) -> Item | None:
    if not row.says("kpi"):
        return None
    return {
        "kpi_id": kpi_id(row.text("kpi")),
        "definition_version": 1,
        "subject_id": person_id(row.text("kpi_subject")),
    }


def _publications(book: Book) -> Iterator[Command]:
    together: dict[tuple[date, str], list[Row]] = {}
    for row in book.rows("objectives"):
        key = (row.day("published_on") or date.min, row.text("responsible"))
        together.setdefault(key, []).append(row)
    for (day, person), rows in together.items():
        body = {
            "objective_ids": [str(objective_id(row.text("code"))) for row in rows],
            "published_on": str(day),
        }
        yield Command(
            day,
            Step.PUBLICATIONS,
            "goals",
            "publish-objectives",
            body,
            tuple(rows),
            person,
            "objective_ids",
        )
