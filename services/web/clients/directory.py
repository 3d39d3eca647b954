"""What the pages ask the directory: people, units, periods of the calendar."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.web.clients.asking import Answer, Asking, Neighbour


class DirectoryClient:
    """Questions to the directory."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._directory = neighbour

    async def person(self, asking: Asking, person_id: UUID) -> Answer:
        """One person with posts, managers and roles."""
        answer: Answer = await self._directory.ask(asking, f"/people/{person_id}")
        return answer

    async def people(self, asking: Asking, ids: Sequence[str]) -> list[Answer]:
        """These people, as far as the directory knows them."""
        return await self._items(asking, "/people", ids=",".join(ids))

    async def everyone(self, language: str) -> list[Answer]:
        """All people, asked by web itself: whom one may sign in as in a demonstration."""
        return await self._items(Asking(None, language), "/people")

    async def units(self, asking: Asking) -> list[Answer]:
        """All units."""
        return await self._items(asking, "/units")

    async def _items(self, asking: Asking, path: str, **wanted: Any) -> list[Answer]:
        answer = await self._directory.ask(asking, path, **wanted)
        items: list[Answer] = answer["items"]
        return items
