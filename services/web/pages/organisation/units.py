"""The tree of units, opened level by level; the page of one unit; all units as a file."""

from asyncio import gather
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.exporting import Cell, Form, file_of
from services.web.pages.language import catalogue, to_translate
from services.web.pages.names import Names, by_id, is_id
from services.web.pages.organisation.rights import AREA, rights_of
from services.web.pages.organisation.trees import Tree
from services.web.pages.organisation.words import NO, UNIT_KINDS, YES
from services.web.pages.stories import people_of, told, units_of
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
COLUMNS = (
    to_translate("Code"),
    to_translate("Chinese name"),
    to_translate("English name"),
    to_translate("Kind"),
    to_translate("Parent"),
    to_translate("Head"),
    to_translate("OKR champion"),
    to_translate("Counts as a department"),
    to_translate("Begins"),
    to_translate("Last day"),
)
LEADING = ("head_id", "champion_id")
PEOPLE_SHOWN = 50


@routes.get("/units")
async def units(visit: Visiting) -> Response:
    """The top of the tree, and what lies right below it where there is one top; deeper levels are
    fetched when they are opened.
    """
    tops = await visit.site.organisation.tops(visit.asking)
    first = str(tops[0]["unit_id"]) if len(tops) == 1 else ""
    below = await visit.site.organisation.below(visit.asking, first) if first else []
    names = await names_in(visit, [*tops, *below])
    return visit.show(
        "organisation/units.html",
        section="organisation",
        here="units",
        units=tops,
        opened={first: below} if below else {},
        names=names,
        kinds=UNIT_KINDS,
        may_found=rights_of(visit.rights_in(AREA)).keep_units() and not visit.moment.is_past,
    )


@routes.get("/units.{form}")
async def units_file(visit: Visiting, form: Form) -> Response:
    """Every unit after its parent, as a file."""
    tree = await tree_of(visit)
    names = await names_in(visit, list(tree.units.values()))
    rows = [row_of(unit, tree, names) for _, unit in tree.in_order()]
    name = f"units-{visit.moment.on or visit.moment.today}"
    return file_of(form, name, COLUMNS, rows, visit.asking.language)


@routes.get("/units/{unit_id}/branch")
async def branch(visit: Visiting, unit_id: UUID) -> Response:
    """The units right below one, for the tree; a browser that asks by itself sees the unit."""
    if "hx-request" not in visit.request.headers:
        return RedirectResponse(visit.moment.link(f"/units/{unit_id}"), status_code=303)
    below = await visit.site.organisation.below(visit.asking, unit_id)
    names = await names_in(visit, below)
    return visit.show(
        "organisation/branch.html", units=below, opened={}, names=names, kinds=UNIT_KINDS
    )


@routes.get("/units/{unit_id}")
async def unit(visit: Visiting, unit_id: UUID, done: str = "") -> Response:
    """One unit: who leads it, who works in it, what lies below it, and what happened to it."""
    asking, organisation = visit.asking, visit.site.organisation
    said, below, people, story = await gather(
        organisation.unit(asking, unit_id),
        organisation.below(asking, unit_id),
        organisation.people(asking, unit=str(unit_id), limit=PEOPLE_SHOWN),
        organisation.story_of_unit(asking, unit_id),
    )
    near = [said, *below, *said["path"]]
    apart = sorted(units_of(story) - set(by_id(near, "unit_id")))
    near += await gather(*(organisation.unit(asking, other) for other in apart))
    names = await names_in(visit, near, people["people"], people_of(story))
    within = {str(unit_id), *(str(above["unit_id"]) for above in said["path"])}
    return visit.show(
        "organisation/unit.html",
        section="organisation",
        here="units",
        done=done,
        unit=said,
        units=below,
        opened={},
        people=people["people"],
        more=people.get("next"),
        names=names,
        kinds=UNIT_KINDS,
        story=told(story, names),
        today=str(visit.moment.on or visit.moment.today),
        may_change=rights_of(visit.rights_in(AREA)).keep_units(within) and not visit.moment.is_past,
    )


def row_of(unit: Answer, tree: Tree, names: Names) -> list[Cell]:
    """One unit in the order of the columns; the parent by its code."""
    says = catalogue(names.language).gettext
    kind, parent = str(unit["kind"]), tree.units.get(str(unit.get("parent_id")))
    return [
        str(unit["code"]),
        unit.get("name_zh"),
        unit.get("name_en"),
        says(UNIT_KINDS.get(kind, kind)),
        str(parent["code"]) if parent else None,
        *(names.person(unit[who]).name if unit[who] else None for who in LEADING),
        says(YES if unit["counts_as_department"] else NO),
        date.fromisoformat(unit["effective_from"]),
        date.fromisoformat(unit["last_day"]) if unit.get("last_day") else None,
    ]


async def tree_of(visit: Visit) -> Tree:
    """The whole tree as it stood at the moment that the page shows."""
    return Tree(await visit.site.organisation.units(visit.asking))


async def names_in(
    visit: Visit,
    units: Sequence[Answer],
    people: Sequence[Answer] = (),
    others: Iterable[str] = (),
) -> Names:
    """The names of these units as they were called then, of those who lead them, of people at hand,
    and of others by id.
    """
    known = by_id(people)
    leading = {str(unit[who]) for unit in units for who in LEADING if unit.get(who)}
    wanted = sorted((leading | {who for who in others if is_id(who)}) - set(known))
    found = await visit.site.directory.people(visit.asking, wanted) if wanted else []
    return Names(visit.asking.language, known | by_id(found), by_id(units, "unit_id"))
