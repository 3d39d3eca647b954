"""What a service's tables say of an organisation that the directory told it, in one story.

Chen manages Li until 31 August; Wu, whom Li manages in a project, was deactivated; Li lets Wu act
for him, and Chen took a delegation back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from psycopg.conninfo import make_conninfo

from shared.access.organisation import Organisation
from shared.contracts import organisation as say
from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.followers import Follower
from shared.kernel.ids import id_of
from tests.support.goals_tables import Told
from tests.support.log import open_pool
from tests.support.postgres import Databases

CHEN, LI, WU = (id_of("person", name) for name in ("chen", "li", "wu"))
GIVEN, TAKEN_BACK = id_of("delegation", "given"), id_of("delegation", "taken back")
EAST, SINCE, LAST = id_of("unit", "EAST"), date(2026, 7, 1), date(2026, 8, 31)
TURN, NEXT = date(2026, 8, 1), LAST + timedelta(days=1)
SALES, NORTH, COMPANY = (id_of("unit", name) for name in ("SALES", "NORTH", "COMPANY"))


def story() -> Iterator[tuple[Any, Any]]:
    """Who said what, in order."""
    for one in (CHEN, LI, WU):
        yield one, say.PersonEmployed(employed_from=SINCE)
    yield LI, say.ManagerAssigned(kind="line", manager_id=CHEN, effective_from=SINCE)
    yield LI, say.ManagerEnded(kind="line", last_day=LAST)
    for manager, day in ((LI, SINCE), (CHEN, TURN), (LI, TURN)):
        yield WU, say.ManagerAssigned(kind="project", manager_id=manager, effective_from=day)
    # said later, though it holds from an earlier day on
    for manager, day in ((CHEN, TURN), (LI, SINCE)):
        yield WU, say.ManagerAssigned(kind="functional", manager_id=manager, effective_from=day)
    yield from moving()
    yield WU, say.PersonDeactivated()
    for giver, delegation in ((LI, GIVEN), (CHEN, TAKEN_BACK)):
        given = say.DelegationGiven(
            delegation_id=delegation,
            to=WU,
            scope=("goals", "metrics"),
            unit_id=EAST,
            first=SINCE,
            last=LAST,
        )
        yield giver, given
    yield CHEN, say.DelegationEnded(delegation_id=TAKEN_BACK)


def moving() -> Iterator[tuple[Any, Any]]:
    """Li moves from Sales to the East in September, which is announced in July; Wu comes to Sales
    then, and Chen, in the North, works fewer hours. The East moves, and has no head from August on.
    """
    post = {"title": "Sales", "share": 10_000}
    yield LI, say.PostAssigned(unit_id=SALES, effective_from=SINCE, **post)
    yield LI, say.PostEnded(unit_id=SALES, last_day=LAST)
    yield LI, say.PostAssigned(unit_id=EAST, effective_from=NEXT, **post)
    yield WU, say.PostAssigned(unit_id=SALES, effective_from=NEXT, **post)
    yield CHEN, say.PostAssigned(unit_id=NORTH, effective_from=SINCE, **post)
    fewer = post | {"share": 5_000}
    yield CHEN, say.PostAssigned(unit_id=NORTH, effective_from=NEXT, **fewer)
    founded = say.UnitFounded(
        code="EAST",
        kind="team",
        parent_id=SALES,
        counts_as_department=False,
        effective_from=SINCE,
    )
    yield EAST, founded
    for parent, day in ((NORTH, TURN), (COMPANY, SINCE)):
        yield EAST, say.UnitMoved(parent_id=parent, effective_from=day)
    yield EAST, say.HeadAppointed(person_id=CHEN, effective_from=SINCE)
    yield EAST, say.ChampionAppointed(person_id=CHEN, effective_from=SINCE)
    yield EAST, say.HeadVacated(effective_from=TURN)
    yield EAST, say.ChampionVacated(effective_from=NEXT)


class Tables:
    """The organisation as one service keeps it."""

    def __init__(self, pool: Any, names: Organisation) -> None:
        self._pool, self._names = pool, names

    def people(self, day: date) -> set[Any]:
        """Who may act on a day."""
        return {row[0] for row in self.rows(self._names.people, today=day)}

    def managers(self, day: date) -> list[Any]:
        """Who is managed by whom on a day, and how; the same whichever way it is looked up."""
        found, managed = (
            sorted(self.rows(query, today=day))
            for query in (self._names.managers, self._names.managed)
        )
        assert managed == found
        return found

    def posts(self, day: date) -> set[Any]:
        """Who holds a post where on a day."""
        return set(self.rows(self._names.posts, today=day))

    def parents(self, day: date) -> set[Any]:
        """Which unit lies below which on a day."""
        return set(self.rows(self._names.parents, today=day))

    def leads(self, day: date) -> set[Any]:
        """Who leads which unit on a day, and as what."""
        return {row for row in self.rows(self._names.leads, today=day) if row[1] is not None}

    def rows(self, query: str, **params: Any) -> list[Any]:
        """What a statement answers."""
        with self._pool.connection() as connection:
            return list(connection.execute(query, params).fetchall())


@contextmanager
def followed(
    databases: Databases, service: str, family: Family, names: Organisation
) -> Iterator[Tables]:
    """The tables of a service that has heard the story."""
    feed, at = Told(say.FEED), datetime(2026, 7, 1, tzinfo=UTC)
    for number, (stream, says) in enumerate(story()):
        feed.say(stream, says, at + timedelta(hours=number))
    conninfo = make_conninfo(
        databases(service).runtime, options="-c search_path=organisation -c timezone=UTC"
    )
    with open_pool(conninfo) as pool:
        with pool.connection() as connection:
            families.create(connection, family)
        Follower(pool, family, feed).catch_up()
        yield Tables(pool, names)


def keeps_the_story(tables: Tables) -> None:
    """What every service must know of it."""
    assert tables.people(SINCE) == {CHEN, LI}
    of_wu = [(WU, LI, "functional"), (WU, LI, "project")]
    assert tables.managers(SINCE - timedelta(days=1)) == []
    assert tables.managers(LAST) == sorted([(LI, CHEN, "line"), *of_wu])
    assert tables.managers(NEXT) == of_wu
    assert tables.posts(SINCE - timedelta(days=1)) == set()
    assert tables.posts(LAST) == {(CHEN, NORTH), (LI, SALES)}
    assert tables.posts(NEXT) == {(CHEN, NORTH), (LI, EAST), (WU, SALES)}
    assert tables.parents(LAST) == {(EAST, COMPANY)}


def keeps_who_leads(tables: Tables) -> None:
    """What a service must know of heads and champions, where it asks for them."""
    head, champion = (EAST, CHEN, "head"), (EAST, CHEN, "champion")
    assert tables.leads(SINCE) == {head, champion}
    assert tables.leads(TURN) == {champion}
    assert tables.leads(NEXT) == set()
