"""The tables of people, units and the calendar."""

from collections.abc import Sequence
from pathlib import Path

from shared.contracts import organisation as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

PERSON = Timed(
    "person",
    ("person_id",),
    ("name", "name_en", "locale", "time_zone", "employed_from", "last_day", "active"),
)
HAND_OVER = Timed("hand_over", ("person_id",), ("successor_id", "effective_from"))
POST = Timed("post", ("person_id", "unit_id"), ("title", "share", "effective_from", "last_day"))
MANAGER = Timed("manager", ("person_id", "kind"), ("manager_id", "effective_from"))
ROLE = Timed("role", ("person_id", "role", "scope"), ("effective_from", "expires_on"))
UNIT = Timed(
    "unit",
    ("unit_id",),
    (
        "code",
        "kind",
        "parent_id",
        "counts_as_department",
        "name_zh",
        "name_en",
        "head_id",
        "champion_id",
        "effective_from",
    ),
)
DAY = Timed("calendar_day", ("day",), ("kind",))


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say; records of other kinds change nothing here."""
    for known in records:
        _person(tables, known)
        _relations(tables, known)
        _unit(tables, known)
        _calendar(tables, known)


def _person(tables: Tables, known: Known) -> None:
    key, at = (known.stream,), known.recorded_at
    match known.data:
        case say.PersonEmployed(employed_from=day):
            tables.change(PERSON, key, at, employed_from=day, last_day=None, active=True)
            tables.end(HAND_OVER, key, at)
        case say.PersonNamed(name=name, name_en=name_en):
            tables.change(PERSON, key, at, name=name, name_en=name_en)
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


def _relations(tables: Tables, known: Known) -> None:
    person, at = known.stream, known.recorded_at
    match known.data:
        case say.PostAssigned() as post:
            values = post.model_dump(exclude={"unit_id"})
            tables.change(POST, (person, post.unit_id), at, **values, last_day=None)
        case say.PostEnded(unit_id=unit_id, last_day=last_day):
            tables.change(POST, (person, unit_id), at, last_day=last_day)
        case say.ManagerAssigned(kind=kind, manager_id=manager_id, effective_from=day):
            tables.change(MANAGER, (person, kind), at, manager_id=manager_id, effective_from=day)
        case say.RoleGranted() as role:
            key = (person, role.role, str(role.unit_id or ""))
            tables.change(
                ROLE, key, at, effective_from=role.effective_from, expires_on=role.expires_on
            )
        case say.RoleRevoked(role=name, unit_id=unit_id):
            tables.end(ROLE, (person, name, str(unit_id or "")), at)


def _unit(tables: Tables, known: Known) -> None:
    key, at = (known.stream,), known.recorded_at
    match known.data:
        case say.UnitFounded() as unit:
            tables.change(UNIT, key, at, **unit.model_dump())
        case say.UnitNamed(name_zh=name_zh, name_en=name_en):
            tables.change(UNIT, key, at, name_zh=name_zh, name_en=name_en)
        case say.UnitMoved(parent_id=parent_id):
            tables.change(UNIT, key, at, parent_id=parent_id)
        case say.HeadAppointed(person_id=person_id):
            tables.change(UNIT, key, at, head_id=person_id)
        case say.ChampionAppointed(person_id=person_id):
            tables.change(UNIT, key, at, champion_id=person_id)


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
        say.PersonNamed,
        say.PersonLocalised,
        say.EmploymentEnded,
        say.PersonDeactivated,
        say.PersonReactivated,
        say.PersonHandedOver,
        say.PostAssigned,
        say.PostEnded,
        say.ManagerAssigned,
        say.RoleGranted,
        say.RoleRevoked,
        say.UnitFounded,
        say.UnitNamed,
        say.UnitMoved,
        say.HeadAppointed,
        say.ChampionAppointed,
        say.PeriodsDefined,
        say.DaysMarked,
    ),
)
