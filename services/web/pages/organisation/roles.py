"""Handing out roles, each in one unit and below or everywhere, perhaps until a day; and taking
them back; both with a reason.
"""

from asyncio import gather
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.organisation.naming import names_in
from services.web.pages.organisation.picking import still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.unit_picking import unit_picks
from services.web.pages.organisation.words import ROLES
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
WHERE = ("unit_id",)
GRANTED = {role: word for role, word in ROLES.items() if role != "employee"}


@routes.get("/people/{person_id}/roles")
async def roles_page(visit: Visiting, person_id: UUID) -> Response:
    """What somebody holds, each with its button to take it back, and the form for one more."""
    visit.must_be_now()
    return await _form(visit, person_id, _empty(visit))


@routes.post("/people/{person_id}/roles")
async def grant(visit: Visiting, person_id: UUID) -> Response:
    """Grant the role and show the person, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, WHERE):
        return await _form(visit, person_id, form)
    form.must_say("role", "effective_from", "reason")
    granted = {
        "person_id": str(person_id),
        "role": form.text("role"),
        "unit_id": form.given("unit_id"),
        "effective_from": form.text("effective_from"),
        "expires_on": form.given("expires_on"),
        "reason": form.text("reason"),
    }
    done = await sent(visit, form, "grant-roles", {"grants": [granted]})
    if done is None:
        return await _form(visit, person_id, form, 422)
    return visit.go_on(f"/people/{person_id}?done=granted", done.seen)


@routes.post("/people/{person_id}/roles/revoke")
async def revoke(visit: Visiting, person_id: UUID) -> Response:
    """Take the role back at once and show the person."""
    visit.must_be_now()
    form = await filled(visit.request)
    form.must_say("reason")
    revoked = {
        "person_id": str(person_id),
        "role": form.text("role"),
        "unit_id": form.given("unit_id"),
        "reason": form.text("reason"),
    }
    done = await sent(visit, form, "revoke-roles", {"grants": [revoked]})
    if done is None:
        return await _form(visit, person_id, _empty(visit), 422, back=form)
    return visit.go_on(f"/people/{person_id}?done=revoked", done.seen)


def _empty(visit: Visit) -> Filled:
    nothing = dict.fromkeys(("role", "unit_id", "expires_on", "reason"), "")
    return blank(**nothing, effective_from=visit.moment.today, key=uuid4())


async def _form(
    visit: Visit,
    person_id: UUID,
    form: Filled,
    status: int = 200,
    back: Filled | None = None,
) -> Response:
    """The page; ``back`` is what was typed to take a role back, and what is wrong with it."""
    person, chosen = await gather(
        visit.site.organisation.person(visit.asking, person_id),
        unit_picks(visit, form, WHERE, "everywhere"),
    )
    names = await names_in(visit, [person])
    return visit.show(
        "organisation/roles.html",
        status,
        section="organisation",
        here="people",
        form=form,
        back=back or Filled(),
        fresh=uuid4(),
        person=person,
        named=names.person(person_id),
        names=names,
        roles=ROLES,
        granted=GRANTED,
        picks=chosen,
    )
