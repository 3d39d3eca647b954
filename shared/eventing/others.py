"""What the server has not taken of the own log, as a source for a follower."""

from psycopg import sql

from shared.eventing.feeds import FeedReader, Stretch
from shared.eventing.recorder import Pool
from shared.kernel.facts import NEVER

# The facts between are known to have been taken: ``after`` stands for the position before.
READ = sql.SQL(
    "SELECT position, %(after)s::bigint, stream, version, recorded_at, name, state FROM log.facts"
    " WHERE feed = %(feed)s AND position > %(after)s AND position <= %(last)s AND NOT ({taken})"
    " ORDER BY position LIMIT %(limit)s"
)


class Others:
    """The other facts of a feed of the own log, up to a position."""

    def __init__(
        self, pool: Pool, reader: FeedReader, feed: str, taken: sql.Composed, last: int
    ) -> None:
        self._pool, self._reader, self._feed, self._last = pool, reader, feed, last
        self._query = READ.format(taken=taken)

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What follows a position and was not taken; never waits."""
        del wait_seconds
        places = {"feed": self._feed, "after": after, "last": self._last, "limit": limit}
        with self._pool.connection() as connection:
            rows = connection.execute(self._query, places, binary=True).fetchall()
        return Stretch(self._reader.known(rows), self._last, NEVER)
