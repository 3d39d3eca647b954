"""The page of one key result: figures against both targets, the chart, check-ins, the story."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.charts import in_shares, over_time, sparkline, steps
from services.web.pages.language import to_translate
from services.web.pages.names import Names
from services.web.pages.okr_views import Showing, people_in
from services.web.pages.stories import people_of, told
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
CATEGORIES = {
    "external_change": to_translate("The world outside changed"),
    "learned": to_translate("We learned something"),
    "resources": to_translate("Resources changed"),
    "error": to_translate("The figure was wrong"),
    "other": to_translate("Another reason"),
}


@routes.get("/key-results/{key_result_id}")
async def key_result(visit: Visiting, key_result_id: UUID) -> Response:
    """One key result as of the visit's moment."""
    answer = await visit.site.goals.key_result(visit.asking, key_result_id)
    check_ins = await visit.site.metrics.check_ins(visit.asking, key_result_id)
    story = await visit.site.goals.key_result_story(visit.asking, key_result_id)
    names = await visit.names(everybody(answer, check_ins) | people_of(story))
    return visit.show(
        "key_result.html",
        section="objectives",
        names=names,
        kr=Showing(names, visit.formats).key_result(answer),
        said=answer,
        check_ins=list(reversed(check_ins)),
        confidence_path=sparkline([entry.get("confidence") for entry in check_ins]),
        story=told(story, names),
        categories=CATEGORIES,
        rehearsal=bool(answer.get("rehearsal")),
        **drawn(visit, answer, names),
    )


def drawn(visit: Visit, answer: Answer, names: Names) -> dict[str, Any]:
    """The chart and its table twin; no chart for what is not measured in figures."""
    series = answer.get("series") or {}
    targets = steps(series.get("targets") or (), names)
    window = (str(answer["start"]), str(answer["deadline"]))
    if targets:
        chart = over_time(series, targets, window, visit.formats, answer.get("unit"))
    else:
        chart = in_shares(series, window, visit.formats)
    if visit.moment.on:
        chart["as_of"] = visit.moment.on.isoformat()
    return {"chart": chart, "targets": targets, "points": chart["actual"]}


def everybody(key_result: Answer, check_ins: list[Answer]) -> set[str]:
    """The ids of all people that the page speaks of."""
    targets = (key_result.get("series") or {}).get("targets") or ()
    roles = ("actor", "asked_by", "approved_by")
    found = {str(said[role]) for said in targets for role in roles if said.get(role)}
    return found | people_in(key_result) | {str(e["actor"]) for e in check_ins if e.get("actor")}
