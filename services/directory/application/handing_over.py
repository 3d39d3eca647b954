"""What somebody who goes is charged with: who takes it over, and what nobody takes over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from services.directory.application.premises import Holdings
from services.directory.domain.errors import SuccessorLeaves
from services.directory.domain.notices import StillHeld
from services.directory.domain.person import Person
from services.directory.domain.unit import Unit
from services.directory.domain.words import ManagerKind
from shared.eventing.journal import Work


@dataclass(frozen=True)
class Going:
    """Somebody goes; from ``day`` on the successor, if any, is charged with what they were."""

    person_id: UUID
    successor_id: UUID | None
    day: date
    field: str = "successor_id"


@dataclass
class Held:
    """What one person still holds: units to lead, people to manage."""

    heads: list[UUID] = field(default_factory=list)
    champions: list[UUID] = field(default_factory=list)
    manages: list[tuple[UUID, ManagerKind]] = field(default_factory=list)

    def told(self, person_id: UUID) -> dict[str, Any]:
        """As the answer says it."""
        return {
            "person_id": str(person_id),
            "heads": [str(unit) for unit in self.heads],
            "champions": [str(unit) for unit in self.champions],
            "manages": [{"person_id": str(who), "kind": kind} for who, kind in self.manages],
        }


def hand_over(work: Work, holdings: Holdings, going: Sequence[Going]) -> None:
    """Give what these people are charged with to their successors; the answer says what is
    still held.

    Whoever takes over a line never comes to stand below themselves: they, and those above them,
    report to the manager of the one who goes.
    """
    work.on_premise("organisation", holdings.position())
    leaving = {one.person_id for one in going}
    units, people = holdings.units_led_by(leaving), holdings.people_managed_by(leaving)
    work.load_many(Unit, units)
    work.load_many(Person, {*people, *leaving, *(s.successor_id for s in going if s.successor_id)})
    held = {one.person_id: _held(work, one, units, people) for one in going}
    for one in going:
        if one.successor_id is not None:
            _must_stay(work, one, one.successor_id, leaving)
            held[one.person_id] = _pass_on(work, one, one.successor_id, held[one.person_id])
    _tell(work, held)


def _held(work: Work, one: Going, units: set[UUID], people: set[UUID]) -> Held:
    held = Held()
    for unit_id in sorted(units):
        unit = work.load(Unit, unit_id)
        if unit.head_id == one.person_id:
            held.heads.append(unit_id)
        if unit.champion_id == one.person_id:
            held.champions.append(unit_id)
    for person_id in sorted(people):
        person = work.load(Person, person_id)
        left = person.last_day is not None and person.last_day < one.day
        for kind, manager in person.managers.items():
            if manager == one.person_id and not left:
                held.manages.append((person_id, kind))
    return held


def _must_stay(work: Work, one: Going, successor: UUID, leaving: set[UUID]) -> None:
    stays = work.load(Person, successor).stays(one.day)
    if successor != one.person_id and (successor in leaving or not stays):
        raise SuccessorLeaves(field=one.field, person_id=successor)


def _pass_on(work: Work, one: Going, to: UUID, held: Held) -> Held:
    work.change(Person, one.person_id, lambda person: person.hand_over(one.person_id, to, one.day))
    for unit_id in held.heads:
        work.change(Unit, unit_id, lambda unit: unit.appoint(to, None, one.day))
    for unit_id in held.champions:
        work.change(Unit, unit_id, lambda unit: unit.appoint(None, to, one.day))
    kept = Held()
    own = work.load(Person, one.person_id).managers
    above = {to, *_line_above(work, to)}
    for person_id, kind in held.manages:
        around = person_id == to or (kind == "line" and person_id in above)
        manager = own.get(kind) if around else to
        if manager is None or manager == person_id:
            kept.manages.append((person_id, kind))
        else:
            ask = partial(_report, person_id, kind, manager, one.day)
            work.change(Person, person_id, ask)
    return kept


def _report(me: UUID, kind: ManagerKind, manager: UUID, day: date, person: Person) -> Any:
    return person.report_to(me, kind, manager, day)


def _line_above(work: Work, person_id: UUID) -> Iterator[UUID]:
    passed = {person_id}
    above = work.load(Person, person_id).managers.get("line")
    while above is not None and above not in passed:
        passed.add(above)
        yield above
        above = work.load(Person, above).managers.get("line")


def _tell(work: Work, held: dict[UUID, Held]) -> None:
    kept = {who: what for who, what in held.items() if what != Held()}
    work.answer.more["held"] = [what.told(who) for who, what in kept.items()]
    for who, what in kept.items():
        units = {*what.heads, *what.champions}
        notice = StillHeld(units=len(units), people=len({person for person, _ in what.manages}))
        work.tell(notice, person_id=str(who))
