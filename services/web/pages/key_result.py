"""The page of one key result: figures against both targets, the chart, check-ins, the story."""

from asyncio import gather
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
    answer, check_ins, story = await gather(
        visit.site.goals.key_result(visit.asking, key_result_id),
        visit.site.metrics.check_ins(visit.asking, key_result_id),
        visit.site.goals.key_result_story(visit.asking, key_result_id),
    )
    cycles = await visit.site.cycles.all(visit.asking)
    names = await visit.names(everybody(answer, check_ins) | people_of(story))
    name_the_publisher(answer, story)
    return visit.show(
        "key_result.html",
        section="objectives",
        names=names,
        kr=Showing(names, visit.formats).key_result(answer),
        said=answer,
        check_ins=list(reversed(check_ins)),
        kpi_link=link_to_kpi(answer, cycles, names.language),
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


def name_the_publisher(key_result: Answer, story: list[Answer]) -> None:
    """The original target is owed to whoever published it, or added the key result later."""
    targets = (key_result.get("series") or {}).get("targets") or ()
    if targets and not targets[0].get("actor"):
        began = (line for line in story if str(line["name"]).endswith(("published.v1", "added.v1")))
        first = next(began, None)
        targets[0]["actor"] = (first.get("people") or {}).get("actor") if first else None


def link_to_kpi(key_result: Answer, cycles: list[Answer], language: str) -> dict[str, str] | None:
    """Where the KPI that measures a key result is shown, in the period of its cycle."""
    kpi = key_result.get("kpi")
    cycle = next((c for c in cycles if c["id"] == key_result.get("cycle_id")), None)
    if not kpi or cycle is None:
        return None
    name = kpi.get("name_en") if language == "en" else kpi.get("name_zh")
    return {
        "path": f"/kpis/{kpi['kpi_id']}",
        "subject": str(kpi["subject_id"]),
        "period": str(cycle["code"]),
        "name": str(name or kpi.get("code") or ""),
    }


def everybody(key_result: Answer, check_ins: list[Answer]) -> set[str]:
    """The ids of all people that the page speaks of."""
    targets = (key_result.get("series") or {}).get("targets") or ()
    roles = ("actor", "asked_by", "approved_by")
    found = {str(said[role]) for said in targets for role in roles if said.get(role)}
    return found | people_in(key_result) | {str(e["actor"]) for e in check_ins if e.get("actor")}
