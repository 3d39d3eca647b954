"""What stands before every application: whom it answers as, how much it takes in, and what every
answer carries.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.refusals import Refused

log = logging.getLogger(__name__)

CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,100}")
PORT = re.compile(r":[0-9]{1,5}$")
NAME = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
OF_SERVICES = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class HostUnknown(Refused):
    """Cairn does not answer under this name. Use the address that you were given, or have the name
    added to the hosts in the settings.
    """

    status = 400


class BodyTooLarge(Refused):
    """This is larger than the {limit} bytes that are taken here. Send it in several parts."""

    status = 413


class TooSlow(Refused):
    """This request took longer than {seconds} seconds to arrive. Send it again."""

    status = 408


class Broken(Refused):
    """Something went wrong on our side, and nothing was recorded unless you were told so. Try
    again; if it stays, tell your administrator this number: {correlation}.
    """

    status = 500


@dataclass(frozen=True)
class Guards:
    """What is guarded against; ``larger`` names the paths that take in more than the others."""

    headers: Mapping[str, str]
    refuse: Callable[[Request, Refused], Response]
    hosts: Sequence[str] = ()
    largest_body: int = 1 << 20
    larger: Mapping[str, int] = field(default_factory=dict)
    longest_sending: float = 30.0
    https: bool = False


class Guard:
    """The outermost layer of an application."""

    def __init__(self, app: ASGIApp, guards: Guards) -> None:
        self.app, self.guards = app, guards
        said = {**guards.headers, "Cache-Control": "no-store"}
        if guards.https:
            said["Strict-Transport-Security"] = STRICT_TRANSPORT
        self.carried = [(name.lower().encode(), value.encode()) for name, value in said.items()]
        self._hosts = frozenset(one.lower() for one in guards.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or refuse before it hears of the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        passage = Passage(self, scope, receive, send)
        if not self.knows(passage.headers.get(b"host", b"").decode("latin-1")):
            await passage.refuse(HostUnknown(field="Host"))
        elif passage.is_announced_too_large():
            await passage.refuse(passage.too_large())
        else:
            await passage.go_through()

    def knows(self, host: str) -> bool:
        """Whether this answers under a name; ``*.example.com`` stands for every name below it."""
        if not NAME.fullmatch(host):
            return False
        name = PORT.sub("", host).lower()
        return (
            not self._hosts or name in self._hosts or f"*.{name.partition('.')[2]}" in self._hosts
        )


class Passage:
    """One request on its way in, and its answer on the way out."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self._guard, self._guards, self._scope = guard, guard.guards, scope
        self._receive, self._send = receive, send
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        self._largest = self._guards.larger.get(path, self._guards.largest_body)
        self._taken, self._whole, self._answering = 0, False, False
        self._refusal: Refused | None = None
        self._until = 0.0

    def is_announced_too_large(self) -> bool:
        """Whether the sender says that more is coming than is taken."""
        said = self.headers.get(b"content-length", b"")
        return said.isdigit() and int(said[:20]) > self._largest

    def too_large(self) -> BodyTooLarge:
        """Why no more than so much is taken."""
        return BodyTooLarge(limit=self._largest)

    async def go_through(self) -> None:
        """Let the application answer; what it breaks on is logged and apologised for."""
        try:
            await self._guard.app(self._scope, self._take, self._answer)
        except Exception as error:
            if self._answering:
                raise
            if self._refusal is None:
                self._refusal = self._broken(error)
        if self._refusal is not None and not self._answering:
            await self.refuse(self._refusal)

    async def refuse(self, refusal: Refused) -> None:
        """Answer with why not."""
        self._refusal = None
        answer = self._guards.refuse(Request(self._scope), refusal)
        await answer(self._scope, self._receive, self._answer)

    async def _take(self) -> Message:
        """A part of the body, as long as it is within the limits of size and time."""
        if self._whole:
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + self._guards.longest_sending
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self._refusal = TooSlow(seconds=f"{self._guards.longest_sending:g}")
            raise self._refusal from None
        self._taken += len(message.get("body", b""))
        if self._taken > self._largest:
            self._refusal = self.too_large()
            raise self._refusal
        self._whole = not message.get("more_body", False)
        return message

    async def _answer(self, message: Message) -> None:
        """The answer with its headers; what the application says after a refusal is not sent."""
        if self._refusal is not None and not self._answering:
            return
        if message["type"] == "http.response.start":
            self._answering = True
            given = message.get("headers", ())
            present = {name for name, _ in given}
            more = (one for one in self._guard.carried if one[0] not in present)
            message["headers"] = [*given, *more]
        await self._send(message)

    def _broken(self, error: Exception) -> Broken:
        said = self.headers.get(b"cairn-correlation", b"").decode("latin-1")
        correlation = said if CORRELATION.fullmatch(said) else uuid4().hex
        method, path = self._scope["method"], self._scope["path"]
        log.error(
            "a request failed: %s %s, number %s",
            *(method, path, correlation),
            exc_info=error,
            extra={"correlation": correlation},
        )
        return Broken(correlation=correlation)
