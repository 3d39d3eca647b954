"""Asking servers that somebody named in the settings: never the machines inside by accident.

A name is looked up once, every address that it has must be public, and the connection goes to the
very address that was judged: a name that answers otherwise a moment later leads nowhere else.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

Address = IPv4Address | IPv6Address
LookUp = Callable[[str, int], Awaitable[Sequence[str]]]

LARGEST_ANSWER = 1 << 20
PATIENCE = httpx2.Timeout(10, connect=3)
# connections are known by address: one made for a name must not serve another
FRESH = httpx2.Limits(max_keepalive_connections=0)
# addresses that carry one of the old kind inside, and reach it through a gateway
TRANSLATED = ip_network("64:ff9b::/96")


class NotToBeAsked(httpx2.RequestError):
    """This address is private, without HTTPS, or none at all."""


class AnswerTooLarge(httpx2.RequestError):
    """The answer is larger than is taken from outside."""


def is_public(address: str) -> bool:
    """Whether this is an address of the internet at large, whatever form it is written in."""
    try:
        known: Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(known)
    if inner is not None:
        return is_public(str(inner))
    return known.is_global and not (known.is_multicast or known.is_reserved)


def _inside(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


async def looked_up(name: str, port: int) -> Sequence[str]:
    """The addresses of a name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return [str(place[4][0]) for place in found]


class OutsideTransport(httpx2.AsyncBaseTransport):
    """Carries requests to public addresses over HTTPS, or also to private ones where that is meant
    (``internal``); what is answered is taken up to a size.
    """

    def __init__(
        self,
        *,
        internal: bool = False,
        largest: int = LARGEST_ANSWER,
        look_up: LookUp = looked_up,
        carrier: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._internal, self._largest, self._look_up = internal, largest, look_up
        self._carrier = carrier or httpx2.AsyncHTTPTransport(trust_env=False, limits=FRESH)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the server that was meant; refused as NotToBeAsked, else as AnswerTooLarge
        while it is read.
        """
        answer = await self._carrier.handle_async_request(await self._pinned(request))
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        answer.stream = Measured(answer.stream, self._largest)
        return answer

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._carrier.aclose()

    async def _pinned(self, request: httpx2.Request) -> httpx2.Request:
        url = request.url
        schemes = ("http", "https") if self._internal else ("https",)
        if url.scheme not in schemes or not url.host or url.userinfo:
            raise NotToBeAsked(str(url.copy_with(userinfo=b"")))
        try:
            port = url.port or (443 if url.scheme == "https" else 80)
            addresses = await self._look_up(url.host, port)
        except OSError as error:
            raise httpx2.ConnectError(f"{url.host} is not known") from error
        if not addresses or not (self._internal or all(map(is_public, addresses))):
            raise NotToBeAsked(url.host)
        return httpx2.Request(
            request.method,
            url.copy_with(host=addresses[0]),
            headers=request.headers,  # with the name as Host
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": url.host},
        )


@dataclass
class Measured(httpx2.AsyncByteStream):
    """An answer that may not become larger than it should."""

    stream: httpx2.AsyncByteStream
    left: int

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The parts of the answer."""
        async for part in self.stream:
            self.left -= len(part)
            if self.left < 0:
                raise AnswerTooLarge("more was answered than is taken")
            yield part

    async def aclose(self) -> None:
        """Let the connection go."""
        await self.stream.aclose()


def outside_client(*, internal: bool = False) -> httpx2.AsyncClient:
    """A client for servers outside: patient for seconds only, and never sent on elsewhere."""
    return httpx2.AsyncClient(
        transport=OutsideTransport(internal=internal),
        timeout=PATIENCE,
        follow_redirects=False,
        trust_env=False,
    )
