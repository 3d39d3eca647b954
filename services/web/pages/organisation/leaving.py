"""Somebody goes: what they hold is shown before it is confirmed, and who takes it over is named."""

from asyncio import gather
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import is_id
from services.web.pages.organisation.naming import names_in
from services.web.pages.organisation.picking import picks, still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.words import MANAGER_KINDS, ROLES
from services.web.pages.typing_in import PLEASE_FILL_IN, Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
SUCCESSOR = ("successor_id",)
WAYS = {
    "deactivate": to_translate("Nothing may be done in their name from now on"),
    "end": to_translate("They leave the company, with a last day"),
}
PARTS = {"head": to_translate("Head"), "champion": to_translate("OKR champion")}


@routes.get("/people/{person_id}/leaving")
async def leaving_page(visit: Visiting, person_id: UUID) -> Response:
    """What somebody holds, and the form that says how they go and who takes over."""
    visit.must_be_now()
    form = blank(way="deactivate", last_day=visit.moment.today, successor_id="", key=uuid4())
    return await _form(visit, person_id, form)


@routes.post("/people/{person_id}/leaving")
async def leave(visit: Visiting, person_id: UUID) -> Response:
    """Carry it out and show the person, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, SUCCESSOR):
        return await _form(visit, person_id, form)
    if form.text("way") not in WAYS:
        form.errors["way"] = PLEASE_FILL_IN
    successor = form.text("successor_id") if is_id(form.text("successor_id")) else None
    goes: Answer = {"person_id": str(person_id), "successor_id": successor}
    body: Answer = {"people": [goes]}
    command = "deactivate-people"
    if form.text("way") == "end":
        form.must_say("last_day")
        command, body = "end-employment", goes | {"last_day": form.text("last_day")}
    done = await sent(visit, form, command, body)
    if done is None:
        return await _form(visit, person_id, form, 422)
    told = "held" if done.body.get("warnings") else "left"
    return visit.go_on(f"/people/{person_id}?done={told}", done.seen)


@routes.post("/people/{person_id}/reactivate")
async def reactivate(visit: Visiting, person_id: UUID) -> Response:
    """Let somebody act again, and show them."""
    visit.must_be_now()
    form = await filled(visit.request)
    done = await sent(visit, form, "reactivate-people", {"person_ids": [str(person_id)]})
    if done is None:
        return await _form(visit, person_id, form, 422)
    return visit.go_on(f"/people/{person_id}?done=back", done.seen)


async def _form(visit: Visit, person_id: UUID, form: Filled, status: int = 200) -> Response:
    person, held, chosen = await gather(
        visit.site.organisation.person(visit.asking, person_id),
        visit.site.organisation.held(visit.asking, person_id),
        picks(visit, form, SUCCESSOR, nobody=True),
    )
    managed = {str(one["person_id"]) for one in held["manages"]}
    units = [one["unit_id"] for one in held["units"]]
    names = await names_in(visit, [person], managed, unit_ids=units)
    return visit.show(
        "organisation/leaving.html",
        status,
        section="organisation",
        here="people",
        form=form,
        person=person,
        held=held,
        named=names.person(person_id),
        names=names,
        ways=WAYS,
        parts=PARTS,
        roles=ROLES,
        manager_kinds=MANAGER_KINDS,
        picks=chosen,
    )
