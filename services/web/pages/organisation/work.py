"""What one person works for: their objectives and KPIs in a cycle."""

from asyncio import gather
from uuid import UUID

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from services.web.pages.cycles import chosen
from services.web.pages.kpis import row_of, titled
from services.web.pages.okr_views import Showing, people_in
from services.web.pages.visits import Visiting

routes = APIRouter()


@routes.get("/people/{person_id}/work")
async def work(visit: Visiting, person_id: UUID, cycle: str = "") -> Response:
    """Objectives that the person answers for, and the KPIs promised for them."""
    asking, day = visit.asking, visit.moment.on or visit.moment.today
    cycles = await visit.site.goals.cycles(asking)
    at = chosen(cycles, cycle, day)
    if at is None:
        raise HTTPException(404)
    objectives, board = await gather(
        visit.site.goals.objectives(asking, responsible=person_id, cycle=at["id"]),
        visit.site.metrics.board(asking, period=at["code"], subject=person_id),
    )
    names = await visit.names({str(person_id)} | people_in(*objectives["items"]))
    showing = Showing(names, visit.formats)
    kpis = [titled(kpi, names.language) for kpi in board["kpis"]]
    rows = [row_of(said, kpis, names, visit.formats) for said in board["rows"]]
    return visit.show(
        "organisation/work.html",
        section="organisation",
        here="people",
        named=names.person(person_id),
        names=names,
        cycle=at,
        cycles=cycles,
        objectives=[showing.objective(said) for said in objectives["items"]],
        kpis=list(zip(kpis, rows[0].cells, strict=True)) if rows else [],
        rehearsal=bool(objectives.get("rehearsal")),
    )
