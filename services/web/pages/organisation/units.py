"""The tree of units, opened level by level, and the page of one unit."""

from asyncio import gather
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.exporting import Cell, Form, file_of
from services.web.pages.language import catalogue, to_translate
from services.web.pages.names import Names, by_id
from services.web.pages.organisation.rights import rights_of
from services.web.pages.organisation.trees import Branch, Tree
from services.web.pages.organisation.words import NO, UNIT_KINDS, YES
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
    to_translate("Since"),
)
OPEN_LEVELS = 2
# A tree of so many units is short enough to be shown whole.
SMALL = 30
PEOPLE_SHOWN = 50


@routes.get("/units")
async def units(visit: Visiting) -> Response:
    """The whole tree, its first levels open; deeper ones are fetched when they are opened."""
    tree = await tree_of(visit)
    tops = tree.tops()
    levels = len(tree.units) if len(tree.units) <= SMALL else OPEN_LEVELS
    names = await names_in(visit, tree, *shown(tops, levels))
    return visit.show(
        "organisation/units.html",
        section="organisation",
        here="units",
        branches=tops,
        open_levels=levels,
        count=len(tree.units),
        names=names,
        kinds=UNIT_KINDS,
        may_found=rights_of(visit.me).keep() and not visit.moment.is_past,
    )


@routes.get("/units/{unit_id}/branch")
async def branch(visit: Visiting, unit_id: UUID) -> Response:
    """The units directly below one, for the tree; a browser that asks by itself sees the unit."""
    if "hx-request" not in visit.request.headers:
        return RedirectResponse(visit.moment.link(f"/units/{unit_id}"), status_code=303)
    tree = await tree_of(visit)
    below = tree.below(str(unit_id))
    names = await names_in(visit, tree, *shown(below, 1))
    return visit.show(
        "organisation/branch.html", branches=below, open_levels=0, names=names, kinds=UNIT_KINDS
    )


@routes.get("/units/{unit_id}")
async def unit(visit: Visiting, unit_id: UUID, done: str = "") -> Response:
    """One unit: who leads it, who works in it, and what lies below it."""
    asking, organisation = visit.asking, visit.site.organisation
    tree, people = await gather(
        tree_of(visit), organisation.people(asking, unit=unit_id, limit=PEOPLE_SHOWN)
    )
    me = tree.units.get(str(unit_id))
    if me is None:
        raise HTTPException(404)
    below = tree.below(str(unit_id))
    names = await names_in(visit, tree, me, *shown(below, 1), people=people["people"])
    keeps = rights_of(visit.me).keep(tree.branch(str(unit_id)))
    return visit.show(
        "organisation/unit.html",
        section="organisation",
        here="units",
        done=done,
        unit=me,
        way=tree.way_to(str(unit_id))[:-1],
        branches=below,
        open_levels=0,
        people=people["people"],
        more=people.get("next"),
        names=names,
        kinds=UNIT_KINDS,
        may_change=keeps and not visit.moment.is_past,
    )


@routes.get("/units.{form}")
async def units_file(visit: Visiting, form: Form) -> Response:
    """Every unit after its parent, as a file."""
    tree = await tree_of(visit)
    names = await names_in(visit, tree, *tree.units.values())
    rows = [row_of(unit, tree, names) for _, unit in tree.in_order()]
    name = f"units-{visit.moment.on or visit.moment.today}"
    return file_of(form, name, COLUMNS, rows, visit.asking.language)


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
        *(
            names.person(unit[who]).name if unit[who] else None
            for who in ("head_id", "champion_id")
        ),
        says(YES if unit["counts_as_department"] else NO),
        date.fromisoformat(unit["effective_from"]),
    ]


async def tree_of(visit: Visit) -> Tree:
    """The tree as it stood at the moment that the page shows."""
    return Tree(await visit.site.organisation.units(visit.asking))


async def names_in(
    visit: Visit, tree: Tree, *units: Answer, people: Sequence[Answer] = ()
) -> Names:
    """The names of all units as they were called then, of those who lead these, and of ``people``
    at hand.
    """
    leading = {str(unit[who]) for unit in units for who in ("head_id", "champion_id") if unit[who]}
    found = await visit.site.directory.people(visit.asking, sorted(leading)) if leading else []
    return Names(visit.asking.language, by_id([*found, *people]), tree.units)


def shown(branches: tuple[Branch, ...], levels: int) -> list[Answer]:
    """The units of these branches down to so many levels."""
    if not levels:
        return []
    return [unit for b in branches for unit in (b.unit, *shown(b.below, levels - 1))]
