"""What every way in ends with: a fresh session, a line in the log, and on to the page."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.pages.credentials.devices import device_of
from services.web.pages.credentials.sign_ins import Origin, Outcome, network_of
from services.web.pages.sessions import COOKIE, Session
from services.web.pages.site import Site, site_of
from services.web.pages.visits import own_address


async def let_in(
    request: Request,
    person: UUID,
    way: str,
    on_to: str,
    tried: bytes | None = None,
    id_token: str = "",
) -> Response:
    """Begin a session of this person and go on; the browser's earlier session ends. ``id_token`` is
    what their company's sign-in said, kept for signing out there.
    """
    site = site_of(request)
    await end_session(request, site)
    origin = origin_of(request)
    now = site.clock.now()
    token = await site.sessions.begin(person, now, way, origin.device)
    if site.id_tokens is not None:
        await site.id_tokens.keep(token, id_token)
    await site.sign_ins.note(now, way, "signed_in", origin, person, tried)
    answer = RedirectResponse(own_address(on_to), status_code=303)
    put(answer, COOKIE, token, site.sessions.lasting, site)
    return answer


async def turn_away(
    request: Request,
    way: str,
    outcome: Outcome,
    person: UUID | None = None,
    tried: bytes | None = None,
) -> None:
    """Note that somebody was not let in."""
    site = site_of(request)
    await site.sign_ins.note(site.clock.now(), way, outcome, origin_of(request), person, tried)


async def end_session(request: Request, site: Site) -> Session | None:
    """End the session that the browser says it has, if any; what it was."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    session = await site.sessions.found(token, site.clock.now())
    await site.sessions.end(token)
    return session


def origin_of(request: Request) -> Origin:
    """Where this request comes from."""
    address = request.client.host if request.client else ""
    return Origin(network_of(address), device_of(request.headers.get("user-agent")))


def put(answer: Response, name: str, value: str, lasting: timedelta, site: Site) -> None:
    """A cookie that no script reads and no other site's form carries."""
    answer.set_cookie(
        name,
        value,
        max_age=int(lasting.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=site.secure_cookies,
    )
