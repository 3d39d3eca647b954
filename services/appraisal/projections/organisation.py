"""Rows about people, posts, lines, roles, units and the calendar, out of the feed organisation."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts import organisation as said
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

PEOPLE = Timed("people", ("person",), ("employed_from", "last_day", "active"))
ROLES = Timed("roles", ("person", "role", "unit"), ("effective_from", "expires_on"))
DELEGATIONS = Timed(
    "delegations",
    ("delegation",),
    ("giver", "receiver", "scope", "unit", "first", "last"),
)
PERIODS = Timed("calendar_periods", ("code",), ("kind", "first", "last"))
DAYS = Timed("calendar_days", ("day",), ("kind",))

EVERYWHERE = UUID(int=0)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what a batch of the feed says."""
    for known in records:
        if known.data is not None:
            _of_people(tables, known)
            _of_places(tables, known)
            _of_trust(tables, known)
            _of_units(tables, known)


def _of_people(tables: Tables, known: Known) -> None:
    at, person = known.recorded_at, known.stream
    match known.data:
        case said.PersonEmployed(employed_from=day):
            tables.change(PEOPLE, (person,), at, employed_from=day, last_day=None, active=True)
        case said.EmploymentEnded(last_day=day):
            tables.change(PEOPLE, (person,), at, last_day=day)
        case said.PersonDeactivated():
            tables.change(PEOPLE, (person,), at, active=False)
        case said.PersonReactivated():
            tables.change(PEOPLE, (person,), at, active=True)


def _of_places(tables: Tables, known: Known) -> None:
    person = known.stream
    match known.data:
        case said.PostAssigned(unit_id=unit, effective_from=day):
            post = {"person": person, "unit": unit, "held": True}
            _from_day(tables, known, "posts", day, post)
        case said.PostEnded(unit_id=unit, last_day=day):
            post = {"person": person, "unit": unit, "held": False}
            _from_day(tables, known, "posts", day + timedelta(days=1), post)
        case said.ManagerAssigned(kind=kind, manager_id=manager, effective_from=day):
            link = {"person": person, "kind": kind, "manager": manager}
            _from_day(tables, known, "manager_links", day, link)
        case said.ManagerEnded(kind=kind, last_day=day):
            nobody: dict[str, Any] = {"person": person, "kind": kind, "manager": None}
            _from_day(tables, known, "manager_links", day + timedelta(days=1), nobody)


def _from_day(tables: Tables, known: Known, table: str, day: date, row: dict[str, Any]) -> None:
    when = {"effective_from": day, "recorded_at": known.recorded_at, "position": known.position}
    tables.insert(table, {**row, **when})


def _of_trust(tables: Tables, known: Known) -> None:
    at, person = known.recorded_at, known.stream
    match known.data:
        case said.RoleGranted() as granted:
            key = (person, granted.role, granted.unit_id or EVERYWHERE)
            until = granted.expires_on
            tables.change(ROLES, key, at, effective_from=granted.effective_from, expires_on=until)
        case said.RoleRevoked() as revoked:
            tables.end(ROLES, (person, revoked.role, revoked.unit_id or EVERYWHERE), at)
        case said.DelegationGiven() as given:
            row = {"giver": person, "receiver": given.to, "scope": " ".join(given.scope)}
            days = {"first": given.first, "last": given.last}
            one = (given.delegation_id,)
            tables.change(DELEGATIONS, one, at, **row, unit=given.unit_id, **days)
        case said.DelegationEnded(delegation_id=delegation_id):
            tables.end(DELEGATIONS, (delegation_id,), at)


def _of_units(tables: Tables, known: Known) -> None:
    at = known.recorded_at
    match known.data:
        case said.UnitFounded() | said.UnitMoved() as unit:
            parent = {"unit": known.stream, "parent": unit.parent_id}
            _from_day(tables, known, "unit_parents", unit.effective_from, parent)
        case said.PeriodsDefined(periods=periods):
            for period in periods:
                tables.change(PERIODS, (period.code,), at, **period.model_dump(exclude={"code"}))
        case said.DaysMarked(days=days):
            for day in days:
                tables.change(DAYS, (day.day,), at, kind=day.kind)


FAMILY = Family(
    name="organisation",
    feed=said.FEED,
    ddl=Path(__file__).with_name("organisation.sql"),
    project=project,
    contracts=catalogue(
        said.PersonEmployed,
        said.EmploymentEnded,
        said.PersonDeactivated,
        said.PersonReactivated,
        said.PostAssigned,
        said.PostEnded,
        said.ManagerAssigned,
        said.ManagerEnded,
        said.RoleGranted,
        said.RoleRevoked,
        said.DelegationGiven,
        said.DelegationEnded,
        said.UnitFounded,
        said.UnitMoved,
        said.PeriodsDefined,
        said.DaysMarked,
    ),
)
