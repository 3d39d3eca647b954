"""Where people and units are named, out of the own tables: the premises of going and closing."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from shared.contracts.organisation import FEED
from shared.eventing.feeds import FeedReader
from shared.eventing.recorder import Pool
from shared.eventing.seen import Followed

# Whoever was ever named there; the streams then say who still is.
LED = "SELECT DISTINCT unit_id FROM unit_lead WHERE person_id = ANY(%(ids)s)"
MANAGED = "SELECT DISTINCT person_id FROM manager WHERE manager_id = ANY(%(ids)s)"
BELOW = "SELECT DISTINCT unit_id FROM unit_parent WHERE parent_id = ANY(%(ids)s)"
POSTED = "SELECT DISTINCT person_id FROM post WHERE unit_id = ANY(%(ids)s)"


class OwnTables:
    """Fills the application's port from the tables that the own follower writes."""

    def __init__(self, pool: Pool, followed: Followed, log: FeedReader) -> None:
        self._pool, self._followed, self._log = pool, followed, log

    def units_led_by(self, people: Collection[UUID]) -> set[UUID]:
        """The units that one of these people heads or champions, or did."""
        return self._ids(LED, people)

    def people_managed_by(self, people: Collection[UUID]) -> set[UUID]:
        """The people of whom one of these is or was a manager of any kind."""
        return self._ids(MANAGED, people)

    def units_below(self, units: Collection[UUID]) -> set[UUID]:
        """The units that lie or lay right below one of these."""
        return self._ids(BELOW, units)

    def people_posted_in(self, units: Collection[UUID]) -> set[UUID]:
        """The people who hold or held a post in one of these units."""
        return self._ids(POSTED, units)

    def position(self) -> int:
        """How far the own log was followed; waits a second at most for what is recorded."""
        self._followed.wait_for({FEED: self._log.stretch(FEED, 0, 1).head})
        return self._followed.positions()[FEED]

    def _ids(self, query: str, ids: Collection[UUID]) -> set[UUID]:
        with self._pool.connection() as connection:
            rows = connection.execute(cast("Any", query), {"ids": list(ids)}).fetchall()
        return {row[0] for row in rows}
