"""Commands to the directory: units, people, calendar."""

from collections.abc import Iterator
from datetime import date

from services.host.importing.planning.command import Command, Item, Listed, Step, plain
from services.host.importing.planning.names import maybe, person_id, unit_id
from services.host.importing.rows import Book, Row

FULL_TIME = 10_000
UNITS = Listed(Step.UNITS, "directory", "register-units", "units", 10_000)
PEOPLE = Listed(Step.PEOPLE, "directory", "register-people", "people", 10_000)


def commands(book: Book) -> Iterator[Command]:
    """Units before people, both on the day from which they hold; the calendar first of all."""
    yield from UNITS.of(book.rows("units"), lambda row: row.day("from"), _unit)
    yield from PEOPLE.of(book.rows("people"), lambda row: row.day("from"), _person)
    yield from _calendar(book)


def _unit(row: Row) -> Item:
    parent, head, champion = (row.text(key) for key in ("parent", "head", "champion"))
    return {
        "unit_id": unit_id(row.text("code")),
        "code": row.text("code"),
        "kind": row.text("kind"),
        "name_zh": row.text("name_zh"),
        "name_en": row.text("name_en"),
        "parent_id": maybe(parent, unit_id(parent)),
        "counts_as_department": row.yes("counts_as_department"),
        "head_id": maybe(head, person_id(head)),
        "champion_id": maybe(champion, person_id(champion)),
        "effective_from": row.day("from"),
    }


def _person(row: Row) -> Item:
    share, manager = row.figure("share"), row.text("manager")
    roles = dict.fromkeys(("employee", *row.several("roles")))
    post = {
        "unit_id": unit_id(row.text("unit")),
        "title": row.text("title"),
        "share": FULL_TIME if share is None else int(share * 100),
    }
    managers = [{"kind": "line", "manager_id": person_id(manager)}] if manager else []
    return {
        "person_id": person_id(row.text("code")),
        "name": row.text("name"),
        "name_en": row.text("name_en"),
        "locale": row.text("locale") or "zh-CN",
        "posts": [post],
        "managers": managers,
        "roles": [{"role": role} for role in roles],
        "effective_from": row.day("from"),
    }


def _calendar(book: Book) -> Iterator[Command]:
    first = first_day(book)
    periods, days = tuple(book.rows("periods")), tuple(book.rows("working_days"))
    for rows, name, items, keys in (
        (periods, "define-periods", "periods", ("code", "kind", "first", "last")),
        (days, "mark-days", "days", ("day", "kind")),
    ):
        if rows:
            body = {items: [plain({key: row.cells[key] for key in keys}) for row in rows]}
            yield Command(first, Step.CALENDAR, "directory", name, body, rows, items=items)


def first_day(book: Book) -> date:
    """The earliest day on which anything of the file was so; the calendar is told on it."""
    keys = ("from", "planned_on", "defined_on", "drafted_on", "offered_on", "recorded_on")
    days = [day for row in book.all_rows() for key in keys if (day := row.day(key))]
    days += [day for row in book.rows("measurements") if (day := row.day("observed_on"))]
    days += [day for row in book.rows("periods") if (day := row.day("first"))] if not days else []
    return min(days, default=date(2000, 1, 1))
