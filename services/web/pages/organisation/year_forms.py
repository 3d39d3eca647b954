"""Defining a fiscal year: of months from any day on, or of weeks by quarter."""

from datetime import date
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.language import to_translate
from services.web.pages.organisation.sending import sent
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
PATTERNS = {
    "months": to_translate("Calendar months"),
    "4-4-5": to_translate("Weeks, each quarter 4-4-5"),
    "4-5-4": to_translate("Weeks, each quarter 4-5-4"),
    "5-4-4": to_translate("Weeks, each quarter 5-4-4"),
}


@routes.get("/calendar/year")
async def year_page(visit: Visiting) -> Response:
    """The form, with next year put in."""
    visit.must_be_now()
    following = visit.moment.today.year + 1
    form = blank(code=f"FY{following}", first=date(following, 1, 1), pattern="months", key=uuid4())
    return _form(visit, form)


@routes.post("/calendar/year")
async def define_year(visit: Visiting) -> Response:
    """Name its periods and show its year, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    form.must_say("code", "first", "pattern")
    body = {name: form.text(name) for name in ("code", "first", "pattern")}
    done = await sent(visit, form, "define-fiscal-year", body | {"long": bool(form.text("long"))})
    if done is None:
        return _form(visit, form, 422)
    return visit.go_on(f"/calendar?year={form.text('first')[:4]}&done=year", done.seen)


def _form(visit: Visit, form: Filled, status: int = 200) -> Response:
    return visit.show(
        "organisation/year_form.html",
        status,
        section="organisation",
        here="calendar",
        form=form,
        patterns=PATTERNS,
    )
