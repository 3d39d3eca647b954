"""What a command is about, for deciding who may: people and their roles, units, the calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from services.directory.domain import person_life as life
from services.directory.domain import unit as units
from services.directory.domain.account import Account
from services.directory.domain.calendar import Calendar
from services.directory.domain.person import Person
from services.directory.domain.unit import Unit
from shared.access.things import Thing
from shared.eventing.rights import Touched

# Whoever gives these could give themselves everything, or look at everything.
OF_THE_WHOLE_COMPANY = frozenset({"admin", "auditor"})
# Everyone has it, and it lets nobody do anything.
HARMLESS = "employee"


def things(touched: Touched, _today: date) -> Sequence[Thing]:
    """What one stream is about: as it stood, and each unit and role that it comes to stand in."""
    match touched.after:
        case Person():
            return list(_person(touched))
        case Unit():
            return list(_unit(touched))
        case Calendar():
            return [_of("calendar")]
        case Account(person_id=who):
            return [_of("account", person=[who] if who else [])]
    return [_of("account")]


def _person(touched: Touched) -> Iterator[Thing]:
    stood: Person | None = touched.before
    posts = {fact.unit_id for fact in touched.facts if isinstance(fact, life.PostAssigned)}
    if stood is not None:
        yield _of("person", list(stood.posts), [touched.stream])
    elif not posts:
        yield _of("person", person=[touched.stream])
    for unit_id in sorted(posts):
        yield _of("person", [unit_id], [touched.stream], field="posts")
    for fact in touched.facts:
        if isinstance(fact, life.DelegationGiven):
            yield Thing({"person": [touched.stream], "receiver": [fact.to]}, field="to")
        if isinstance(fact, life.RoleGranted | life.RoleRevoked) and fact.role != HARMLESS:
            whole = fact.unit_id is None or fact.role in OF_THE_WHOLE_COMPANY
            place = [] if whole or fact.unit_id is None else [fact.unit_id]
            yield _of("role", place, [touched.stream], field="roles")


def _unit(touched: Touched) -> Iterator[Thing]:
    if touched.before is not None:
        yield _of("unit", [touched.stream])
    for fact in touched.facts:
        if isinstance(fact, units.Founded | units.Moved):
            yield _of("unit", [fact.parent_id] if fact.parent_id else [], field="parent_id")


def _of(
    about: str,
    place: Sequence[UUID] = (),
    person: Sequence[UUID] = (),
    field: str | None = None,
) -> Thing:
    return Thing({"place": place, "person": person}, {"about": about}, field)
