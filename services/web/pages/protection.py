"""What every answer carries against foreign scripts and frames, and who may send us forms."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
HARMLESS = ("GET", "HEAD", "OPTIONS")


class SecurityHeaders:
    """Puts the headers on every answer; pages are never stored by caches."""

    def __init__(self, app: ASGIApp, https: bool = False) -> None:
        self.app, self.https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        headers.setdefault("Cache-Control", "no-store")
        if self.https:
            headers["Strict-Transport-Security"] = STRICT_TRANSPORT


class OwnFormsOnly:
    """Refuses what another site's page would have the browser send us."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading pass, and writing when it comes from our own pages."""
        writes = scope["type"] == "http" and scope["method"] not in HARMLESS
        if writes and not comes_from_here(Headers(scope=scope)):
            refusal = PlainTextResponse("This form came from another site.", status_code=403)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def comes_from_here(headers: Headers) -> bool:
    """Whether the browser says that our own page sent it.

    ``Sec-Fetch-Site`` decides where the browser sends it; elsewhere ``Origin`` must be our host.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return bool(origin) and urlsplit(str(origin)).netloc == headers.get("host")
