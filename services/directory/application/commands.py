"""Everything that people can ask of the directory: the vocabulary page."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.directory.domain.words import (
    Area,
    CalendarDay,
    CalendarPeriod,
    Lead,
    ManagerKind,
    Role,
    UnitKind,
    YearPattern,
)

Reason = Annotated[str, Field(min_length=1, max_length=500)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class Command(BaseModel):
    """Asks for a change; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitEntry(Command):
    """One unit as it should stand from ``effective_from`` on."""

    unit_id: UUID
    code: str = Field(min_length=1, max_length=64)
    kind: UnitKind
    name_zh: str = Field(min_length=1, max_length=200)
    name_en: str = Field(min_length=1, max_length=200)
    parent_id: UUID | None = None
    counts_as_department: bool = False
    head_id: UUID | None = None
    champion_id: UUID | None = None
    effective_from: Day


class RegisterUnits(Command):
    """Found, rename or move units, appoint heads and champions: each stands as described
    afterwards.
    """

    units: tuple[UnitEntry, ...] = Field(min_length=1, max_length=10_000)


class PostEntry(Command):
    """A post: unit, title, and share of full time in basis points (10,000 = full time)."""

    unit_id: UUID
    title: str = Field(min_length=1, max_length=200)
    share: int = Field(default=10_000, gt=0, le=10_000)


class ManagerEntry(Command):
    """Who manages the person, and in which way."""

    kind: ManagerKind = "line"
    manager_id: UUID


class RoleEntry(Command):
    """A role, in one unit and below or (no unit) everywhere, perhaps until a day."""

    role: Role
    unit_id: UUID | None = None
    expires_on: Day | None = None


class PersonEntry(Command):
    """One person as they should stand from ``effective_from`` on."""

    person_id: UUID
    name: str = Field(min_length=1, max_length=200)
    name_en: str = Field(min_length=1, max_length=200)
    locale: str = Field(default="zh-CN", pattern=r"^(zh-CN|en)$")
    time_zone: str = "Asia/Shanghai"
    posts: tuple[PostEntry, ...] = ()
    managers: tuple[ManagerEntry, ...] = ()
    roles: tuple[RoleEntry, ...] | None = Field(
        default=(), description="exactly these; null leaves them as they are"
    )
    effective_from: Day


class RegisterPeople(Command):
    """Employ people, assign posts, managers and roles: each stands as described afterwards."""

    people: tuple[PersonEntry, ...] = Field(min_length=1, max_length=20_000)


class EndedManager(Command):
    """A link to a manager, and the last day on which it holds."""

    person_id: UUID
    kind: ManagerKind = "line"
    last_day: Day


class EndManagers(Command):
    """Say that people have no manager of a kind any more after a day."""

    links: tuple[EndedManager, ...] = Field(min_length=1, max_length=1_000)


class GrantedRole(Command):
    """A role for one person, in one unit and below or (no unit) everywhere, perhaps until a day."""

    person_id: UUID
    role: Role
    unit_id: UUID | None = None
    effective_from: Day
    expires_on: Day | None = None
    reason: Reason | None = None


class GrantRoles(Command):
    """Let people hold roles, besides those they hold; nobody grants a role to themselves."""

    grants: tuple[GrantedRole, ...] = Field(min_length=1, max_length=1_000)


class RevokedRole(Command):
    """A role that one person holds no longer, in one unit or everywhere, as it was granted."""

    person_id: UUID
    role: Role
    unit_id: UUID | None = None
    reason: Reason | None = None


class RevokeRoles(Command):
    """Take roles back, at once."""

    grants: tuple[RevokedRole, ...] = Field(min_length=1, max_length=1_000)


class GiveDelegation(Command):
    """Let somebody act for a person from the first to the last day, in these areas, everywhere or
    in one unit and below. It never extends to the person's own appraisal.
    """

    delegation_id: UUID
    person_id: UUID
    to: UUID
    scope: tuple[Area, ...] = Field(min_length=1, max_length=5)
    unit_id: UUID | None = None
    first: Day
    last: Day


class EndDelegation(Command):
    """Let nobody act under this delegation any more, from this instant on."""

    delegation_id: UUID
    person_id: UUID


class EndEmployment(Command):
    """Say which day is the person's last; their access ends with it. A successor leads their
    units and manages their people from the next day on; the answer names what nobody took over.
    """

    person_id: UUID
    last_day: Day
    successor_id: UUID | None = None


class DeactivatedEntry(Command):
    """Someone who may not act any more, and who leads and manages in their place."""

    person_id: UUID
    successor_id: UUID | None = None
    effective_from: Day | None = Field(
        default=None, description="from when on the successor stands in; today unless said"
    )


class DeactivatePeople(Command):
    """Let nobody act in these people's names, from this instant on. Employment and history stay;
    the answer names what nobody took over.
    """

    people: tuple[DeactivatedEntry, ...] = Field(min_length=1, max_length=1_000)


class ReactivatePeople(Command):
    """Let these people act again; what was handed over stays where it is."""

    person_ids: tuple[UUID, ...] = Field(min_length=1, max_length=1_000)


class ClosedUnit(Command):
    """A unit and its last day."""

    unit_id: UUID
    last_day: Day


class CloseUnits(Command):
    """Close units that nobody works in any more and that have no open units below."""

    units: tuple[ClosedUnit, ...] = Field(min_length=1, max_length=1_000)


class ReopenedUnit(Command):
    """A closed unit, the day from which it is there again, and why."""

    unit_id: UUID
    effective_from: Day
    reason: Reason


class ReopenUnits(Command):
    """Let closed units be there again, below parents that are open then."""

    units: tuple[ReopenedUnit, ...] = Field(min_length=1, max_length=1_000)


class VacantLead(Command):
    """A unit that nobody heads or champions from a day on."""

    unit_id: UUID
    part: Lead
    effective_from: Day


class VacateLeads(Command):
    """Leave units without a head or a champion; whoever leads above them answers meanwhile."""

    leads: tuple[VacantLead, ...] = Field(min_length=1, max_length=1_000)


class MarkClosures(Command):
    """Say on which days nobody works in a unit and below, and why."""

    unit_id: UUID
    days: tuple[Day, ...] = Field(min_length=1, max_length=366)
    reason: str = Field(min_length=1, max_length=200)


class LiftClosures(Command):
    """Say that a unit works on these days after all."""

    unit_id: UUID
    days: tuple[Day, ...] = Field(min_length=1, max_length=366)


class DefineFiscalYear(Command):
    """Name a year and its halves, quarters and months: of calendar months from the first day on, or
    of weeks by quarter (4-4-5), then with its weeks; ``long`` is a year of 53 weeks.
    """

    code: str = Field(min_length=1, max_length=32)
    first: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2198, 12, 31))]
    pattern: YearPattern = "months"
    long: bool = False


class DefinePeriods(Command):
    """Name periods of the calendar."""

    periods: tuple[CalendarPeriod, ...] = Field(min_length=1, max_length=2_000)


class MarkDays(Command):
    """Say which days are holidays or make-up working days."""

    days: tuple[CalendarDay, ...] = Field(min_length=1, max_length=2_000)
