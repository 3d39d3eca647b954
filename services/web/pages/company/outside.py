"""Questions to a provider: an object at an address, never followed elsewhere."""

from typing import Any

import httpx2


class ProviderSilent(Exception):
    """The company's sign-in did not answer, or answered what cannot be used."""


class Outside:
    """Asks over a client that decides which addresses may be asked, and how much is taken."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def json(self, url: str, token: str = "") -> dict[str, Any]:
        """The object that stands at an address; redirects are not followed."""
        headers = {"Accept": "application/json"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        try:
            answer = await self._http.get(url, headers=headers, follow_redirects=False)
            if answer.status_code != 200:
                raise ProviderSilent(f"{url} answered {answer.status_code}")
            told = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderSilent(url) from error
        if not isinstance(told, dict):
            raise ProviderSilent(f"{url} answered no object")
        return told
