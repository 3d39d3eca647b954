"""Access tokens: made, shown once, taken back; and exchanged for a minute at one service."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.web.clients.asking import Asking
from services.web.pages.credentials.access_tokens import USUAL_DAYS, AccessToken, Right, rights_of
from services.web.pages.errors import SENTENCES
from services.web.pages.language import to_translate
from services.web.pages.letting_in import origin_of
from services.web.pages.site import Site, site_of
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting
from shared.http.problems import problem_document
from shared.http.tokens import SECONDS, NotOpenedByToken, NotSignedIn
from shared.kernel.refusals import Refused

routes = APIRouter()
LASTING = (30, USUAL_DAYS, 180, 366)
MOST_TOKENS, LONGEST_NAME = 50, 100
NOTHING_CHOSEN = to_translate("Choose at least one part of Cairn that the token shall open.")
TOO_MANY = to_translate("You have many tokens already. Revoke one that is not used any more.")
CHOOSE = to_translate("Please choose one of these.")
CALLED = {
    "directory": to_translate("People and units"),
    "goals": to_translate("Objectives"),
    "metrics": to_translate("KPIs"),
    "appraisal": to_translate("Appraisal"),
}


class Exchange(BaseModel):
    """For which service a token is wanted, and whether only to read there."""

    model_config = ConfigDict(extra="forbid")

    audience: str
    scope: Right | None = None


@routes.get("/tokens")
async def tokens_page(visit: Visiting) -> Response:
    """One's own tokens, and the form for a new one."""
    return await _page(visit, blank(days=USUAL_DAYS))


@routes.post("/tokens")
async def make_token(visit: Visiting) -> Response:
    """Make a token and show it, this one time."""
    site, form = visit.site, await filled(visit.request)
    chosen = [f"{name}:{form.text(name)}" for name in site.audiences if form.text(name)]
    rights = rights_of(chosen, site.audiences)
    form.must_say("name")
    if not rights:
        form.errors["scopes"] = NOTHING_CHOSEN if rights is not None else CHOOSE
    if form.text("days") not in map(str, LASTING):
        form.errors["days"] = CHOOSE
    now = site.clock.now()
    known = await site.tokens.of(visit.person)
    if sum(one.is_good(now) for one in known) >= MOST_TOKENS:
        form.errors["form"] = TOO_MANY
    if form.errors or not rights:
        return await _page(visit, form, status=422)
    name, days = form.text("name")[:LONGEST_NAME], int(form.text("days"))
    secret = await site.tokens.make(visit.person, name, rights, days, now)
    await site.sign_ins.note(now, "token", "token_made", origin_of(visit.request), visit.person)
    return await _page(visit, blank(days=USUAL_DAYS), secret)


@routes.post("/tokens/{token_id}/revoke")
async def revoke_token(visit: Visiting, token_id: UUID) -> Response:
    """Take back one of one's own tokens; it opens nothing from this instant on."""
    site, now = visit.site, visit.site.clock.now()
    if await site.tokens.revoke(token_id, now, visit.person):
        origin = origin_of(visit.request)
        await site.sign_ins.note(now, "token", "token_revoked", origin, visit.person)
    return RedirectResponse("/tokens", status_code=303)


@routes.post("/api/token")
async def exchange(request: Request, wanted: Exchange) -> Response:
    """A token for one service and one minute, in exchange for an access token."""
    try:
        return JSONResponse(await exchanged(request, wanted))
    except Refused as refusal:
        if refusal.status == 401:
            site, origin = site_of(request), origin_of(request)
            await site.sign_ins.note(site.clock.now(), "token", "not_valid", origin)
        return problem_document(SENTENCES, request, refusal)


async def exchanged(request: Request, wanted: Exchange) -> dict[str, Any]:
    """The answer to an exchange; refused when the token, its owner or the service are not right."""
    site = site_of(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    token = await site.tokens.found(secret.strip(), site.clock.now())
    if scheme.lower() != "bearer" or token is None or not await _may_act(site, token):
        raise NotSignedIn(field="Authorization")
    right = token.right(wanted.audience)
    if right is None or (wanted.scope == "write" and right == "read"):
        raise NotOpenedByToken(field="audience", audience=wanted.audience)
    scope = wanted.scope or right
    minted = site.mint(wanted.audience, token.person, scope)
    return {
        "access_token": minted,
        "token_type": "Bearer",
        "expires_in": SECONDS,
        "scope": scope,
    }


async def _may_act(site: Site, token: AccessToken) -> bool:
    today = site.clock.today()
    return await site.directory.active(Asking(None), token.person, today) is not None


async def _page(visit: Visit, form: Filled, secret: str = "", status: int = 200) -> Response:
    now = visit.site.clock.now()
    known = await visit.site.tokens.of(visit.person)
    return visit.show(
        "tokens.html",
        status,
        section="account",
        form=form,
        secret=secret,
        tokens=[one for one in known if one.is_good(now)],
        services={name: CALLED.get(name, name) for name in visit.site.audiences},
        lasting=LASTING,
    )
