"""The directory's facts in the published language: one fact, one record."""

from services.directory.domain import calendar, unit
from services.directory.domain import person_life as person
from services.directory.feed.accounts import ACCOUNTS
from services.directory.feed.forgetting import FORGETTING
from shared.contracts import organisation
from shared.contracts.organisation import FEED
from shared.eventing.translation import Translation, published

TRANSLATION = Translation(
    published(person.Employed, organisation.PersonEmployed, FEED),
    published(person.Named, organisation.PersonNamed, FEED),
    published(person.Localised, organisation.PersonLocalised, FEED),
    published(person.PostAssigned, organisation.PostAssigned, FEED),
    published(person.PostEnded, organisation.PostEnded, FEED),
    published(person.ManagerAssigned, organisation.ManagerAssigned, FEED),
    published(person.ManagerEnded, organisation.ManagerEnded, FEED),
    published(person.RoleGranted, organisation.RoleGranted, FEED),
    published(person.RoleRevoked, organisation.RoleRevoked, FEED),
    published(person.EmploymentEnded, organisation.EmploymentEnded, FEED),
    published(person.Deactivated, organisation.PersonDeactivated, FEED),
    published(person.Reactivated, organisation.PersonReactivated, FEED),
    published(person.HandedOver, organisation.PersonHandedOver, FEED),
    published(person.DelegationGiven, organisation.DelegationGiven, FEED),
    published(person.DelegationEnded, organisation.DelegationEnded, FEED),
    published(unit.Founded, organisation.UnitFounded, FEED),
    published(unit.Named, organisation.UnitNamed, FEED),
    published(unit.Moved, organisation.UnitMoved, FEED),
    published(unit.HeadAppointed, organisation.HeadAppointed, FEED),
    published(unit.ChampionAppointed, organisation.ChampionAppointed, FEED),
    published(unit.HeadVacated, organisation.HeadVacated, FEED),
    published(unit.ChampionVacated, organisation.ChampionVacated, FEED),
    published(unit.Closed, organisation.UnitClosed, FEED),
    published(unit.Reopened, organisation.UnitReopened, FEED),
    published(unit.ClosuresMarked, organisation.ClosuresMarked, FEED),
    published(unit.ClosuresLifted, organisation.ClosuresLifted, FEED),
    published(calendar.PeriodsDefined, organisation.PeriodsDefined, FEED),
    published(calendar.DaysMarked, organisation.DaysMarked, FEED),
    *ACCOUNTS,
    *FORGETTING,
)
