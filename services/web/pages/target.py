"""Revising a target: the new figure, from when, why; the earlier ones stay."""

from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer, RefusedByService
from services.web.pages.key_result import CATEGORIES
from services.web.pages.okr_views import Showing, people_in
from services.web.pages.typing_in import Filled, blank, filled, refusal_of
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()


@routes.get("/key-results/{key_result_id}/target")
async def target_page(visit: Visiting, key_result_id: UUID) -> Response:
    """The form, with the effective day set to today."""
    visit.must_be_now()
    answer = await visit.site.goals.key_result(visit.asking, key_result_id)
    form = blank(target="", effective_from=visit.moment.today, reason="", category="", key=uuid4())
    return await _form(visit, answer, form)


@routes.post("/key-results/{key_result_id}/target")
async def revise_target(visit: Visiting, key_result_id: UUID) -> Response:
    """Record the revision and show it on the chart, or the form again with what is wrong."""
    visit.must_be_now()
    form = await filled(visit.request)
    answer = await visit.site.goals.key_result(visit.asking, key_result_id)
    revision = revision_of(form, answer, key_result_id)
    if not form.errors:
        try:
            done = await visit.site.goals.revise(visit.asking, revision, form.text("key"))
            return visit.go_on(f"/key-results/{key_result_id}?done=target", done.seen)
        except RefusedByService as refusal:
            if not refusal_of(refusal):
                raise
            form.refused(refusal)
    return await _form(visit, answer, form, 422)


def revision_of(form: Filled, key_result: Answer, key_result_id: UUID) -> Answer:
    """The command's entry out of the form.

    The revision's id follows from the form's key, so that sending the form twice revises once.
    """
    target = form.figure("target", needed=True)
    form.must_say("effective_from", "category", "reason")
    return {
        "revision_id": str(uuid5(key_result_id, form.text("key"))),
        "objective_id": str(key_result["objective_id"]),
        "change": {"what": "target", "key_result_id": str(key_result_id), "target": target},
        "reason": form.text("reason"),
        "category": form.text("category"),
        "effective_from": form.text("effective_from"),
    }


async def _form(visit: Visit, answer: Answer, form: Filled, status: int = 200) -> Response:
    names = await visit.names(people_in(answer))
    return visit.show(
        "target.html",
        status,
        section="objectives",
        kr=Showing(names, visit.formats).key_result(answer),
        said=answer,
        form=form,
        categories=CATEGORIES,
    )
