"""Signing in with the company: out to its sign-in, and back."""

import logging
from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Answer, Asking
from services.web.pages.company.attempts import Attempt
from services.web.pages.company.company_door import CompanyDoor, Known
from services.web.pages.company.id_token import NotTrusted
from services.web.pages.company.outside import ProviderSilent
from services.web.pages.credentials.secrets import fresh
from services.web.pages.credentials.sign_ins import tried_hash
from services.web.pages.door import door_page
from services.web.pages.language import to_translate
from services.web.pages.letting_in import let_in, put, turn_away
from services.web.pages.site import Site, site_of
from services.web.pages.visits import own_address

log = logging.getLogger(__name__)
routes = APIRouter()
COOKIE = "cairn_attempt"
LASTING = timedelta(minutes=10)
NOT_BEGUN = to_translate(
    "This sign-in was not begun in this browser, or too long ago. Please begin again."
)
DECLINED = to_translate(
    "Your company's sign-in did not let you in. Begin again, or ask whoever runs it."
)
NOT_TRUSTED = to_translate(
    "The answer of your company's sign-in cannot be trusted. Begin again; if it stays so, tell"
    " whoever runs Cairn."
)
SILENT = to_translate("Your company's sign-in does not answer. Wait a moment, then begin again.")
UNKNOWN = to_translate(
    "Your company knows you, but Cairn has no account for you yet. Ask your HR department or"
    " whoever runs Cairn to add you."
)
INACTIVE = to_translate(
    "Your account here is not active. Ask your HR department or whoever runs Cairn."
)


@routes.get("/sign-in/with/{name}")
async def set_out(request: Request, name: str, next: str = "/") -> Response:  # noqa: A002
    """Send the browser to the company's sign-in, with a challenge that only it can answer."""
    site, door = site_of(request), door_of(request, name)
    browser = request.cookies.get(COOKIE) or fresh()
    now = site.clock.now()
    attempt = await site.attempts.begin(name, browser, own_address(next), now)
    try:
        address = await door.way_out(attempt, way_back(request, name))
    except ProviderSilent as silence:
        log.warning("a provider does not answer", exc_info=silence)
        return await door_page(request, next, SILENT, status=503)
    answer = RedirectResponse(address, status_code=303)
    put(answer, COOKIE, browser, LASTING, site)
    return answer


@routes.get("/sign-in/with/{name}/back")
async def come_back(
    request: Request,
    name: str,
    code: str = "",
    state: str = "",
    iss: str = "",
    error: str = "",
) -> Response:
    """Let in whoever the company's sign-in sends back, if Cairn has an active account for them."""
    site, door = site_of(request), door_of(request, name)
    browser = request.cookies.get(COOKIE, "")
    attempt = await site.attempts.finish(name, browser, state, site.clock.now())
    if attempt is None:
        await turn_away(request, door.provider.way, "not_valid")
        return await door_page(request, "/", NOT_BEGUN, status=400)
    if error or not code:
        await turn_away(request, door.provider.way, "not_valid")
        return await door_page(request, attempt.on_to, DECLINED, status=403)
    try:
        known = await door.came_back(attempt, code, iss, way_back(request, name))
    except NotTrusted as doubt:
        log.warning("%s is not believed: %s", name, doubt)
        await turn_away(request, door.provider.way, "not_valid")
        return await door_page(request, attempt.on_to, NOT_TRUSTED, status=403)
    except ProviderSilent as silence:
        log.warning("a provider does not answer", exc_info=silence)
        return await door_page(request, attempt.on_to, SILENT, status=503)
    return await _welcome(request, site, door, attempt, known)


async def _welcome(
    request: Request, site: Site, door: CompanyDoor, attempt: Attempt, known: Known
) -> Response:
    tried = tried_hash(site.key, known.looked_up)
    account = await _account(request, site, door, known)
    if account is None:
        await turn_away(request, door.provider.way, "unknown", tried=tried)
        return await door_page(request, attempt.on_to, UNKNOWN, status=403)
    person = UUID(str(account["person_id"]))
    if not account.get("active"):
        await turn_away(request, door.provider.way, "inactive", person, tried)
        return await door_page(request, attempt.on_to, INACTIVE, status=403)
    way = door.provider.way
    answer = await let_in(request, person, way, attempt.on_to, tried, known.id_token)
    answer.delete_cookie(COOKIE)
    return answer


async def _account(request: Request, site: Site, door: CompanyDoor, known: Known) -> Answer | None:
    """The one account that is meant; two would be as bad as none."""
    wanted = {
        "subject": {"issuer": known.issuer, "subject": known.subject},
        "user_name": {"user_name": known.looked_up},
        "external_id": {"external_id": known.looked_up},
    }[door.provider.match]
    found = await site.directory.accounts(Asking(None, request.state.language), **wanted)
    return found[0] if len(found) == 1 else None


def door_of(request: Request, name: str) -> CompanyDoor:
    """The provider's door; there is nothing at this address when no provider has that name."""
    door = site_of(request).companies.get(name)
    if door is None:
        raise HTTPException(404)
    return door


def way_back(request: Request, name: str) -> str:
    """The address that the provider sends browsers back to, as it was registered there."""
    return f"{site_of(request).address(request)}/sign-in/with/{name}/back"
