"""Who works here, where, and under whom: load, ask, save."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from services.directory.application.commands import EndManagers, PersonEntry, RegisterPeople
from services.directory.application.knowing import must_know_person, must_know_unit
from services.directory.domain.errors import LineInCircle
from services.directory.domain.notices import MoreThanFullTime
from services.directory.domain.person import FULL_TIME, Person
from services.directory.domain.unit import Unit
from services.directory.domain.words import ManagerKind
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact


class People:
    """One method per command about people's places."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def register_people(self, asked: Asked, command: RegisterPeople) -> Answer:
        """Every person stands as described afterwards; managers may be in the same command."""
        lines = _lines(command)

        def decide(work: Work) -> None:
            named = {person.person_id for person in command.people}
            work.load_many(Person, [*named, *_managers(command)])
            work.load_many(Unit, _units(command))
            for n, entry in enumerate(command.people):
                _must_know_all(work, entry, named, f"people[{n}]")
                _must_not_circle(work, entry.person_id, lines, f"people[{n}].managers")
                work.change(Person, entry.person_id, partial(_work_here, entry))
                _tell_of_shares(work, entry)

        return self._journal.decide(asked, decide)

    def end_managers(self, asked: Asked, command: EndManagers) -> Answer:
        """None of these links holds after its last day."""

        def decide(work: Work) -> None:
            work.load_many(Person, [link.person_id for link in command.links])
            for link in command.links:
                ask = partial(_stop_reporting, link.kind, link.last_day)
                work.change(Person, link.person_id, ask, what="person")

        return self._journal.decide(asked, decide)


def _stop_reporting(kind: ManagerKind, last_day: date, person: Person) -> Iterator[Fact]:
    return person.stop_reporting(kind, last_day)


def _work_here(entry: PersonEntry, person: Person) -> Iterator[Fact]:
    day = entry.effective_from
    yield from person.employ(day)
    yield from person.call(entry.name, entry.name_en)
    yield from person.localise(entry.locale, entry.time_zone)
    yield from person.hold_posts([(p.unit_id, p.title, p.share) for p in entry.posts], day)
    for manager in entry.managers:
        yield from person.report_to(entry.person_id, manager.kind, manager.manager_id, day)
    if entry.roles is not None:
        yield from person.hold_roles([(r.role, r.unit_id, r.expires_on) for r in entry.roles], day)


def _managers(command: RegisterPeople) -> set[UUID]:
    return {manager.manager_id for entry in command.people for manager in entry.managers}


def _lines(command: RegisterPeople) -> dict[UUID, UUID]:
    return {
        entry.person_id: manager.manager_id
        for entry in command.people
        for manager in entry.managers
        if manager.kind == "line"
    }


def _units(command: RegisterPeople) -> set[UUID]:
    posts = {post.unit_id for entry in command.people for post in entry.posts}
    roles = [role for entry in command.people for role in entry.roles or ()]
    return posts | {role.unit_id for role in roles if role.unit_id}


def _must_know_all(work: Work, entry: PersonEntry, named: set[UUID], field: str) -> None:
    day = entry.effective_from
    for n, post in enumerate(entry.posts):
        must_know_unit(work, post.unit_id, f"{field}.posts[{n}].unit_id", day)
    for n, role in enumerate(entry.roles or ()):
        must_know_unit(work, role.unit_id, f"{field}.roles[{n}].unit_id", day)
    for n, manager in enumerate(entry.managers):
        must_know_person(work, manager.manager_id, f"{field}.managers[{n}].manager_id", named)


def _must_not_circle(work: Work, me: UUID, lines: Mapping[UUID, UUID], field: str) -> None:
    """The line up from the manager, as it will be after this command, does not meet the person."""
    above, line = lines.get(me), [me]
    if above == me or above == work.load(Person, me).managers.get("line"):
        return
    while above is not None:
        if above in line:
            if above == me:
                raise LineInCircle(field=field, line=_told(work, [*line, me]))
            return
        line.append(above)
        above = lines.get(above) or work.load(Person, above).managers.get("line")


def _told(work: Work, line: list[UUID]) -> str:
    names = [work.load(Person, one).name[0] or str(one) for one in line]
    return " → ".join(names)


def _tell_of_shares(work: Work, entry: PersonEntry) -> None:
    share = sum(post.share for post in entry.posts)
    if share > FULL_TIME:
        notice = MoreThanFullTime(percent=share // 100)
        work.tell(notice, person_id=str(entry.person_id))
