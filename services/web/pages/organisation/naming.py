"""What a page calls the people and units it speaks of: asked by id, however large the company."""

from asyncio import gather
from collections.abc import Iterable, Iterator

from services.web.clients.asking import Answer
from services.web.pages.names import Names, by_id
from services.web.pages.visits import Visit


async def names_in(
    visit: Visit,
    people: Iterable[Answer],
    others: Iterable[str] = (),
    units: Iterable[Answer] = (),
    unit_ids: Iterable[object] = (),
) -> Names:
    """The names of people and units at hand, of others by id, and of the units in which these
    people have posts and roles.
    """
    people, known_units = list(people), by_id(units, "unit_id")
    known = by_id(people)
    missing = sorted(set(others) - set(known))
    wanted = {str(one) for one in (*unit_ids, *units_in(people))} - set(known_units)
    found, told = await gather(
        visit.site.directory.people(visit.asking, missing),
        visit.site.organisation.units_of(visit.asking, wanted),
    )
    return Names(visit.asking.language, known | by_id(found), known_units | by_id(told, "unit_id"))


def units_in(people: Iterable[Answer]) -> Iterator[str]:
    """The ids of the units in which these people have posts and roles."""
    for person in people:
        for held in (*person.get("posts", ()), *person.get("roles", ())):
            if held.get("unit_id"):
                yield str(held["unit_id"])


def managers_in(people: Iterable[Answer]) -> set[str]:
    """The ids of those who manage these people."""
    return {str(link["manager_id"]) for one in people for link in one["managers"]}
