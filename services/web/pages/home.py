"""Home: what is due from me this week, and my objectives."""

from asyncio import gather

from fastapi import APIRouter
from starlette.responses import Response

from services.web.pages.cycles import running
from services.web.pages.okr_views import Showing, people_in
from services.web.pages.visits import Visiting

routes = APIRouter()


@routes.get("/")
async def home(visit: Visiting) -> Response:
    """The page one starts from."""
    goals, asking = visit.site.goals, visit.asking
    cycle = running(await goals.cycles(asking), visit.moment.on or visit.moment.today)
    due, mine = await gather(
        goals.due(asking, visit.whose),
        goals.objectives(asking, responsible=visit.whose, cycle=cycle and cycle["id"]),
    )
    names = await visit.names(people_in(*due, *mine["items"]))
    showing = Showing(names, visit.formats)
    return visit.show(
        "home.html",
        section="home",
        names=names,
        due=[showing.key_result(said) for said in due],
        objectives=[showing.objective(said) for said in mine["items"]],
        rehearsal=bool(mine.get("rehearsal")),
    )
