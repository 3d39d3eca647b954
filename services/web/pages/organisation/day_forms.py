"""Marking days of the calendar: holidays, make-up working days, ordinary days again."""

from datetime import date, timedelta
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.organisation.picking import still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.unit_picking import unit_picks
from services.web.pages.typing_in import NOT_A_DAY, Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
MOST_DAYS = 60
WHERE = ("unit_id",)
KINDS = {
    "day_off": to_translate("Holiday"),
    "make_up": to_translate("Make-up working day"),
    "working": to_translate("Ordinary again"),
}
BACKWARDS = to_translate("The last day lies before the first. Swap them.")
WHOLE_COMPANY_ONLY = to_translate("Make-up days hold for the whole company. Choose no unit.")
TOO_MANY = to_translate("These are more than 60 days. Mark them in several steps.")


@routes.get("/calendar/days")
async def days_page(visit: Visiting) -> Response:
    """The form for a stretch of days."""
    visit.must_be_now()
    form = blank(first="", last="", kind="day_off", unit_id="", reason="", key=uuid4())
    return await _form(visit, form)


@routes.post("/calendar/days")
async def mark_days(visit: Visiting) -> Response:
    """Mark them and show their year, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, WHERE):
        return await _form(visit, form)
    days = days_of(form)
    command, body = asked(form, days)
    done = await sent(visit, form, command, body)
    if done is None:
        return await _form(visit, form, 422)
    return visit.go_on(f"/calendar?year={days[0].year}&done=days", done.seen)


def asked(form: Filled, days: list[date]) -> tuple[str, Answer]:
    """The command: of the whole company, or the closure of one unit; notes what is wrong."""
    kind, unit_id = form.text("kind"), form.text("unit_id")
    if not unit_id:
        return "mark-days", {"days": [{"day": day.isoformat(), "kind": kind} for day in days]}
    body: Answer = {"unit_id": unit_id, "days": [day.isoformat() for day in days]}
    if kind == "working":
        return "lift-closures", body
    if kind == "make_up":
        form.errors["unit_id"] = WHOLE_COMPANY_ONLY
    form.must_say("reason")
    return "mark-closures", body | {"reason": form.text("reason")}


def days_of(form: Filled) -> list[date]:
    """The days from the first to the last, which is the first unless said; notes what is wrong."""
    form.must_say("first")
    first, last = _day(form, "first"), _day(form, "last") or _day(form, "first")
    if form.errors or first is None or last is None:
        return []
    count = (last - first).days + 1
    if count < 1:
        form.errors["last"] = BACKWARDS
    elif count > MOST_DAYS:
        form.errors["last"] = TOO_MANY
    return [first + timedelta(days=n) for n in range(min(max(count, 0), MOST_DAYS))]


def _day(form: Filled, name: str) -> date | None:
    try:
        return date.fromisoformat(form.text(name)) if form.text(name) else None
    except ValueError:
        form.errors[name] = NOT_A_DAY
        return None


async def _form(visit: Visit, form: Filled, status: int = 200) -> Response:
    return visit.show(
        "organisation/days_form.html",
        status,
        section="organisation",
        here="calendar",
        form=form,
        kinds=KINDS,
        picks=await unit_picks(visit, form, WHERE, "company"),
    )
