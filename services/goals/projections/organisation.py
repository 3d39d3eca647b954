"""The tables of people, units and the calendar, out of the directory's feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts import organisation as told
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

EVERYWHERE = UUID(int=0)

PEOPLE = Timed("people", ("person_id",), ("employed_from", "last_day", "active"))
ROLES = Timed("roles", ("person_id", "role", "unit_id"), ("effective_from", "expires_on"))
DELEGATIONS = Timed(
    "delegations",
    ("delegation_id",),
    ("giver_id", "receiver_id", "scope", "unit_id", "first", "last"),
)
UNITS = Timed("units", ("unit_id",), ("code", "kind", "counts_as_department", "effective_from"))
PERIODS = Timed("periods", ("code",), ("kind", "first", "last"))
DAYS = Timed("days", ("day",), ("kind",))


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say about people, units and the calendar."""
    for known in records:
        _person(tables, known)
        _trust(tables, known)
        _unit(tables, known)
        _calendar(tables, known)


def _person(tables: Tables, known: Known) -> None:
    who, at = known.stream, known.recorded_at
    match known.data:
        case told.PersonEmployed(employed_from=day):
            tables.change(PEOPLE, (who,), at, employed_from=day, last_day=None, active=True)
        case told.EmploymentEnded(last_day=day):
            tables.change(PEOPLE, (who,), at, last_day=day)
        case told.PersonDeactivated():
            tables.change(PEOPLE, (who,), at, active=False)
        case told.PersonReactivated():
            tables.change(PEOPLE, (who,), at, active=True)
        case told.PostAssigned() as says:
            post = {"person_id": who, "unit_id": says.unit_id, "held": True}
            _from_day(tables, known, "posts", says.effective_from, post)
        case told.PostEnded(unit_id=unit, last_day=day):
            post = {"person_id": who, "unit_id": unit, "held": False}
            _from_day(tables, known, "posts", day + timedelta(days=1), post)
        case told.ManagerAssigned() as says:
            line = {"person_id": who, "kind": says.kind, "manager_id": says.manager_id}
            _from_day(tables, known, "managers", says.effective_from, line)
        case told.ManagerEnded(kind=kind, last_day=day):
            none: dict[str, Any] = {"person_id": who, "kind": kind, "manager_id": None}
            _from_day(tables, known, "managers", day + timedelta(days=1), none)
        case _:
            pass


def _trust(tables: Tables, known: Known) -> None:
    who, at = known.stream, known.recorded_at
    match known.data:
        case told.RoleGranted() as says:
            key = (who, says.role, says.unit_id or EVERYWHERE)
            term = {"effective_from": says.effective_from, "expires_on": says.expires_on}
            tables.change(ROLES, key, at, **term)
        case told.RoleRevoked() as says:
            tables.end(ROLES, (who, says.role, says.unit_id or EVERYWHERE), at)
        case told.DelegationGiven() as given:
            row = given.model_dump(include={"unit_id", "first", "last"})
            people = {"giver_id": who, "receiver_id": given.to, "scope": " ".join(given.scope)}
            tables.change(DELEGATIONS, (given.delegation_id,), at, **people, **row)
        case told.DelegationEnded(delegation_id=delegation_id):
            tables.end(DELEGATIONS, (delegation_id,), at)
        case _:
            pass


def _unit(tables: Tables, known: Known) -> None:
    unit, at = known.stream, known.recorded_at
    match known.data:
        case told.UnitFounded() as says:
            row = says.model_dump()
            parent = {"unit_id": unit, "parent_id": row.pop("parent_id")}
            tables.change(UNITS, (unit,), at, **row)
            _from_day(tables, known, "parents", says.effective_from, parent)
        case told.UnitMoved() as says:
            parent = {"unit_id": unit, "parent_id": says.parent_id}
            _from_day(tables, known, "parents", says.effective_from, parent)
        case told.HeadAppointed() as says:
            head = {"unit_id": unit, "part": "head", "person_id": says.person_id}
            _from_day(tables, known, "leads", says.effective_from, head)
        case told.ChampionAppointed() as says:
            champion = {"unit_id": unit, "part": "champion", "person_id": says.person_id}
            _from_day(tables, known, "leads", says.effective_from, champion)
        case told.HeadVacated() as says:
            nobody = {"unit_id": unit, "part": "head", "person_id": None}
            _from_day(tables, known, "leads", says.effective_from, nobody)
        case told.ChampionVacated() as says:
            nobody = {"unit_id": unit, "part": "champion", "person_id": None}
            _from_day(tables, known, "leads", says.effective_from, nobody)
        case _:
            pass


def _from_day(tables: Tables, known: Known, table: str, day: date, row: dict[str, Any]) -> None:
    when = {"effective_from": day, "recorded_at": known.recorded_at, "position": known.position}
    tables.insert(table, {**row, **when})


def _calendar(tables: Tables, known: Known) -> None:
    match known.data:
        case told.PeriodsDefined(periods=periods):
            for period in periods:
                values = period.model_dump(exclude={"code"})
                tables.change(PERIODS, (period.code,), known.recorded_at, **values)
        case told.DaysMarked(days=days):
            for marked in days:
                tables.change(DAYS, (marked.day,), known.recorded_at, kind=marked.kind)
        case _:
            pass


FAMILY = Family(
    name="organisation",
    feed=told.FEED,
    ddl=Path(__file__).with_name("organisation.sql"),
    project=project,
    contracts=catalogue(
        told.PersonEmployed,
        told.EmploymentEnded,
        told.PersonDeactivated,
        told.PersonReactivated,
        told.PostAssigned,
        told.PostEnded,
        told.ManagerAssigned,
        told.ManagerEnded,
        told.RoleGranted,
        told.RoleRevoked,
        told.DelegationGiven,
        told.DelegationEnded,
        told.UnitFounded,
        told.UnitMoved,
        told.HeadAppointed,
        told.ChampionAppointed,
        told.HeadVacated,
        told.ChampionVacated,
        told.PeriodsDefined,
        told.DaysMarked,
    ),
)
