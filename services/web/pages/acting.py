"""Acting for somebody else: choosing for whom, and ending it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.pages.standing_in import AREAS, held
from services.web.pages.visits import Visit, Visiting, own_address

routes = APIRouter()


@routes.get("/acting")
async def acting_page(visit: Visiting, ended: bool = False) -> Response:
    """For whom one may act today, each with its button; and whoever one acts for."""
    return await _page(visit, ended=ended)


@routes.post("/acting")
async def act(visit: Visiting, delegation: Annotated[UUID, Form()]) -> Response:
    """Act under this delegation from now on, if it holds today."""
    chosen = [one for one in held(visit.me) if str(one["delegation_id"]) == str(delegation)]
    if not chosen:
        return await _page(visit, ended=True, status=409)
    giver = UUID(str(chosen[0]["giver_id"]))
    await visit.site.sessions.act(visit.session.session_id, giver, delegation)
    return RedirectResponse("/", status_code=303)


@routes.post("/acting/end")
async def end(visit: Visiting, back: Annotated[str, Form()] = "/") -> Response:
    """Act in one's own name again, on the page where one was."""
    await visit.site.sessions.act(visit.session.session_id, None, None)
    return RedirectResponse(own_address(back), status_code=303)


async def _page(visit: Visit, *, ended: bool, status: int = 200) -> Response:
    delegations = held(visit.me)
    names = await visit.names(one["giver_id"] for one in delegations)
    return visit.show(
        "acting.html",
        status,
        section="account",
        names=names,
        delegations=delegations,
        areas=AREAS,
        ended=ended,
    )
