"""Checking in: the value, the confidence and three questions, in one form."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer, RefusedByService
from services.web.pages.language import to_translate
from services.web.pages.okr_views import Showing, people_in
from services.web.pages.typing_in import Filled, blank, filled, refusal_of
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
IN_WORDS = ("progress", "obstacles", "support_needed")
IN_FIGURES = ("metric", "threshold", "baseline")
REPORTED = (
    ("on_track", to_translate("On track")),
    ("behind", to_translate("Behind")),
    ("at_risk", to_translate("At risk")),
    ("achieved", to_translate("Achieved")),
)


@routes.get("/key-results/{key_result_id}/check-in")
async def check_in_page(visit: Visiting, key_result_id: UUID) -> Response:
    """The form, with the day set to today and the confidence to the last one."""
    visit.must_be_now()
    answer = await visit.site.goals.key_result(visit.asking, key_result_id)
    form = blank(
        observed_on=visit.moment.today,
        confidence=answer.get("confidence"),
        level=answer.get("level"),
        key=uuid4(),
    )
    return await _form(visit, answer, form, done_so_far(answer))


@routes.post("/key-results/{key_result_id}/check-in")
async def check_in(visit: Visiting, key_result_id: UUID) -> Response:
    """Record it and show the key result with it, or the form again with what is wrong."""
    visit.must_be_now()
    form = await filled(visit.request)
    answer = await visit.site.goals.key_result(visit.asking, key_result_id)
    entry = entry_of(form, answer, key_result_id)
    if not form.errors:
        try:
            done = await visit.site.metrics.check_in(visit.asking, entry, form.text("key"))
            return visit.go_on(f"/key-results/{key_result_id}?done=check-in", done.seen)
        except RefusedByService as refusal:
            if not refusal_of(refusal):
                raise
            form.refused(refusal)
    return await _form(visit, answer, form, form.lists.get("milestones_done", []), 422)


def entry_of(form: Filled, key_result: Answer, key_result_id: UUID) -> Answer:
    """The command's entry out of the form; what was left empty is not said."""
    said: dict[str, Any] = {"key_result_id": str(key_result_id)}
    kind = str(key_result.get("type", "metric"))
    if kind in IN_FIGURES:
        said["value"] = form.figure("value")
    elif kind == "boolean":
        said["value"] = form.given("value")
    elif kind == "rubric":
        said["level"] = form.given("level")
    else:
        said["milestones_done"] = form.lists.get("milestones_done", [])
    confidence = form.given("confidence")
    said["confidence"] = int(confidence) if confidence and confidence.isdigit() else None
    said |= {name: form.given(name) for name in ("observed_on", "reported_status", *IN_WORDS)}
    return {name: value for name, value in said.items() if value is not None}


def done_so_far(key_result: Answer) -> list[str]:
    """The names of the milestones that are done already."""
    return [step["name"] for step in key_result.get("milestones") or () if step.get("done")]


async def _form(
    visit: Visit, answer: Answer, form: Filled, done: list[str], status: int = 200
) -> Response:
    names = await visit.names(people_in(answer))
    return visit.show(
        "check_in.html",
        status,
        section="objectives",
        kr=Showing(names, visit.formats).key_result(answer),
        said=answer,
        form=form,
        milestones_done=done,
        reported=REPORTED,
    )
