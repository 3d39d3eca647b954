"""Where one is signed in, and how to end that: here, elsewhere, everywhere."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.pages.language import to_translate
from services.web.pages.letting_in import origin_of
from services.web.pages.sessions import COOKIE
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
WAYS = {
    "development": to_translate("Demonstration"),
    "password": to_translate("Password"),
}


@routes.get("/sessions")
async def sessions_page(visit: Visiting) -> Response:
    """The browsers in which one is signed in, the last used first."""
    known = await visit.site.sessions.of(visit.person, visit.site.clock.now())
    companies = visit.site.companies.values()
    return visit.show(
        "sessions.html",
        section="account",
        sessions=known,
        here=visit.session,
        ways=WAYS | {one.provider.way: one.provider.called for one in companies},
    )


@routes.post("/sessions/{session_id}/end")
async def end_one(visit: Visiting, session_id: UUID) -> Response:
    """End one of one's own sessions."""
    await visit.site.sessions.end_one(visit.person, session_id)
    await _note(visit)
    return RedirectResponse("/sessions", status_code=303)


@routes.post("/sessions/end-all")
async def end_all(visit: Visiting) -> Response:
    """Sign out everywhere, here too."""
    await visit.site.sessions.end_all(visit.person)
    await _note(visit)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


async def _note(visit: Visit) -> None:
    now, origin = visit.site.clock.now(), origin_of(visit.request)
    await visit.site.sign_ins.note(now, "browser", "ended_elsewhere", origin, visit.person)
