"""The KPI board of a unit, and the card of one KPI of one subject."""

from asyncio import gather
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.charts import kpi_over_time, steps
from services.web.pages.cycles import chosen
from services.web.pages.formats import Formats, decimal
from services.web.pages.key_result import CATEGORIES
from services.web.pages.names import Named, Names
from services.web.pages.status import LEVELS, Mark, kpi_level
from services.web.pages.stories import people_of, told
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()


@dataclass(frozen=True)
class Cell:
    """One figure on the board: what was reached, of which target, and how that is to be taken."""

    kpi: str
    value: str
    target: str
    share: object
    mark: Mark
    sealed: bool


@dataclass(frozen=True)
class Row:
    """One subject's figures, in the order of the board's KPIs; ``None``: nothing promised."""

    subject: Named
    cells: list[Cell | None]


@routes.get("/kpis")
async def board(visit: Visiting, unit: str = "", cycle: str = "") -> Response:
    """KPI by subject for a unit in the period of a cycle."""
    day = visit.moment.on or visit.moment.today
    cycles = await visit.site.goals.cycles(visit.asking)
    at = chosen(cycles, cycle, day)
    unit_id = unit or visit.own_unit
    if at is None or not unit_id:
        raise HTTPException(404)
    answer = await visit.site.metrics.board(visit.asking, period=at["code"], unit=unit_id)
    subjects = {str(r["subject"]["id"]) for r in answer["rows"] if r["subject"]["kind"] == "person"}
    names = await visit.names(subjects)
    kpis = [titled(kpi, names.language) for kpi in answer["kpis"]]
    return visit.show(
        "kpi_board.html",
        section="kpis",
        names=names,
        unit=names.unit(unit_id),
        units=[names.unit(u) for u in names.units],
        cycle=at,
        cycles=cycles,
        kpis=kpis,
        legend=list(LEVELS.values()),
        rows=in_order([row_of(said, kpis, names, visit.formats) for said in answer["rows"]]),
        rehearsal=bool(answer.get("rehearsal")),
    )


@routes.get("/kpis/{kpi_id}")
async def card(visit: Visiting, kpi_id: UUID, subject: UUID, period: str) -> Response:
    """One KPI of one subject in one period: the commitment's lines, the course, every entry."""
    metrics = visit.site.metrics
    answer, story = await gather(
        metrics.kpi(visit.asking, kpi_id, subject=subject, period=period),
        metrics.kpi_story(visit.asking, kpi_id, subject=subject, figures="false"),
    )
    names = await visit.names(everybody(answer) | people_of(story))
    kpi = titled(answer, names.language)
    return visit.show(
        "kpi_card.html",
        section="kpis",
        names=names,
        kpi=kpi,
        said=answer,
        subject=names.holder(answer["subject"]),
        mark=LEVELS[level_of(answer, str(answer.get("direction")))],
        categories=CATEGORIES,
        entries=list(reversed(answer.get("entries") or ())),
        story=told(story, names),
        rehearsal=bool(answer.get("rehearsal")),
        **drawn(visit, answer, names),
    )


def drawn(visit: Visit, answer: Answer, names: Names) -> dict[str, Any]:
    """The chart and its table twin."""
    terms = steps(targets_of(answer), names)
    chart = kpi_over_time(answer, terms, visit.formats)
    if visit.moment.on:
        chart["as_of"] = visit.moment.on.isoformat()
    return {"chart": chart, "targets": terms, "points": chart["actual"]}


def targets_of(answer: Answer) -> list[Answer]:
    """The commitment's targets in the order they were put, as the chart takes them."""
    terms = (answer.get("commitment") or {}).get("terms") or ()
    return [
        said | {"from": said["effective_from"], "value": said["target"]}
        for said in terms
        if said.get("target") is not None
    ]


def titled(kpi: Answer, language: str) -> Answer:
    """The KPI with its ``title`` in the reader's language."""
    title = kpi.get("name_en") if language == "en" else kpi.get("name_zh")
    return kpi | {"title": title or kpi.get("code", "")}


def in_order(rows: list[Row]) -> list[Row]:
    """Units first, then people by name."""
    return sorted(rows, key=lambda row: (row.subject.kind != "unit", row.subject.name))


def row_of(said: Answer, kpis: list[Answer], names: Names, formats: Formats) -> Row:
    """One subject's row, its cells under the right KPIs."""
    by_kpi = {str(cell["kpi"]): cell for cell in said["cells"]}
    cells = [cell_of(by_kpi.get(str(kpi["id"])), kpi, formats) for kpi in kpis]
    return Row(names.holder(said["subject"]), cells)


def cell_of(said: Answer | None, kpi: Answer, formats: Formats) -> Cell | None:
    """One figure as shown; ratios of KPIs counted in ``%`` come as said by the definition."""
    if said is None:
        return None
    unit = kpi.get("unit")
    return Cell(
        kpi=str(kpi["id"]),
        value=formats.measured(said.get("actual"), unit),
        target=formats.short(said.get("target"), unit),
        share=said.get("achievement"),
        mark=LEVELS[level_of(said, str(kpi.get("direction")))],
        sealed=bool(said.get("sealed")),
    )


def level_of(said: Answer, direction: str) -> str:
    """Between which lines the figure lies, as the service says or as its lines tell."""
    if said.get("level") in LEVELS:
        return str(said["level"])
    lines = (decimal(said.get(name)) for name in ("actual", "threshold", "target", "stretch"))
    return kpi_level(direction, *lines)


def everybody(answer: Answer) -> set[str]:
    """The ids of all people that the card speaks of."""
    subject = answer.get("subject") or {}
    found = {str(subject["id"])} if subject.get("kind") == "person" else set()
    said = [*targets_of(answer), *(answer.get("entries") or ())]
    return found | {str(one["actor"]) for one in said if one.get("actor")}
