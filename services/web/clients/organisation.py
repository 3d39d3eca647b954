"""What the pages of the organisation ask the directory: as of the moment that they show."""

from collections.abc import Iterable
from typing import Any

from services.web.clients.asking import Answer, Asking, Done, Neighbour, lines

MOST_AT_ONCE, IDS_AT_ONCE = 1_000, 200


class OrganisationClient:
    """Questions and commands to the directory about people, units and the calendar."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._directory = neighbour

    async def units(self, asking: Asking, **wanted: Any) -> list[Answer]:
        """The units that fit, as they stood then, closed ones with their last day; every unit
        unless something is wanted.
        """
        units: list[Answer] = (await self._directory.ask(asking, "/units", **wanted))["units"]
        return units

    async def units_of(
        self, asking: Asking, ids: Iterable[object], *, above: bool = False
    ) -> list[Answer]:
        """The units with these ids, perhaps with all above them."""
        wanted, found = sorted({str(one) for one in ids}), dict[str, Answer]()
        for first in range(0, len(wanted), IDS_AT_ONCE):
            some = wanted[first : first + IDS_AT_ONCE]
            units = await self.units(asking, id=some, above="true" if above else None)
            found |= {str(unit["unit_id"]): unit for unit in units}
        return list(found.values())

    async def tops(self, asking: Asking) -> list[Answer]:
        """The units at the top of the tree, with how many work in them and below."""
        units: list[Answer] = (await self._directory.ask(asking, "/units/children"))["units"]
        return units

    async def below(self, asking: Asking, unit_id: object) -> list[Answer]:
        """The open units right below one, with how many work in them and below."""
        answer = await self._directory.ask(asking, f"/units/{unit_id}/children")
        units: list[Answer] = answer["units"]
        return units

    async def unit(self, asking: Asking, unit_id: object) -> Answer:
        """One unit with the ``path`` from the top down to its parent, and its numbers."""
        unit: Answer = (await self._directory.ask(asking, f"/units/{unit_id}"))["unit"]
        return unit

    async def people(self, asking: Asking, **wanted: Any) -> Answer:
        """People as they stood then, one page of them: ``people`` and what comes ``next``."""
        answer: Answer = await self._directory.ask(asking, "/people", **wanted)
        return answer

    async def everybody(self, asking: Asking, **wanted: Any) -> list[Answer]:
        """All people who fit, page after page."""
        answer = await self.people(asking, limit=MOST_AT_ONCE, **wanted)
        found: list[Answer] = answer["people"]
        while answer.get("next"):
            more = wanted | {"after": answer["next"]}
            answer = await self.people(asking, limit=MOST_AT_ONCE, **more)
            found += answer["people"]
        return found

    async def person(self, asking: Asking, person_id: object) -> Answer:
        """One person as they stood then, and whether ``story_is_told`` to the visitor."""
        answer = await self._directory.ask(asking, f"/people/{person_id}")
        person: Answer = answer["person"]
        return person | {"story_is_told": answer.get("story_is_told", False)}

    async def story_of_person(self, asking: Asking, person_id: object) -> list[Answer]:
        """What happened to a person, the first thing first."""
        return lines(await self._directory.ask(asking, f"/people/{person_id}/story"))

    async def story_of_unit(self, asking: Asking, unit_id: object) -> list[Answer]:
        """What happened to a unit, the first thing first."""
        return lines(await self._directory.ask(asking, f"/units/{unit_id}/story"))

    async def held(self, asking: Asking, person_id: object) -> Answer:
        """What somebody who goes would leave behind: ``units``, whom they manage, roles."""
        answer: Answer = await self._directory.ask(asking, f"/people/{person_id}/held")
        return answer

    async def delegations(self, asking: Asking, person_id: object) -> list[Answer]:
        """What a person delegated to others, and others to them."""
        answer = await self._directory.ask(asking, "/delegations", person=str(person_id))
        found: list[Answer] = answer["delegations"]
        return found

    async def calendar(self, asking: Asking) -> Answer:
        """Named periods, the days that depart from the working week, and units' closures."""
        answer: Answer = await self._directory.ask(asking, "/calendar")
        return answer

    async def command(self, asking: Asking, name: str, body: Answer, key: str) -> Done:
        """Have the directory change something, once for each ``key``."""
        return await self._directory.command(asking, name, body, key)
