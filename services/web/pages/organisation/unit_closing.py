"""Closing a unit that nobody works in any more."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.units import names_in
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()


@routes.get("/units/{unit_id}/close")
async def closing_page(visit: Visiting, unit_id: UUID) -> Response:
    """The form with the last day, and how many still work in it and below."""
    visit.must_be_now()
    return await _form(visit, unit_id, blank(last_day=visit.moment.today, key=uuid4()))


@routes.post("/units/{unit_id}/close")
async def close(visit: Visiting, unit_id: UUID) -> Response:
    """Close it and show it, or the form again with what is still in the way."""
    visit.must_be_now()
    form = await filled(visit.request)
    form.must_say("last_day")
    closed = {"unit_id": str(unit_id), "last_day": form.text("last_day")}
    done = await sent(visit, form, "close-units", {"units": [closed]})
    if done is None:
        return await _form(visit, unit_id, form, 422)
    return visit.go_on(f"/units/{unit_id}?done=saved", done.seen)


async def _form(visit: Visit, unit_id: UUID, form: Filled, status: int = 200) -> Response:
    unit = await visit.site.organisation.unit(visit.asking, unit_id)
    names = await names_in(visit, [unit])
    return visit.show(
        "organisation/unit_closing.html",
        status,
        section="organisation",
        here="units",
        form=form,
        unit=unit,
        named=names.unit(unit_id),
    )
