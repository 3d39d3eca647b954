"""Questions to servers outside: never followed elsewhere, never to addresses inside by accident."""

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx2
from anyio import getaddrinfo

LARGEST = 1_000_000


class ProviderSilent(Exception):
    """The company's sign-in did not answer, or answered what cannot be used."""


class NotToBeAsked(ProviderSilent):
    """An address that must not be asked: private, without HTTPS, or none at all."""


class Outside:
    """Asks public servers over HTTPS; with ``internal`` also private ones, over HTTP too."""

    def __init__(self, http: httpx2.AsyncClient, *, internal: bool = False) -> None:
        self._http, self._internal = http, internal

    async def json(self, url: str, token: str = "") -> dict[str, Any]:
        """The object that stands at an address; redirects are not followed."""
        await self.must_be_askable(url)
        headers = {"Accept": "application/json"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = await self._http.get(url, headers=headers, follow_redirects=False)
            if answer.status_code != 200 or len(answer.content) > LARGEST:
                raise ProviderSilent(f"{url} answered {answer.status_code}")
            told = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderSilent(url) from error
        if not isinstance(told, dict):
            raise ProviderSilent(f"{url} answered no object")
        return told

    async def must_be_askable(self, url: str) -> None:
        """Refuses, as NotToBeAsked, what is not public and over HTTPS, unless that is meant."""
        parts = urlsplit(url)
        if self._internal and parts.scheme in ("http", "https") and parts.hostname:
            return
        if parts.scheme != "https" or not parts.hostname:
            raise NotToBeAsked(url)
        try:
            found = await getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise ProviderSilent(url) from error
        if not found or not all(ip_address(place[4][0]).is_global for place in found):
            raise NotToBeAsked(url)
