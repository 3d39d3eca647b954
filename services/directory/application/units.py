"""The tree of units, and the days on which they rest: load, ask, save."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from services.directory.application.commands import (
    ClosedUnit,
    CloseUnits,
    LiftClosures,
    MarkClosures,
    RegisterUnits,
    ReopenedUnit,
    ReopenUnits,
    UnitEntry,
    VacantLead,
    VacateLeads,
)
from services.directory.application.knowing import must_know_unit
from services.directory.application.premises import Holdings
from services.directory.domain.errors import UnitHasPosts, UnitHasUnits, UnitUnderItself
from services.directory.domain.person import Person
from services.directory.domain.unit import Unit
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact

NAMED_AT_MOST = 5


class Units:
    """One method per command about units."""

    def __init__(self, journal: Journal, holdings: Holdings) -> None:
        self._journal, self._holdings = journal, holdings

    def register_units(self, asked: Asked, command: RegisterUnits) -> Answer:
        """Every unit stands as described afterwards; a parent may be registered in the same
        command.
        """

        def decide(work: Work) -> None:
            named = {unit.unit_id for unit in command.units}
            parents = {unit.parent_id for unit in command.units if unit.parent_id}
            work.load_many(Unit, [*named, *parents])
            for n, entry in enumerate(command.units):
                day, field = entry.effective_from, f"units[{n}].parent_id"
                must_know_unit(work, entry.parent_id, field, day, named)
                _must_lie_outside(work, entry, command, field)
                work.change(Unit, entry.unit_id, partial(_stand, entry))

        return self._journal.decide(asked, decide)

    def close_units(self, asked: Asked, command: CloseUnits) -> Answer:
        """None of these units is there after its last day; refused while something still is in
        one of them.
        """
        closing = [unit.unit_id for unit in command.units]

        def decide(work: Work) -> None:
            work.on_premise("organisation", self._holdings.position())
            below = self._holdings.units_below(closing)
            people = self._holdings.people_posted_in(closing)
            work.load_many(Unit, [*closing, *below])
            work.load_many(Person, people)
            for unit in command.units:
                work.change(Unit, unit.unit_id, partial(_close, unit), what="unit")
            for n, unit in enumerate(command.units):
                _must_have_no_units(work, unit, below, f"units[{n}].unit_id")
                _must_have_no_posts(work, unit, people, f"units[{n}].unit_id")

        return self._journal.decide(asked, decide)

    def reopen_units(self, asked: Asked, command: ReopenUnits) -> Answer:
        """Each of these units is there again; refused below a parent that is closed then."""

        def decide(work: Work) -> None:
            work.load_many(Unit, [unit.unit_id for unit in command.units])
            for unit in command.units:
                work.change(Unit, unit.unit_id, partial(_reopen, unit), what="unit")
            for n, unit in enumerate(command.units):
                parent = work.load(Unit, unit.unit_id).parent_id
                must_know_unit(work, parent, f"units[{n}].unit_id", unit.effective_from)

        return self._journal.decide(asked, decide)

    def vacate_leads(self, asked: Asked, command: VacateLeads) -> Answer:
        """Nobody heads or champions these units from their days on."""

        def decide(work: Work) -> None:
            work.load_many(Unit, [lead.unit_id for lead in command.leads])
            for lead in command.leads:
                work.change(Unit, lead.unit_id, partial(_vacate, lead), what="unit")

        return self._journal.decide(asked, decide)

    def mark_closures(self, asked: Asked, command: MarkClosures) -> Answer:
        """Nobody works in the unit on these days."""

        def decide(work: Work) -> None:
            ask = partial(_mark, command)
            work.change(Unit, command.unit_id, ask, what="unit")

        return self._journal.decide(asked, decide)

    def lift_closures(self, asked: Asked, command: LiftClosures) -> Answer:
        """The unit works on these days after all."""

        def decide(work: Work) -> None:
            work.change(
                Unit, command.unit_id, lambda unit: unit.lift_closures(command.days), what="unit"
            )

        return self._journal.decide(asked, decide)


def _stand(entry: UnitEntry, unit: Unit) -> Iterator[Fact]:
    day = entry.effective_from
    unit.must_be_open(day, "effective_from")
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


def _close(closing: ClosedUnit, unit: Unit) -> Iterator[Fact]:
    return unit.close(closing.last_day)


def _reopen(reopening: ReopenedUnit, unit: Unit) -> Iterator[Fact]:
    return unit.reopen(reopening.effective_from, reopening.reason)


def _vacate(lead: VacantLead, unit: Unit) -> Iterator[Fact]:
    return unit.leave_vacant(lead.part, lead.effective_from)


def _mark(command: MarkClosures, unit: Unit) -> Iterator[Fact]:
    return unit.mark_closures(command.days, command.reason)


def _must_lie_outside(work: Work, entry: UnitEntry, command: RegisterUnits, field: str) -> None:
    """The way up from the parent, as it will be after this command, does not meet the unit."""
    asked = {unit.unit_id: unit.parent_id for unit in command.units if unit.parent_id}
    above, passed = entry.parent_id, {entry.unit_id}
    while above is not None:
        if above in passed:
            raise UnitUnderItself(field=field)
        passed.add(above)
        above = asked.get(above) or work.load(Unit, above).parent_id


def _must_have_no_units(work: Work, closing: ClosedUnit, below: set[UUID], field: str) -> None:
    units = [work.load(Unit, unit_id) for unit_id in sorted(below)]
    open_after = [
        unit.code
        for unit in units
        if unit.parent_id == closing.unit_id and (unit.ends is None or unit.ends > closing.last_day)
    ]
    if open_after:
        code = work.load(Unit, closing.unit_id).code
        raise UnitHasUnits(field=field, code=code, units=", ".join(open_after[:NAMED_AT_MOST]))


def _must_have_no_posts(work: Work, closing: ClosedUnit, people: set[UUID], field: str) -> None:
    holders = [(one, work.load(Person, one)) for one in sorted(people)]
    names = [
        person.name[0] or str(one)
        for one, person in holders
        if closing.unit_id in person.posts
        and (person.last_day is None or person.last_day > closing.last_day)
    ]
    if names:
        code, told = work.load(Unit, closing.unit_id).code, ", ".join(names[:NAMED_AT_MOST])
        raise UnitHasPosts(field=field, code=code, count=len(names), people=told)
