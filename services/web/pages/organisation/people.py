"""The list of people: searched by name, of a unit, page by page; and as a file."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.exporting import Cell, Form, file_of
from services.web.pages.language import catalogue, to_translate
from services.web.pages.names import Names
from services.web.pages.organisation.naming import managers_in, names_in
from services.web.pages.organisation.rights import AREA, rights_of
from services.web.pages.organisation.unit_meant import unit_meant
from services.web.pages.organisation.words import ROLES
from services.web.pages.visits import Visiting

routes = APIRouter()
AT_A_TIME = 50
LONGEST_SEARCH = 100
COLUMNS = (
    to_translate("Name"),
    to_translate("English name"),
    to_translate("Units"),
    to_translate("Posts"),
    to_translate("Line manager"),
    to_translate("Roles"),
    to_translate("Employed from"),
    to_translate("Last day at work"),
)
Sought = Annotated[str, Query(max_length=LONGEST_SEARCH)]


@routes.get("/people")
async def people(
    visit: Visiting,
    q: Sought = "",
    unit: str = "",
    where: Annotated[str | None, Query(max_length=LONGEST_SEARCH)] = None,
    below: bool = False,
    after: str = "",
) -> Response:
    """One page of the people who fit; the next one hangs on, or is a page of its own. Where it is
    not clear which unit is meant, the units to choose from.
    """
    meant, today = await unit_meant(visit, unit, where), visit.moment.on or visit.moment.today
    answer: Answer = {"people": []}
    if not meant.unclear:
        answer = await visit.site.organisation.people(
            visit.asking,
            **sought(q, meant.unit, below=below),
            after=after or None,
            limit=AT_A_TIME,
        )
    found = answer["people"]
    names = await names_in(visit, found, managers_in(found))
    return visit.show(
        "organisation/people.html",
        section="organisation",
        here="people",
        people=found,
        more=answer.get("next"),
        later=bool(after),
        q=q,
        unit=meant.unit,
        meant=meant,
        below=below,
        wanted={"q": q, "unit": meant.unit, "below": "true" if below else ""},
        names=names,
        today=today,
        may_register=rights_of(visit.rights_in(AREA)).keep_people() and not visit.moment.is_past,
    )


@routes.get("/people.{form}")
async def people_file(
    visit: Visiting, form: Form, q: Sought = "", unit: str = "", below: bool = False
) -> Response:
    """Everybody who fits, as a file."""
    found = await visit.site.organisation.everybody(visit.asking, **sought(q, unit, below=below))
    names = await names_in(visit, found, managers_in(found))
    rows = [row_of(person, names) for person in found]
    name = f"people-{visit.moment.on or visit.moment.today}"
    return file_of(form, name, COLUMNS, rows, visit.asking.language)


def sought(q: str, unit: str, *, below: bool) -> dict[str, Any]:
    """What the directory is asked for; what was left empty is not said."""
    try:
        unit_id = str(UUID(unit)) if unit else None
    except ValueError:
        unit_id = None
    return {
        "search": q.strip() or None,
        "unit": unit_id,
        "below": "true" if below and unit_id else None,
    }


def row_of(person: Answer, names: Names) -> list[Cell]:
    """One person in the order of the columns."""
    says = catalogue(names.language).gettext
    posts, managers = person["posts"], person["managers"]
    lines = [names.person(one["manager_id"]).name for one in managers if one["kind"] == "line"]
    return [
        person.get("name"),
        person.get("name_en"),
        "; ".join(names.unit(post["unit_id"]).name for post in posts),
        "; ".join(str(post["title"]) for post in posts),
        "; ".join(lines),
        "; ".join(says(ROLES.get(one["role"], one["role"])) for one in person["roles"]),
        _day(person.get("employed_from")),
        _day(person.get("last_day")),
    ]


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None
