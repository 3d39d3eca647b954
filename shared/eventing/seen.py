"""Waiting until the tables show what a reader has just done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Condition
from time import monotonic

from psycopg import sql

from shared.eventing.families import Family
from shared.eventing.listening import Listener
from shared.eventing.recorder import Pool

LONGEST_WAIT = 1.0


class Followed:
    """How far this service's tables have followed each feed; one waiter per process."""

    def __init__(self, pool: Pool, families: Sequence[Family], listener: Listener) -> None:
        self._pool = pool
        self._feeds = {family.feed for family in families}
        parts = [
            sql.SQL("SELECT feed, position, complete_through FROM {}").format(
                sql.Identifier(family.name, "follower")
            )
            for family in families
        ]
        self._query = sql.SQL(" UNION ALL ").join(parts)
        self._positions: dict[str, int] = {}
        self._moved = Condition()
        listener.on("followed", self._hear)

    def wait_for(self, seen: Mapping[str, int], longest: float = LONGEST_WAIT) -> bool:
        """Wait until every position that was seen is in the tables; false when time ran out.

        Feeds that this service does not follow are not waited for.
        """
        wanted = {feed: at for feed, at in seen.items() if feed in self._feeds}
        if self._shows(wanted):
            return True
        self._look()
        deadline = monotonic() + longest
        with self._moved:
            while not self._shows(wanted):
                left = deadline - monotonic()
                if left <= 0:
                    return False
                self._moved.wait(left)
        return True

    def complete_through(self) -> datetime:
        """The instant through which everything from every followed feed is in the tables."""
        return min(row[2] for row in self._rows())

    def positions(self) -> dict[str, int]:
        """The position of each feed in the tables, freshly read."""
        self._look()
        return dict(self._positions)

    def _shows(self, wanted: Mapping[str, int]) -> bool:
        return all(self._positions.get(feed, 0) >= at for feed, at in wanted.items())

    def _rows(self) -> list[tuple[str, int, datetime]]:
        with self._pool.connection() as connection:
            return connection.execute(self._query).fetchall()

    def _look(self) -> None:
        self._take({feed: position for feed, position, _ in self._rows()})

    def _hear(self, payload: str) -> None:
        feed, _, position = payload.partition(":")
        if position:
            self._take({feed: int(position)})

    def _take(self, positions: Mapping[str, int]) -> None:
        with self._moved:
            for feed, position in positions.items():
                self._positions[feed] = max(position, self._positions.get(feed, 0))
            self._moved.notify_all()
