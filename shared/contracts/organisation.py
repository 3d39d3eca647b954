"""What the directory publishes: people, units and the calendar, by id; names stay there."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.records import Contract

FEED = "organisation"

Role = Literal["employee", "hr", "executive", "auditor", "admin"]
ManagerKind = Literal["line", "functional", "project"]
UnitKind = Literal["company", "department", "team", "store", "region"]
PeriodKind = Literal["day", "week", "month", "quarter", "half", "year"]
DayKind = Literal["working", "day_off", "make_up"]
Area = Literal["all", "goals", "metrics", "appraisal", "directory"]


class PersonEmployed(Contract, name="cairn.directory.person.employed.v1"):
    """A person works here from this day on; the record's stream is the person's id."""

    employed_from: date


class EmploymentEnded(Contract, name="cairn.directory.person.employment_ended.v1"):
    """This is the person's last day."""

    last_day: date


class PersonDeactivated(Contract, name="cairn.directory.person.deactivated.v1"):
    """From the record's instant on nothing may be done in this person's name."""


class PersonReactivated(Contract, name="cairn.directory.person.reactivated.v1"):
    """From the record's instant on the person may act again; so they may when employed anew."""


class PersonHandedOver(Contract, name="cairn.directory.person.handed_over.v1"):
    """From this day on somebody else is charged with what this person was."""

    to: UUID
    effective_from: date


class PersonNamed(Contract, name="cairn.directory.person.named.v1", audience="own"):
    """What the person is called; never leaves the directory's log."""

    name: str
    name_en: str


class PersonLocalised(Contract, name="cairn.directory.person.localised.v1"):
    """The language and time zone in which this person reads."""

    locale: str
    time_zone: str


class PostAssigned(Contract, name="cairn.directory.person.post_assigned.v1"):
    """The person holds a post in a unit from this day; ``share`` is basis points of full time."""

    unit_id: UUID
    title: str
    share: int
    effective_from: date


class PostEnded(Contract, name="cairn.directory.person.post_ended.v1"):
    """The person leaves the post in this unit; ``last_day`` is inclusive."""

    unit_id: UUID
    last_day: date


class ManagerAssigned(Contract, name="cairn.directory.person.manager_assigned.v1"):
    """From this day the person has this manager of this kind, in place of the one before."""

    kind: ManagerKind
    manager_id: UUID
    effective_from: date


class ManagerEnded(Contract, name="cairn.directory.person.manager_ended.v1"):
    """After this day the person has no manager of this kind."""

    kind: ManagerKind
    last_day: date


class RoleGranted(Contract, name="cairn.directory.person.role_granted.v1"):
    """The person holds a role, in one unit and what lies below it, or (``None``) everywhere;
    ``reason`` where somebody said why.
    """

    role: Role
    unit_id: UUID | None = None
    effective_from: date
    expires_on: date | None = None
    reason: str | None = None


class RoleRevoked(Contract, name="cairn.directory.person.role_revoked.v1"):
    """The role is taken back; ``reason`` where somebody said why."""

    role: Role
    unit_id: UUID | None = None
    reason: str | None = None


class DelegationGiven(Contract, name="cairn.directory.person.delegation_given.v1"):
    """From the first to the last day somebody may act for this person in these areas, everywhere or
    in one unit and below; never in this person's own appraisal.
    """

    delegation_id: UUID
    to: UUID
    scope: tuple[Area, ...]
    unit_id: UUID | None = None
    first: date
    last: date


class DelegationEnded(Contract, name="cairn.directory.person.delegation_ended.v1"):
    """From the record's instant on nobody acts under this delegation."""

    delegation_id: UUID


class PersonForgotten(Contract, name="cairn.directory.person.forgotten.v1"):
    """What was personal about this person is erased: every service destroys their key, and lets
    its tables follow. The record's stream is the person's id, which stays.
    """


class LegalHoldPlaced(Contract, name="cairn.directory.person.legal_hold_placed.v1", audience="own"):
    """Nothing about this person may be erased as long as this hold stands."""

    hold_id: UUID
    reason: str


class LegalHoldReleased(
    Contract, name="cairn.directory.person.legal_hold_released.v1", audience="own"
):
    """This hold stands no longer."""

    hold_id: UUID
    reason: str


class UnitFounded(Contract, name="cairn.directory.unit.founded.v1"):
    """A unit exists from this day; the record's stream is the unit's id. The top has no parent."""

    code: str
    kind: UnitKind
    parent_id: UUID | None = None
    counts_as_department: bool
    effective_from: date


class UnitNamed(Contract, name="cairn.directory.unit.named.v1"):
    """What the unit is called in Chinese and English."""

    name_zh: str
    name_en: str


class UnitMoved(Contract, name="cairn.directory.unit.moved.v1"):
    """From this day the unit belongs to another parent."""

    parent_id: UUID
    effective_from: date


class HeadAppointed(Contract, name="cairn.directory.unit.head_appointed.v1"):
    """From this day this person heads the unit."""

    person_id: UUID
    effective_from: date


class ChampionAppointed(Contract, name="cairn.directory.unit.champion_appointed.v1"):
    """From this day this person is the unit's OKR champion."""

    person_id: UUID
    effective_from: date


class HeadVacated(Contract, name="cairn.directory.unit.head_vacated.v1"):
    """From this day nobody heads the unit."""

    effective_from: date


class ChampionVacated(Contract, name="cairn.directory.unit.champion_vacated.v1"):
    """From this day the unit has no OKR champion."""

    effective_from: date


class UnitClosed(Contract, name="cairn.directory.unit.closed.v1"):
    """This was the unit's last day."""

    last_day: date


class UnitReopened(Contract, name="cairn.directory.unit.reopened.v1"):
    """From this day the unit is there again, after it was closed."""

    effective_from: date
    reason: str


class ClosuresMarked(Contract, name="cairn.directory.unit.closures_marked.v1"):
    """On these days nobody works in the unit and below, whatever the calendar says."""

    days: tuple[date, ...]
    reason: str


class ClosuresLifted(Contract, name="cairn.directory.unit.closures_lifted.v1"):
    """On these days the unit works as the calendar says after all."""

    days: tuple[date, ...]


class CalendarPeriod(BaseModel):
    """A named stretch of days, both inclusive: ``2026-Q3``, ``2026-07``, ``2026-W27``."""

    model_config = ConfigDict(frozen=True)

    code: str
    kind: PeriodKind
    first: date
    last: date


class PeriodsDefined(Contract, name="cairn.directory.calendar.periods_defined.v1"):
    """These periods exist and can be named from now on."""

    periods: tuple[CalendarPeriod, ...]


class CalendarDay(BaseModel):
    """A day that departs from the working week."""

    model_config = ConfigDict(frozen=True)

    day: date
    kind: DayKind


class DaysMarked(Contract, name="cairn.directory.calendar.days_marked.v1"):
    """These days are holidays, make-up working days, or ordinary again."""

    days: tuple[CalendarDay, ...]
