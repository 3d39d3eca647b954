"""What the directory does when asked: load, ask, save."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from services.directory.application.commands import (
    DefinePeriods,
    MarkDays,
    PersonEntry,
    RegisterPeople,
    RegisterUnits,
    UnitEntry,
)
from services.directory.domain.calendar import CALENDAR, Calendar
from services.directory.domain.errors import PersonUnknown, UnitUnderItself, UnitUnknown
from services.directory.domain.person import Person
from services.directory.domain.unit import Unit
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact


class Directory:
    """One method per command."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def register_units(self, asked: Asked, command: RegisterUnits) -> Answer:
        """Every unit stands as described afterwards; a parent may be registered in the same
        command.
        """

        def decide(work: Work) -> None:
            named = {unit.unit_id for unit in command.units}
            parents = {unit.parent_id for unit in command.units if unit.parent_id}
            work.load_many(Unit, [*named, *parents])
            for n, entry in enumerate(command.units):
                _must_know_unit(work, entry.parent_id, named, f"units[{n}].parent_id")
                _must_lie_outside(work, entry, command, f"units[{n}].parent_id")
                work.change(Unit, entry.unit_id, partial(_stand, entry))

        return self._journal.decide(asked, decide)

    def register_people(self, asked: Asked, command: RegisterPeople) -> Answer:
        """Every person stands as described afterwards; managers may be in the same command."""

        def decide(work: Work) -> None:
            named = {person.person_id for person in command.people}
            work.load_many(Person, [*named, *_managers(command)])
            work.load_many(Unit, _units(command))
            for n, entry in enumerate(command.people):
                _must_know_all(work, entry, named, f"people[{n}]")
                work.change(Person, entry.person_id, partial(_work_here, entry))

        return self._journal.decide(asked, decide)

    def define_periods(self, asked: Asked, command: DefinePeriods) -> Answer:
        """The calendar knows these periods."""
        return self._journal.decide(
            asked,
            lambda work: _ignore(
                work.change(Calendar, CALENDAR, lambda c: c.define(command.periods))
            ),
        )

    def mark_days(self, asked: Asked, command: MarkDays) -> Answer:
        """The calendar knows these days."""
        return self._journal.decide(
            asked,
            lambda work: _ignore(work.change(Calendar, CALENDAR, lambda c: c.mark(command.days))),
        )


def _ignore(_facts: list[Fact]) -> None:
    return None


def _stand(entry: UnitEntry, unit: Unit) -> Iterator[Fact]:
    day = entry.effective_from
    founding = unit.found(
        entry.unit_id,
        entry.code,
        entry.kind,
        entry.parent_id,
        department=entry.counts_as_department,
        day=day,
    )
    founded = list(founding)
    yield from founded
    if not founded:
        yield from unit.move(entry.unit_id, entry.parent_id, day)
    yield from unit.call(entry.name_zh, entry.name_en)
    yield from unit.appoint(entry.head_id, entry.champion_id, day)


def _work_here(entry: PersonEntry, person: Person) -> Iterator[Fact]:
    day = entry.effective_from
    yield from person.employ(day)
    yield from person.call(entry.name, entry.name_en)
    yield from person.localise(entry.locale, entry.time_zone)
    yield from person.hold_posts([(p.unit_id, p.title, p.share) for p in entry.posts], day)
    for manager in entry.managers:
        yield from person.report_to(entry.person_id, manager.kind, manager.manager_id, day)
    yield from person.hold_roles([(r.role, r.unit_id, r.expires_on) for r in entry.roles], day)


def _managers(command: RegisterPeople) -> set[UUID]:
    return {manager.manager_id for entry in command.people for manager in entry.managers}


def _units(command: RegisterPeople) -> set[UUID]:
    posts = {post.unit_id for entry in command.people for post in entry.posts}
    scopes = {role.unit_id for entry in command.people for role in entry.roles if role.unit_id}
    return posts | scopes


def _must_know_unit(work: Work, unit_id: UUID | None, named: set[UUID], field: str) -> None:
    if unit_id is None or unit_id in named:
        return
    if not work.load(Unit, unit_id).code:
        raise UnitUnknown(field=field, unit_id=unit_id)


def _must_lie_outside(work: Work, entry: UnitEntry, command: RegisterUnits, field: str) -> None:
    """The way up from the parent, as it will be after this command, does not meet the unit."""
    asked = {unit.unit_id: unit.parent_id for unit in command.units if unit.parent_id}
    above, passed = entry.parent_id, {entry.unit_id}
    while above is not None:
        if above in passed:
            raise UnitUnderItself(field=field)
        passed.add(above)
        above = asked.get(above) or work.load(Unit, above).parent_id


def _must_know_all(work: Work, entry: PersonEntry, named: set[UUID], field: str) -> None:
    for n, post in enumerate(entry.posts):
        _must_know_unit(work, post.unit_id, set(), f"{field}.posts[{n}].unit_id")
    for n, role in enumerate(entry.roles):
        _must_know_unit(work, role.unit_id, set(), f"{field}.roles[{n}].unit_id")
    for n, manager in enumerate(entry.managers):
        known = manager.manager_id in named or work.load(Person, manager.manager_id).employed_from
        if not known:
            raise PersonUnknown(
                field=f"{field}.managers[{n}].manager_id", person_id=manager.manager_id
            )
