"""Letting somebody act in one's place for some days, and ending that."""

from asyncio import gather
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.names import is_id
from services.web.pages.organisation.naming import names_in
from services.web.pages.organisation.picking import picks, still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.unit_picking import unit_picks
from services.web.pages.standing_in import AREAS
from services.web.pages.typing_in import PLEASE_FILL_IN, Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
TO, WHERE = ("to",), ("unit_id",)


@routes.get("/people/{person_id}/delegations")
async def delegations_page(visit: Visiting, person_id: UUID) -> Response:
    """What is delegated, each with its button to end it, and the form for one more."""
    visit.must_be_now()
    today = visit.moment.today
    form = blank(to="", unit_id="", first=today, last="", key=uuid4())
    return await _form(visit, person_id, replace(form, lists={"scope": ["all"]}))


@routes.post("/people/{person_id}/delegations")
async def give(visit: Visiting, person_id: UUID) -> Response:
    """Give the delegation and show the person, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, TO + WHERE):
        return await _form(visit, person_id, form)
    form.must_say("first", "last")
    if not is_id(form.text("to")):
        form.errors["to"] = PLEASE_FILL_IN
    if not form.lists.get("scope"):
        form.errors["scope"] = PLEASE_FILL_IN
    body = {
        "delegation_id": str(uuid5(person_id, form.text("key"))),
        "person_id": str(person_id),
        "scope": form.lists.get("scope", []),
        "unit_id": form.given("unit_id"),
        **{name: form.text(name) for name in ("to", "first", "last")},
    }
    done = await sent(visit, form, "give-delegation", body)
    if done is None:
        return await _form(visit, person_id, form, 422)
    return visit.go_on(f"/people/{person_id}?done=delegated", done.seen)


@routes.post("/people/{person_id}/delegations/end")
async def end(visit: Visiting, person_id: UUID) -> Response:
    """End a delegation at once and show the person."""
    visit.must_be_now()
    form = await filled(visit.request)
    body = {"delegation_id": form.text("delegation_id"), "person_id": str(person_id)}
    done = await sent(visit, form, "end-delegation", body)
    if done is None:
        return await _form(visit, person_id, form, 422)
    return visit.go_on(f"/people/{person_id}?done=undelegated", done.seen)


async def _form(visit: Visit, person_id: UUID, form: Filled, status: int = 200) -> Response:
    person, given, chosen, where = await gather(
        visit.site.organisation.person(visit.asking, person_id),
        visit.site.organisation.delegations(visit.asking, person_id),
        picks(visit, form, TO),
        unit_picks(visit, form, WHERE, "everywhere"),
    )
    today = str(visit.moment.today)
    running = [d for d in given if not d["ended"] and str(d["last"]) >= today]
    own = [d for d in running if str(d["giver_id"]) == str(person_id)]
    names = await names_in(visit, [person], (str(d["receiver_id"]) for d in own))
    return visit.show(
        "organisation/delegations.html",
        status,
        section="organisation",
        here="people",
        form=form,
        fresh=uuid4(),
        person=person,
        named=names.person(person_id),
        own=own,
        names=names,
        areas=AREAS,
        picks={**chosen, **where},
    )
