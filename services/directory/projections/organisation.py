"""The tables of people, units and the calendar: ``people`` and ``units`` write their rows."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from services.directory.projections import people, units
from services.directory.projections.holds import holds
from shared.contracts import organisation as say
from shared.contracts.records import Contract
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables

WRITERS: Mapping[Callable[[Tables, Known], None], Sequence[type[Contract]]] = {
    people.employment: (
        say.PersonEmployed,
        say.PersonNamed,
        say.PersonLocalised,
        say.EmploymentEnded,
        say.PersonDeactivated,
        say.PersonReactivated,
        say.PersonHandedOver,
    ),
    people.places: (
        say.PostAssigned,
        say.PostEnded,
        say.ManagerAssigned,
        say.ManagerEnded,
    ),
    people.trust: (
        say.RoleGranted,
        say.RoleRevoked,
        say.DelegationGiven,
        say.DelegationEnded,
    ),
    units.units: (
        say.UnitFounded,
        say.UnitNamed,
        say.UnitMoved,
        say.UnitClosed,
        say.UnitReopened,
        say.HeadAppointed,
        say.ChampionAppointed,
        say.HeadVacated,
        say.ChampionVacated,
    ),
    units.calendar: (
        say.ClosuresMarked,
        say.ClosuresLifted,
        say.PeriodsDefined,
        say.DaysMarked,
    ),
    holds: (say.LegalHoldPlaced, say.LegalHoldReleased),
}
WRITER_OF = {contract: writer for writer, contracts in WRITERS.items() for contract in contracts}


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say; records of other kinds change nothing here."""
    for known in records:
        writer = WRITER_OF.get(type(known.data))  # type: ignore[arg-type]
        if writer is not None:
            writer(tables, known)


FAMILY = Family(
    name="organisation",
    feed=say.FEED,
    ddl=Path(__file__).with_name("organisation.sql"),
    project=project,
    contracts=catalogue(*WRITER_OF),
)
