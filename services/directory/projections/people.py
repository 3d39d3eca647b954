"""Rows about people: employment, names, posts, managers, roles, delegations."""

from datetime import date, timedelta
from typing import Any

from services.directory.projections.names import keys_of, order_of
from shared.contracts import organisation as say
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

PERSON = Timed(
    "person",
    ("person_id",),
    (
        "name",
        "name_en",
        "locale",
        "time_zone",
        "employed_from",
        "last_day",
        "active",
        "named_at",
        "sort_zh",
        "sort_en",
    ),
)
HAND_OVER = Timed("hand_over", ("person_id",), ("successor_id", "effective_from"))
ROLE = Timed("role", ("person_id", "role", "scope"), ("effective_from", "expires_on"))
DELEGATION = Timed(
    "delegation",
    ("delegation_id",),
    ("giver_id", "receiver_id", "scope", "unit_id", "first", "last", "ended"),
)
ONE_DAY = timedelta(days=1)


def employment(tables: Tables, known: Known) -> None:
    """Who works here, may act, and what they are called."""
    key, at = (known.stream,), known.recorded_at
    match known.data:
        case say.PersonEmployed(employed_from=day):
            tables.change(PERSON, key, at, employed_from=day, last_day=None, active=True)
            tables.end(HAND_OVER, key, at)
        case say.PersonNamed(name=name, name_en=name_en):
            _named(tables, known, name, name_en)
        case say.PersonLocalised(locale=locale, time_zone=zone):
            tables.change(PERSON, key, at, locale=locale, time_zone=zone)
        case say.EmploymentEnded(last_day=last_day):
            tables.change(PERSON, key, at, last_day=last_day)
        case say.PersonDeactivated():
            tables.change(PERSON, key, at, active=False)
        case say.PersonReactivated():
            tables.change(PERSON, key, at, active=True)
        case say.PersonHandedOver(to=to, effective_from=day):
            tables.change(HAND_OVER, key, at, successor_id=to, effective_from=day)


def _named(tables: Tables, known: Known, name: str, name_en: str) -> None:
    sort_zh, sort_en = order_of(name, name_en)
    said = {"name": name, "name_en": name_en, "named_at": known.position}
    order = {"sort_zh": sort_zh, "sort_en": sort_en}
    tables.change(PERSON, (known.stream,), known.recorded_at, **said, **order)
    for key in sorted(keys_of(name, name_en)):
        row = {"key": key, "person_id": known.stream, "named_at": known.position}
        tables.insert("name_key", row)


def places(tables: Tables, known: Known) -> None:
    """Posts and managers, from a day on."""
    match known.data:
        case say.PostAssigned(unit_id=unit_id, title=title, share=share, effective_from=day):
            post = {"unit_id": unit_id, "title": title, "share": share}
            _from_day(tables, known, "post", day, post)
        case say.PostEnded(unit_id=unit_id, last_day=last_day):
            none = {"unit_id": unit_id, "title": None, "share": None}
            _from_day(tables, known, "post", last_day + ONE_DAY, none)
        case say.ManagerAssigned(kind=kind, manager_id=manager_id, effective_from=day):
            _from_day(tables, known, "manager", day, {"kind": kind, "manager_id": manager_id})
        case say.ManagerEnded(kind=kind, last_day=last_day):
            link: dict[str, Any] = {"kind": kind, "manager_id": None}
            _from_day(tables, known, "manager", last_day + ONE_DAY, link)


def _from_day(tables: Tables, known: Known, table: str, day: date, row: dict[str, Any]) -> None:
    when = {"recorded_at": known.recorded_at, "position": known.position}
    tables.insert(table, {"person_id": known.stream, **row, "effective_from": day, **when})


def trust(tables: Tables, known: Known) -> None:
    """Roles and delegations."""
    person, at = known.stream, known.recorded_at
    match known.data:
        case say.RoleGranted() as role:
            key = (person, role.role, str(role.unit_id or ""))
            term = {"effective_from": role.effective_from, "expires_on": role.expires_on}
            tables.change(ROLE, key, at, **term)
        case say.RoleRevoked(role=name, unit_id=unit_id):
            tables.end(ROLE, (person, name, str(unit_id or "")), at)
        case say.DelegationGiven() as given:
            row = given.model_dump(include={"unit_id", "first", "last"})
            people = {"giver_id": person, "receiver_id": given.to}
            row = {**people, **row, "scope": " ".join(given.scope), "ended": False}
            tables.change(DELEGATION, (given.delegation_id,), at, **row)
        case say.DelegationEnded(delegation_id=delegation_id):
            tables.change(DELEGATION, (delegation_id,), at, ended=True)
