"""Appraisals: the list of those one may see, one with how it was computed, and the walls."""

from asyncio import gather
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.status import Mark
from services.web.pages.stories import people_of, told
from services.web.pages.visits import Visiting

routes = APIRouter()
STAGES = (
    ("planned", to_translate("Planned")),
    ("self_review", to_translate("Self review")),
    ("manager_review", to_translate("Manager review")),
    ("sealed", to_translate("Sealed")),
    ("signed_off", to_translate("Signed off")),
)
ENTRY_KINDS = {
    "bonus": to_translate("Bonus"),
    "deduction": to_translate("Deduction"),
    "veto": to_translate("Veto"),
}
WALLS = {
    "feeds": to_translate("The appraisal service follows KPIs and the organisation only"),
    "modules": to_translate(
        "No definition of an objective is loaded where appraisals are computed"
    ),
    "database": to_translate("Its database role cannot enter the databases of other services"),
}
HOLDS = {
    True: Mark("good", "shield-check", to_translate("Holds")),
    False: Mark("bad", "alert-triangle", to_translate("Broken")),
    None: Mark("calm", "info-circle", to_translate("Not enforced in this shape")),
}


@routes.get("/appraisals")
async def appraisals(visit: Visiting) -> Response:
    """My own appraisals, and those of the people I answer for."""
    rows = await visit.site.appraisal.appraisals(visit.asking)
    names = await visit.names({str(row["subject"]) for row in rows})
    mine = [row for row in rows if str(row["subject"]) == str(visit.person)]
    others = [row for row in rows if str(row["subject"]) != str(visit.person)]
    return visit.show(
        "appraisals.html",
        section="appraisal",
        names=names,
        mine=mine,
        others=others,
        stages=dict(STAGES),
    )


@routes.get("/appraisals/separation")
async def separation(visit: Visiting) -> Response:
    """The live report of the walls between OKRs and appraisal."""
    answer = await visit.site.appraisal.separation(visit.asking)
    checks = [
        {"says": check["says"], "mark": HOLDS[check["holds"]], "wall": WALLS.get(check["wall"], "")}
        for check in answer["checks"]
    ]
    return visit.show("separation.html", section="appraisal", checks=checks)


@routes.get("/appraisals/{appraisal_id}")
async def appraisal(visit: Visiting, appraisal_id: UUID) -> Response:
    """One appraisal: sections, the live total, each figure's formula and evidence."""
    answer, story = await gather(
        visit.site.appraisal.appraisal(visit.asking, appraisal_id),
        visit.site.appraisal.story(visit.asking, appraisal_id),
    )
    names = await visit.names(everybody(answer) | people_of(story))
    return visit.show(
        "appraisal.html",
        section="appraisal",
        names=names,
        said=answer,
        sections=[section_of(said, names.language) for said in answer["sections"]],
        items=[item_of(said, names.language) for said in answer["items"]],
        steps=steps(str(answer["stage"])),
        kinds=ENTRY_KINDS,
        story=told(story, names),
        rehearsal=bool(answer.get("rehearsal")),
    )


def section_of(said: Answer, language: str) -> Answer:
    """A section with its name in the reader's language."""
    title = said.get("title") or {}
    return said | {"name": title.get("en" if language == "en" else "zh") or said["code"]}


def item_of(said: Answer, language: str) -> Answer:
    """A KPI of the appraisal with its name in the reader's language."""
    name = said.get("name_en") if language == "en" else said.get("name_zh")
    return said | {"name": name or said["code"], "unit": said.get("unit")}


def steps(stage: str) -> list[dict[str, Any]]:
    """The way an appraisal goes: which steps lie behind, which one it is at."""
    keys = [key for key, _ in STAGES]
    at = keys.index(stage) if stage in keys else -1
    return [
        {"word": word, "done": number < at, "here": number == at}
        for number, (_, word) in enumerate(STAGES)
    ]


def everybody(answer: Answer) -> set[str]:
    """The ids of the subject, the manager and the authors of entries."""
    authors = {str(entry["author"]) for entry in answer.get("entries", ()) if entry.get("author")}
    return authors | {str(answer["subject"]), str(answer.get("manager") or "")}
