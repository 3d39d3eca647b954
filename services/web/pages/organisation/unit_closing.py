"""Closing a unit that nobody works in any more, and opening it again."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.units import names_in
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
CLOSING, REOPENING = "organisation/unit_closing.html", "organisation/unit_reopening.html"


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


@routes.get("/units/{unit_id}/reopen")
async def reopening_page(visit: Visiting, unit_id: UUID) -> Response:
    """The form with the day from which it is there again, and why."""
    visit.must_be_now()
    form = blank(effective_from=visit.moment.today, reason="", key=uuid4())
    return await _form(visit, unit_id, form, template=REOPENING)


@routes.post("/units/{unit_id}/reopen")
async def reopen(visit: Visiting, unit_id: UUID) -> Response:
    """Open it again and show it, or the form again with what is wrong."""
    visit.must_be_now()
    form = await filled(visit.request)
    form.must_say("effective_from", "reason")
    reopened = {
        "unit_id": str(unit_id),
        "effective_from": form.text("effective_from"),
        "reason": form.text("reason"),
    }
    done = await sent(visit, form, "reopen-units", {"units": [reopened]})
    if done is None:
        return await _form(visit, unit_id, form, 422, REOPENING)
    return visit.go_on(f"/units/{unit_id}?done=saved", done.seen)


async def _form(
    visit: Visit, unit_id: UUID, form: Filled, status: int = 200, template: str = CLOSING
) -> Response:
    unit = await visit.site.organisation.unit(visit.asking, unit_id)
    names = await names_in(visit, [unit])
    return visit.show(
        template,
        status,
        section="organisation",
        here="units",
        form=form,
        unit=unit,
        named=names.unit(unit_id),
    )
