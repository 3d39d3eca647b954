"""Where people are named, out of the own tables: the premise of a hand-over."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from shared.contracts.organisation import FEED
from shared.eventing.feeds import FeedReader
from shared.eventing.recorder import Pool
from shared.eventing.seen import Followed

LED = """
SELECT unit_id FROM unit WHERE upper_inf(during)
   AND (head_id = ANY(%(people)s) OR champion_id = ANY(%(people)s))
"""
MANAGED = "SELECT person_id FROM manager WHERE upper_inf(during) AND manager_id = ANY(%(people)s)"


class OwnTables:
    """Fills the application's port from the tables that the own follower writes."""

    def __init__(self, pool: Pool, followed: Followed, log: FeedReader) -> None:
        self._pool, self._followed, self._log = pool, followed, log

    def units_led_by(self, people: Collection[UUID]) -> set[UUID]:
        """The units that one of these people heads or champions."""
        return self._ids(LED, people)

    def people_managed_by(self, people: Collection[UUID]) -> set[UUID]:
        """The people of whom one of these is a manager of any kind."""
        return self._ids(MANAGED, people)

    def position(self) -> int:
        """How far the own log was followed; waits a second at most for what is recorded."""
        self._followed.wait_for({FEED: self._log.stretch(FEED, 0, 1).head})
        return self._followed.positions()[FEED]

    def _ids(self, query: str, people: Collection[UUID]) -> set[UUID]:
        with self._pool.connection() as connection:
            rows = connection.execute(cast("Any", query), {"people": list(people)}).fetchall()
        return {row[0] for row in rows}
