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
TURN = date(2026, 8, 1)


def story() -> Iterator[tuple[Any, Any]]:
    """Who said what, in order."""
    for one in (CHEN, LI, WU):
        yield one, say.PersonEmployed(employed_from=SINCE)
    yield LI, say.ManagerAssigned(kind="line", manager_id=CHEN, effective_from=SINCE)
    yield LI, say.ManagerEnded(kind="line", last_day=LAST)
    for manager, day in ((LI, SINCE), (CHEN, TURN), (LI, TURN)):
        yield WU, say.ManagerAssigned(kind="project", manager_id=manager, effective_from=day)
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
    in_project = (WU, LI, "project")
    assert tables.managers(SINCE - timedelta(days=1)) == []
    assert tables.managers(LAST) == sorted([(LI, CHEN, "line"), in_project])
    assert tables.managers(LAST + timedelta(days=1)) == [in_project]
