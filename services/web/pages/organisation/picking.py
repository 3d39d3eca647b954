"""Choosing a person in a form: by a part of the name, with scripts and without.

A field shows who is chosen and whom its search has found. While one types, the choices are fetched;
without scripts, or when the form is sent before they have come, the form is shown again with them.
"""

from asyncio import gather
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import Named, Names, by_id, is_id
from services.web.pages.typing_in import Filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
AT_MOST = 12
FIELD = r"^[a-z_0-9]{1,40}$"
NOBODY = to_translate("nobody")
NOBODY_FOUND = to_translate("Nobody is called so. Try a part of the name.")


@dataclass(frozen=True)
class Choice:
    """Somebody or a unit that can be chosen, and what they do or where it lies."""

    named: Named
    title: str


@dataclass(frozen=True)
class Pick:
    """One field: what is chosen (empty: nothing), what was searched, what can be chosen, how
    ``nothing`` is called where that can, and the ``address`` of the choices.
    """

    field: str
    chosen: str
    sought: str
    choices: tuple[Choice, ...]
    address: str
    nothing: str = ""
    not_found: str = NOBODY_FOUND


@routes.get("/people/choices")
async def choices(
    visit: Visiting, field: Annotated[str, Query(pattern=FIELD)], nobody: bool = False
) -> Response:
    """The choices of one field, for a form that is being filled in."""
    form = Filled(dict(visit.request.query_params))
    found = await picks(visit, form, [field], nobody=nobody)
    return visit.show("organisation/choices.html", pick=found[field])


def still_seeks(form: Filled, fields: Iterable[str]) -> bool:
    """Whether the form was sent to find somebody: by its button, or with a search unanswered."""
    if form.text("find"):
        return True
    return any(form.text(f"{f}_sought") != form.text(f"{f}_answered") for f in fields)


async def picks(
    visit: Visit, form: Filled, fields: Iterable[str], *, nobody: bool = False
) -> Mapping[str, Pick]:
    """The fields with their choices: whoever is chosen first, then whom the search found."""
    fields = list(fields)
    chosen = sorted({form.text(f) for f in fields if is_id(form.text(f))})
    now = visit.asking.at_present()
    known, *found = await gather(
        visit.site.directory.people(now, chosen), *(_found(visit, form, f) for f in fields)
    )
    by_person = by_id(known)
    return {
        f: _pick(visit, form, f, by_person, those, nobody=nobody)
        for f, those in zip(fields, found, strict=True)
    }


async def _found(visit: Visit, form: Filled, field: str) -> list[Answer]:
    sought = form.text(f"{field}_sought")
    if not sought:
        return []
    answer = await visit.site.organisation.people(
        visit.asking.at_present(), search=sought, limit=AT_MOST
    )
    people: list[Answer] = answer["people"]
    return people


def _pick(
    visit: Visit,
    form: Filled,
    field: str,
    known: Mapping[str, Answer],
    found: list[Answer],
    *,
    nobody: bool,
) -> Pick:
    chosen = form.text(field)
    first = [known[chosen]] if chosen in known else []
    everybody = first + [one for one in found if str(one["person_id"]) != chosen]
    names = Names(visit.asking.language, by_id(everybody))
    those = tuple(Choice(names.person(one["person_id"]), _title(one)) for one in everybody)
    return Pick(
        field,
        chosen if first else "",
        form.text(f"{field}_sought"),
        those,
        f"/people/choices?field={field}{'&nobody=true' if nobody else ''}",
        NOBODY if nobody else "",
    )


def _title(person: Answer) -> str:
    posts = person.get("posts") or ()
    return str(posts[0]["title"]) if posts else ""
