"""Choosing a unit in a form: by a part of its name or code, with scripts and without.

As ``picking`` does it for people. In a company of few units all can be chosen without a search.
"""

from asyncio import gather
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import Names, by_id, is_id
from services.web.pages.organisation.picking import AT_MOST, FIELD, Choice, Pick
from services.web.pages.typing_in import Filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
NOTHING = {
    "": "",
    "post": to_translate("no post"),
    "everywhere": to_translate("everywhere"),
    "company": to_translate("the whole company"),
    "top": to_translate("no other unit: the top"),
}
NO_UNIT_FOUND = to_translate("No unit is called so. Try a part of its name or code.")


@routes.get("/units/choices")
async def unit_choices(
    visit: Visiting,
    field: Annotated[str, Query(pattern=FIELD)],
    nothing: str = "",
    outside: UUID | None = None,
) -> Response:
    """The choices of one field, for a form that is being filled in."""
    form, word = Filled(dict(visit.request.query_params)), nothing if nothing in NOTHING else ""
    found = await unit_picks(visit, form, [field], word, outside=str(outside or ""))
    return visit.show("organisation/choices.html", pick=found[field])


async def unit_picks(
    visit: Visit, form: Filled, fields: Sequence[str], nothing: str, *, outside: str = ""
) -> Mapping[str, Pick]:
    """The fields with their choices: the unit that is chosen first, then those that the search
    found, or all where they are few. ``outside`` is a unit that nothing may be chosen below.
    """
    now, organisation = visit.asking.at_present(), visit.site.organisation
    chosen = {form.text(f) for f in fields if is_id(form.text(f))}
    known, *found = await gather(
        organisation.units_of(now, chosen), *(_found(visit, form, f, outside) for f in fields)
    )
    parents = {unit["parent_id"] for unit in (*known, *(u for those in found for u in those))}
    above = await organisation.units_of(now, parents - {None})
    names = Names(visit.asking.language, {}, by_id(above, "unit_id"))
    by_unit = by_id(known, "unit_id")
    query = {"nothing": nothing} | ({"outside": outside} if outside else {})
    return {
        field: Pick(
            field,
            form.text(field) if form.text(field) in by_unit else "",
            form.text(f"{field}_sought"),
            _choices(visit, by_unit.get(form.text(field)), those, names),
            f"/units/choices?{urlencode({'field': field} | query)}",
            NOTHING[nothing],
            NO_UNIT_FOUND,
        )
        for field, those in zip(fields, found, strict=True)
    }


async def _found(visit: Visit, form: Filled, field: str, outside: str) -> list[Answer]:
    sought = form.text(f"{field}_sought")
    units = await visit.site.organisation.units(
        visit.asking.at_present(),
        search=sought or None,
        outside=outside or None,
        open="true",
        limit=AT_MOST + 1,
    )
    if not sought and len(units) > AT_MOST:
        return []
    return units[:AT_MOST]


def _choices(
    visit: Visit, chosen: Answer | None, found: Iterable[Answer], above: Names
) -> tuple[Choice, ...]:
    first = [chosen] if chosen else []
    units = first + [one for one in found if not chosen or one["unit_id"] != chosen["unit_id"]]
    names = Names(visit.asking.language, {}, by_id(units, "unit_id"))
    return tuple(
        Choice(
            names.unit(one["unit_id"]),
            above.unit(one["parent_id"]).name if one["parent_id"] else str(one["code"]),
        )
        for one in units
    )
