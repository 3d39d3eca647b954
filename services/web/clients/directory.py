"""What the pages ask the directory: people and units, as they are called now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.web.clients.asking import Answer, Asking, Neighbour, RefusedByService

AT_A_TIME = 200


class DirectoryClient:
    """Questions to the directory. Names and posts are always today's, whatever moment is shown."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._directory = neighbour

    async def person(self, asking: Asking, person_id: UUID) -> Answer:
        """One person with posts, managers and roles."""
        answer = await self._directory.ask(asking.at_present(), f"/people/{person_id}")
        found: Answer = answer["person"]
        return found

    async def active(self, asking: Asking, person_id: UUID, today: date) -> Answer | None:
        """The person, if they may act today; ``None`` for whoever is unknown or may not."""
        try:
            person = await self.person(asking, person_id)
        except RefusedByService as refusal:
            if refusal.status == 404:
                return None
            if asking.person is None or refusal.status not in (401, 403):
                raise
            # services hear no one who may not act: web itself asks why
            return await self.active(replace(asking, person=None), person_id, today)
        return person if works_here(person, today) else None

    async def accounts(self, asking: Asking, **known_by: str) -> list[Answer]:
        """The accounts known outside by this user name, external id, or issuer and subject."""
        answer = await self._directory.ask(asking.at_present(), "/accounts", **known_by)
        found: list[Answer] = answer["accounts"]
        return found

    async def people(self, asking: Asking, ids: Sequence[str]) -> list[Answer]:
        """These people, as far as the directory knows them."""
        found: list[Answer] = []
        for first in range(0, len(ids), AT_A_TIME):
            wanted = list(ids[first : first + AT_A_TIME])
            answer = await self._directory.ask(asking.at_present(), "/people", id=wanted)
            found += answer["people"]
        return found

    async def everyone(self, language: str) -> list[Answer]:
        """The first people, asked by web itself: whom one may sign in as in a demonstration."""
        found: list[Answer] = (await self._directory.ask(Asking(None, language), "/people"))[
            "people"
        ]
        return found

    async def units(self, asking: Asking) -> list[Answer]:
        """All units."""
        found: list[Answer] = (await self._directory.ask(asking.at_present(), "/units"))["units"]
        return found


def works_here(person: Answer, today: date) -> bool:
    """Whether the person is neither deactivated nor past their last day."""
    last = person.get("last_day")
    return person.get("active") is not False and (
        not last or date.fromisoformat(str(last)) >= today
    )
