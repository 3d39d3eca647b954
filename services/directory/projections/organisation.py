"""The tables of people, units and the calendar: ``people`` and ``units`` write their rows."""

from collections.abc import Sequence
from pathlib import Path

from services.directory.projections import people, units
from services.directory.projections.holds import holds
from shared.contracts import organisation as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say; records of other kinds change nothing here."""
    for known in records:
        people.employment(tables, known)
        people.places(tables, known)
        people.trust(tables, known)
        units.units(tables, known)
        units.calendar(tables, known)
        holds(tables, known)


FAMILY = Family(
    name="organisation",
    feed=say.FEED,
    ddl=Path(__file__).with_name("organisation.sql"),
    project=project,
    contracts=catalogue(
        say.PersonEmployed,
        say.PersonNamed,
        say.PersonLocalised,
        say.EmploymentEnded,
        say.PersonDeactivated,
        say.PersonReactivated,
        say.PersonHandedOver,
        say.PostAssigned,
        say.PostEnded,
        say.ManagerAssigned,
        say.ManagerEnded,
        say.RoleGranted,
        say.RoleRevoked,
        say.DelegationGiven,
        say.DelegationEnded,
        say.UnitFounded,
        say.UnitNamed,
        say.UnitMoved,
        say.UnitClosed,
        say.UnitReopened,
        say.HeadAppointed,
        say.ChampionAppointed,
        say.HeadVacated,
        say.ChampionVacated,
        say.ClosuresMarked,
        say.ClosuresLifted,
        say.PeriodsDefined,
        say.DaysMarked,
        say.LegalHoldPlaced,
        say.LegalHoldReleased,
    ),
)
