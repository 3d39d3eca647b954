"""The door for identity providers: ``/scim/v2``, opened by a token of their own."""

from http import HTTPStatus
from typing import Annotated, NoReturn
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from scim2_models import SCIMException, UnauthorizedException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse

from services.directory.api.scim.dialects import mended
from services.directory.api.scim.serving import SERVICE
from services.directory.api.scim.storage import Doors, Resources
from services.directory.api.scim.tokens import Tokens
from shared.eventing.asking import Asked, hash_of
from shared.http.limiting import RateLimits
from shared.http.refusing import network_of, note_refusal
from shared.kernel.actors import service

ROOT = "/scim/v2"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def scim_routes(doors: Doors, tokens: Tokens, public_url: str = "") -> APIRouter:
    """All of SCIM below one address; ``public_url`` is where identity providers reach it."""
    router = APIRouter(tags=["scim"])

    async def scim(
        request: Request,
        authorization: Annotated[str, Header()] = "",
        idempotency_key: Annotated[str, Header(max_length=200)] = "",
    ) -> JSONResponse:
        """One SCIM request, answered as RFC 7644 says."""
        body = await request.body()

        def answer() -> ScimResponse:
            token = tokens.holder(authorization.removeprefix("Bearer ").strip())
            if token is None:
                _turn_away(request)
            asked = _asked(request, body, token, idempotency_key)
            handler = ScimHandler(SERVICE, Resources(doors, asked))
            return handler.handle(_scim_request(request, body, public_url))

        try:
            return _sent(await run_in_threadpool(answer))
        except SCIMException as error:
            return _sent(SERVICE.error_response(error))

    for path in (ROOT, ROOT + "/{path:path}"):
        router.add_api_route(path, scim, methods=METHODS, name="scim", include_in_schema=False)
    return router


def _turn_away(request: Request) -> NoReturn:
    """Nobody's token: counted, so that nobody tries many, and kept in the security log."""
    rates: RateLimits = request.app.state.rates
    rates.count_stranger(network_of(request.client.host if request.client else None))
    note_refusal(request, 401, "NotSignedIn")
    raise UnauthorizedException(detail="Send a token made by: cairn scim-token new")


def _asked(request: Request, body: bytes, token: UUID, key: str) -> Asked:
    return Asked(
        request_id=f"scim:{token}:{key or uuid4()}",
        actor=service("scim"),
        body_hash=hash_of([request.method, request.url.path, body.hex()]),
        correlation=request.headers.get("cairn-correlation") or f"scim-token:{token}",
    )


def _scim_request(request: Request, body: bytes, public_url: str) -> ScimRequest:
    """The request as the library knows it; addresses in answers are those of the caller."""
    before, _, path = request.url.path.partition(ROOT)
    here = str(request.url.replace(path=before + ROOT, query="", fragment=""))
    return ScimRequest(
        method=request.method,
        base_url=public_url or here,
        path=path or "/",
        query=dict(request.query_params),
        headers=dict(request.headers),
        body=mended(body),
    )


def _sent(response: ScimResponse) -> JSONResponse:
    if response.body is None or response.status is HTTPStatus.NO_CONTENT:
        return _Empty(None, response.status, response.headers)
    return JSONResponse(response.body, response.status, response.headers)


class _Empty(JSONResponse):
    """An answer without a body, as 204 and 304 are."""

    def render(self, content: object) -> bytes:  # noqa: ARG002 - there is none
        """Nothing."""
        return b""
