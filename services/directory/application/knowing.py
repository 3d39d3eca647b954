"""What has to be so before something is tied to a person or a unit."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.directory.domain.errors import PersonUnknown, UnitUnknown
from services.directory.domain.person import Person
from services.directory.domain.unit import Unit
from shared.eventing.journal import Work


def must_know_unit(
    work: Work, unit_id: UUID | None, field: str, day: date, named: Collection[UUID] = ()
) -> None:
    """Refuse a unit that nobody registered, before or in this command (``named``), or that is
    closed on the day.
    """
    if unit_id is None or unit_id in named:
        return
    unit = work.load(Unit, unit_id)
    if not unit.code:
        raise UnitUnknown(field=field, unit_id=unit_id)
    unit.must_be_open(day, field)


def must_know_person(work: Work, person_id: UUID, field: str, named: Collection[UUID] = ()) -> None:
    """Refuse a person whom nobody registered, before or in this command (``named``)."""
    if person_id not in named and work.load(Person, person_id).employed_from is None:
        raise PersonUnknown(field=field, person_id=person_id)
