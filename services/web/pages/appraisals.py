"""Appraisals: the list of those one may see, and one appraisal with how it was computed."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
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


@routes.get("/appraisals/{appraisal_id}")
async def appraisal(visit: Visiting, appraisal_id: UUID) -> Response:
    """One appraisal: sections, the live total, each figure's formula and evidence."""
    answer = await visit.site.appraisal.appraisal(visit.asking, appraisal_id)
    names = await visit.names(everybody(answer))
    return visit.show(
        "appraisal.html",
        section="appraisal",
        names=names,
        said=answer,
        sections=[section_of(said, names.language) for said in answer["sections"]],
        steps=steps(str(answer["stage"])),
        kinds=ENTRY_KINDS,
        rehearsal=bool(answer.get("rehearsal")),
    )


def section_of(said: Answer, language: str) -> Answer:
    """A section with its name in the reader's language."""
    title = said.get("title") or {}
    return said | {"name": title.get("en" if language == "en" else "zh") or said["code"]}


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
