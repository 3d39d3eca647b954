"""Pulling a neighbour's feed over HTTP."""

from collections.abc import Callable

import httpx2

from shared.contracts.records import Page


class PullSource:
    """A neighbour's feed by long-poll; ``token`` mints a fresh token for each request."""

    def __init__(self, base_url: str, feed: str, token: Callable[[], str]) -> None:
        self._path = f"{base_url.rstrip('/')}/feeds/{feed}"
        self._token = token
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(10.0, read=45.0),
            headers={"Accept-Encoding": "identity"},  # neighbours are near: packing costs more
            trust_env=False,
        )

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Page:
        """What follows a position: at once when there is something, else after waiting for it."""
        answer = self._client.get(
            self._path,
            params={"after": after, "limit": limit, "wait": wait_seconds},
            headers={"Authorization": f"Bearer {self._token()}"},
        )
        answer.raise_for_status()
        return Page.model_validate_json(answer.content)
