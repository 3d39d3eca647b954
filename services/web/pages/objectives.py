"""The objectives of a unit, and the page of one objective."""

from asyncio import gather
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from services.web.pages.cycles import chosen
from services.web.pages.language import to_translate
from services.web.pages.okr_views import ObjectiveView, Showing, people_in
from services.web.pages.stories import people_of, told
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()


@dataclass(frozen=True)
class View:
    """A saved view of the list: its key in the address, its word, how many it shows."""

    key: str
    word: str
    count: int


VIEWS = (
    ("all", to_translate("All")),
    ("mine", to_translate("Mine")),
    ("overdue", to_translate("Overdue")),
    ("at_risk", to_translate("At risk or behind")),
    ("stale", to_translate("Stale")),
    ("revised", to_translate("Revised")),
)


@routes.get("/objectives")
async def objectives(
    visit: Visiting, unit: str = "", cycle: str = "", show: str = "all"
) -> Response:
    """The objectives of a unit and its people in a cycle, through one of the views."""
    asking, day = visit.asking, visit.moment.on or visit.moment.today
    cycles = await visit.site.goals.cycles(asking)
    at = chosen(cycles, cycle, day)
    unit_id = unit or visit.own_unit
    if at is None or not unit_id:
        raise HTTPException(404)
    answer = await visit.site.goals.objectives(asking, unit=unit_id, cycle=at["id"])
    names = await visit.names(people_in(*answer["items"]))
    showing = Showing(names, visit.formats)
    rows = [showing.objective(said) for said in answer["items"]]
    return visit.show(
        "objectives.html",
        section="objectives",
        names=names,
        unit=names.unit(unit_id),
        units=[names.unit(u) for u in names.units],
        cycle=at,
        cycles=cycles,
        show=show,
        views=[View(key, word, len(seen(rows, key, visit))) for key, word in VIEWS],
        objectives=seen(rows, show, visit),
        rehearsal=bool(answer.get("rehearsal")),
    )


@routes.get("/objectives/{objective_id}")
async def objective(visit: Visiting, objective_id: UUID) -> Response:
    """One objective: its key results, its two progress figures, and its story."""
    answer, story = await gather(
        visit.site.goals.objective(visit.asking, objective_id),
        visit.site.goals.story(visit.asking, objective_id),
    )
    names = await visit.names(people_in(answer) | people_of(story))
    return visit.show(
        "objective.html",
        section="objectives",
        names=names,
        objective=Showing(names, visit.formats).objective(answer),
        alignments=answer.get("alignments", ()),
        story=told(story, names),
        rehearsal=bool(answer.get("rehearsal")),
    )


def seen(rows: list[ObjectiveView], show: str, visit: Visit) -> list[ObjectiveView]:
    """The rows that a view shows; an unknown view shows all."""
    me = str(visit.whose)
    keeps: dict[str, Callable[[ObjectiveView], bool]] = {
        "mine": lambda o: me in {o.responsible.id, *(kr.responsible.id for kr in o.key_results)},
        "overdue": lambda o: o.overdue,
        "at_risk": lambda o: o.mark.tone in ("bad", "warn"),
        "stale": lambda o: o.stale,
        "revised": lambda o: o.revisions > 0,
    }
    keep = keeps.get(show)
    return [row for row in rows if keep is None or keep(row)]
