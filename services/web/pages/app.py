"""The web application: screens in the order of the menu, inside what protects all answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.web.pages import (
    access_tokens,
    acting,
    appraisals,
    check_in,
    company_sign_in,
    door,
    errors,
    home,
    key_result,
    kpis,
    objectives,
    own_sessions,
    password,
    security,
    target,
)
from services.web.pages.language import COOKIE, spoken
from services.web.pages.organisation import rooms as organisation
from services.web.pages.protection import HEADERS, FewTries, HostCookies, OwnFormsOnly
from services.web.pages.site import Site
from shared.http.bounds import Limits
from shared.http.guarding import Guard, Guards
from shared.http.security_log import SecurityLog

SCREENS = (
    door,
    password,
    company_sign_in,
    access_tokens,
    acting,
    own_sessions,
    home,
    objectives,
    key_result,
    check_in,
    target,
    kpis,
    appraisals,
    security,
)
Life = Callable[[], AbstractAsyncContextManager[None]]


class Language:
    """Settles before anything else in which language this request is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the language into the request's state."""
        if scope["type"] == "http":
            request = Request(scope)
            request.state.language = spoken(
                request.cookies.get(COOKIE), request.headers.get("accept-language")
            )
        await self.app(scope, receive, send)


def application(
    site: Site,
    https: bool = False,
    life: Life | None = None,
    limits: Limits | None = None,
    security_log: SecurityLog | None = None,
) -> FastAPI:
    """The web application over these parts; ``life`` opens and closes what they hold."""
    limits = limits or Limits()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with life() if life else _nothing():
            yield

    app = FastAPI(title="Cairn", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site, app.state.security_log = site, security_log
    app.add_middleware(OwnFormsOnly)
    app.add_middleware(FewTries, limits=limits, refuse=errors.refusal)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(Guard, guards=_guards(limits, https))
    app.add_middleware(Language)
    if https:
        app.add_middleware(HostCookies)
    app.router.routes.append(site.rendering.assets.route())
    for screen in SCREENS:
        app.include_router(screen.routes)
    app.include_router(organisation.routes)
    app.add_api_route("/health/live", alive, methods=["GET"])
    errors.install(app)
    return app


def _guards(limits: Limits, https: bool) -> Guards:
    return Guards(
        headers=HEADERS,
        refuse=errors.refusal,
        hosts=limits.hosts,
        largest_body=limits.largest_body,
        longest_sending=limits.longest_sending,
        https=https,
    )


async def alive() -> Response:
    """That the process answers."""
    return PlainTextResponse("alive")


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield
