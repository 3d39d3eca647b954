"""What every answer carries against foreign scripts and frames, and who may send us forms."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.bounds import Limits
from shared.http.limiting import RateLimits, TooOften
from shared.http.refusing import network_of, note_refusal
from shared.kernel.refusals import Refused

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Tabler's stylesheet draws arrows and ticks from data: images
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HOST_ONLY, OURS = b"__Host-", b"cairn_"
FOREIGN_FORM = "FormFromAnotherSite"
HARMLESS = ("GET", "HEAD", "OPTIONS")
SIGNING_IN = ("/sign-in", "/api/token")
SETTING_OUT = "/sign-in/with/"  # each makes a row that waits for somebody to come back
# asked with a token in a header, which no other site's page can send along
WITHOUT_COOKIES = "/api/token"
Refuse = Callable[[Request, Refused], Response]


class FewTries:
    """Slows down whoever tries to sign in again and again from one network."""

    def __init__(self, app: ASGIApp, limits: Limits, refuse: Refuse) -> None:
        self.app, self.refuse = app, refuse
        self._rates = RateLimits(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let everything pass but one try too many."""
        if not _signs_in(scope):
            await self.app(scope, receive, send)
            return
        try:
            self._rates.count_stranger(network_of((scope.get("client") or ("", 0))[0]))
        except TooOften as refusal:
            note(scope, refusal.status, refusal.code)
            await self.refuse(Request(scope), refusal)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _signs_in(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    if scope["method"] in HARMLESS:
        return _path(scope).startswith(SETTING_OUT)
    return _path(scope).startswith(SIGNING_IN)


def _path(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


class HostCookies:
    """Gives our cookies names that bind them to this very host, where browsers come over HTTPS.

    Pages know them by their short names: ``cairn_session`` travels as ``__Host-cairn_session``,
    which a browser takes from nobody but this host, and what travels under the short name is not
    heard.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rename on the way in and on the way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_renamed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [_sent(*header) for header in message.get("headers", ())]
            await send(message)

        heard = [_heard(*header) for header in scope["headers"]]
        await self.app({**scope, "headers": heard}, receive, send_renamed)


def _heard(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name != b"cookie":
        return name, value
    cookies = (cookie.strip() for cookie in value.split(b";"))
    ours = (cookie for cookie in cookies if not cookie.startswith(OURS))
    return name, b"; ".join(cookie.removeprefix(HOST_ONLY) for cookie in ours)


def _sent(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name != b"set-cookie" or not value.startswith(OURS):
        return name, value
    secure = b"" if b"; secure" in value.lower() else b"; Secure"
    return name, HOST_ONLY + value + secure


class OwnFormsOnly:
    """Refuses what another site's page would have the browser send us."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading pass, and writing when it comes from our own pages."""
        writes = scope["type"] == "http" and scope["method"] not in HARMLESS
        if writes and _path(scope) != WITHOUT_COOKIES and not comes_from_here(Headers(scope=scope)):
            note(scope, 403, FOREIGN_FORM)
            refusal = PlainTextResponse("This form came from another site.", status_code=403)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def note(scope: Scope, status: int, code: str) -> None:
    """Have the security log keep what was refused before any page heard of it."""
    matching = (one for one in _routes(scope["app"].router) if one.matches(scope)[0] is Match.FULL)
    note_refusal(Request({**scope, "route": next(matching, None)}), status, code)


def _routes(router: Router) -> Iterator[BaseRoute]:
    """Every page's own route, also of those that were put together before they came here."""
    for route in router.routes:
        within = getattr(route, "original_router", None)
        if isinstance(within, Router):
            yield from _routes(within)
        else:
            yield route


def comes_from_here(headers: Headers) -> bool:
    """Whether the browser says that our own page sent it.

    ``Sec-Fetch-Site`` decides where the browser sends it; elsewhere ``Origin`` must be our host.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        origin = urlsplit(headers.get("origin", "")).netloc
    except ValueError:  # such as http://[
        return False
    return bool(origin) and origin == headers.get("host")
