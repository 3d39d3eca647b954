"""The tables of posts, lines, units and the calendar, from the directory's feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts import organisation as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

EVERYWHERE = UUID(int=0)
PERSON = Timed("person", ("person_id",), ("employed_from", "last_day", "active"))
ROLE = Timed("role", ("person_id", "role", "unit_id"), ("effective_from", "expires_on"))
DELEGATION = Timed(
    "delegation",
    ("delegation_id",),
    ("giver_id", "receiver_id", "scope", "unit_id", "first", "last"),
)
DAY = Timed("calendar_day", ("day",), ("kind",))


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say of people, units and the calendar."""
    for known in records:
        _employment(tables, known)
        _person(tables, known)
        _trust(tables, known)
        _unit(tables, known)
        _calendar(tables, known)


def _employment(tables: Tables, known: Known) -> None:
    key, at = (known.stream,), known.recorded_at
    match known.data:
        case say.PersonEmployed(employed_from=day):
            tables.change(PERSON, key, at, employed_from=day, last_day=None, active=True)
        case say.EmploymentEnded(last_day=day):
            tables.change(PERSON, key, at, last_day=day)
        case say.PersonDeactivated():
            tables.change(PERSON, key, at, active=False)
        case say.PersonReactivated():
            tables.change(PERSON, key, at, active=True)


def _person(tables: Tables, known: Known) -> None:
    who = known.stream
    match known.data:
        case say.PostAssigned(unit_id=unit, effective_from=day):
            post = {"person_id": who, "unit_id": unit, "held": True}
            _from_day(tables, known, "post", day, post)
        case say.PostEnded(unit_id=unit, last_day=day):
            post = {"person_id": who, "unit_id": unit, "held": False}
            _from_day(tables, known, "post", day + timedelta(days=1), post)
        case say.ManagerAssigned(kind=kind, manager_id=manager, effective_from=day):
            row = {"person_id": who, "kind": kind, "manager_id": manager}
            _from_day(tables, known, "manager_link", day, row)
        case say.ManagerEnded(kind=kind, last_day=day):
            link: dict[str, Any] = {"person_id": who, "kind": kind, "manager_id": None}
            _from_day(tables, known, "manager_link", day + timedelta(days=1), link)


def _trust(tables: Tables, known: Known) -> None:
    who, at = known.stream, known.recorded_at
    match known.data:
        case say.RoleGranted() as says:
            key = (who, says.role, says.unit_id or EVERYWHERE)
            term = {"effective_from": says.effective_from, "expires_on": says.expires_on}
            tables.change(ROLE, key, at, **term)
        case say.RoleRevoked(role=role, unit_id=unit):
            tables.end(ROLE, (who, role, unit or EVERYWHERE), at)
        case say.DelegationGiven() as given:
            row = given.model_dump(include={"unit_id", "first", "last"})
            people = {"giver_id": who, "receiver_id": given.to, "scope": " ".join(given.scope)}
            tables.change(DELEGATION, (given.delegation_id,), at, **people, **row)
        case say.DelegationEnded(delegation_id=delegation_id):
            tables.end(DELEGATION, (delegation_id,), at)


def _unit(tables: Tables, known: Known) -> None:
    unit = known.stream
    match known.data:
        case (
            say.UnitFounded(parent_id=parent, effective_from=day)
            | say.UnitMoved(parent_id=parent, effective_from=day)
        ):
            _from_day(tables, known, "unit_parent", day, {"unit_id": unit, "parent_id": parent})
        case say.HeadAppointed(person_id=who, effective_from=day):
            _lead(tables, known, "head", who, day)
        case say.ChampionAppointed(person_id=who, effective_from=day):
            _lead(tables, known, "champion", who, day)
        case say.HeadVacated(effective_from=day):
            _lead(tables, known, "head", None, day)
        case say.ChampionVacated(effective_from=day):
            _lead(tables, known, "champion", None, day)


def _lead(tables: Tables, known: Known, part: str, who: UUID | None, day: date) -> None:
    row = {"unit_id": known.stream, "part": part, "person_id": who}
    _from_day(tables, known, "unit_lead", day, row)


def _from_day(tables: Tables, known: Known, table: str, day: date, row: dict[str, Any]) -> None:
    when = {"position": known.position, "recorded_at": known.recorded_at}
    tables.insert(table, {**row, "effective_from": day, **when})


def _calendar(tables: Tables, known: Known) -> None:
    match known.data:
        case say.PeriodsDefined(periods=periods):
            for period in periods:
                row = {**period.model_dump(), "recorded_at": known.recorded_at}
                tables.insert("calendar_period", row)
        case say.DaysMarked(days=days):
            for day in days:
                tables.change(DAY, (day.day,), known.recorded_at, kind=day.kind)


FAMILY = Family(
    name="organisation",
    feed=say.FEED,
    ddl=Path(__file__).with_name("organisation.sql"),
    project=project,
    contracts=catalogue(
        say.PersonEmployed,
        say.EmploymentEnded,
        say.PersonDeactivated,
        say.PersonReactivated,
        say.PostAssigned,
        say.PostEnded,
        say.ManagerAssigned,
        say.ManagerEnded,
        say.RoleGranted,
        say.RoleRevoked,
        say.DelegationGiven,
        say.DelegationEnded,
        say.UnitFounded,
        say.UnitMoved,
        say.HeadAppointed,
        say.ChampionAppointed,
        say.HeadVacated,
        say.ChampionVacated,
        say.PeriodsDefined,
        say.DaysMarked,
    ),
)
