"""Forgetting people, in every service: the key is destroyed, and the tables follow."""

import logging
from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic
from typing import Any

from shared.eventing.families import Family
from shared.eventing.feeds import Source, Stretch
from shared.eventing.recorder import Pool
from shared.eventing.translation import Translation

log = logging.getLogger(__name__)

BATCH = 1_000
LOOKED_EVERY = 30.0

BEGUN = "SELECT subject FROM log.erasures WHERE finished_at IS NULL ORDER BY position"


def holding_personal(families: Sequence[Family], translation: Translation) -> list[Family]:
    """The families of tables in which personal fields of the own log are shown."""
    personal = {e.contract.record_name for e in translation.entries if e.fact.personal_fields}
    return [
        family
        for family in families
        if family.feed in translation.feeds and personal & set(family.contracts)
    ]


class Erasing:
    """Follows the feed that says who is forgotten, and does what follows from it here.

    The key of each is destroyed at once; then every family that holds anything personal is replayed
    into new tables, in which marks stand, and the old ones are dropped with their files. What was
    begun is finished after a crash.

    It reads the feed when somebody who follows it anyhow came across a forgotten person
    (``Overheard``), and now and then by itself: a second reader of every record would make
    everything visible later.
    """

    schema = "erasing"

    def __init__(
        self,
        pool: Pool,
        source: Source,
        record: str,
        replay: Callable[[], object],
        drop: Callable[[], object],
    ) -> None:
        self._pool, self._source, self._record = pool, source, record
        self._replay, self._drop = replay, drop
        self._told, self._look_at = Event(), 0.0

    def look(self) -> None:
        """Have the next step read the feed."""
        self._told.set()

    def overheard(self, source: Source) -> "Overheard":
        """The same feed for another follower, whose finding a forgotten person is told here."""
        return Overheard(source, self._record, self.look)

    def step(self, wait_seconds: float = 0.0) -> int:
        """Look for people to forget when there is cause to, and finish what was begun.

        Waits at most so long for a cause; without waiting it always looks. Answers how many were
        forgotten.
        """
        left = self._look_at - monotonic()
        if wait_seconds > 0 and left > 0 and not self._told.wait(min(wait_seconds, left)):
            return 0
        self._told.clear()
        try:
            forgotten = self._look()
        except Exception:
            self.look()
            raise
        self._look_at = monotonic() + LOOKED_EVERY
        return forgotten

    def _look(self) -> int:
        after = self._position()
        stretch = self._source.fetch(after, BATCH, 0)
        if stretch.head < after:  # the directory was restored to an earlier day
            self._stand_at(0)
            self.look()
            return 0
        if len(stretch.records) == BATCH:
            self.look()
        with self._pool.connection() as connection, connection.transaction():
            for known in stretch.records:
                if known.name == self._record:
                    connection.execute(
                        "SELECT log.begin_erasure(%s, %s)", (known.stream, known.position)
                    )
            if stretch.records:
                connection.execute(
                    "SELECT log.looked_for_erasures(%s)", (stretch.records[-1].position,)
                )
        return self._finish()

    def _finish(self) -> int:
        begun = [row[0] for row in self._rows(BEGUN)]
        if not begun:
            return 0
        self._drop()
        self._replay()
        for subject in begun:
            self._rows("SELECT log.finish_erasure(%s)", (subject,))
        log.info("forgotten: %s", ", ".join(map(str, begun)))
        return len(begun)

    def _position(self) -> int:
        return int(self._rows("SELECT position FROM log.erasing")[0][0])

    def _stand_at(self, position: int) -> None:
        self._rows("SELECT log.looked_for_erasures(%s)", (position,))

    def _rows(self, query: Any, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            return connection.execute(query, params).fetchall()


class Overheard:
    """A feed whose reader tells whenever a record of one kind passes by."""

    def __init__(self, source: Source, record: str, tell: Callable[[], object]) -> None:
        self._source, self._record, self._tell = source, record, tell

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """The next records, unchanged."""
        stretch = self._source.fetch(after, limit, wait_seconds)
        if any(known.name == self._record for known in stretch.records):
            self._tell()
        return stretch


class Forgetful:
    """Drops what this process keeps in memory as soon as somebody is forgotten anywhere.

    A notification can be missed while a connection is made: now and then it looks for itself.
    """

    def __init__(self, pool: Pool, drop: Callable[[], object]) -> None:
        self._pool, self._drop = pool, drop
        self._known: int | None = None
        self._looked = monotonic()

    def hear(self, payload: str) -> None:
        """Somebody was forgotten, or (no payload) nothing was heard for a while."""
        if payload:
            self._drop()
        elif monotonic() - self._looked > LOOKED_EVERY:
            self._look()

    def _look(self) -> None:
        self._looked = monotonic()
        with self._pool.connection() as connection:
            row = connection.execute("SELECT count(*) FROM log.erasures").fetchone()
        now = int(row[0]) if row else 0
        if now != self._known and self._known is not None:
            self._drop()
        self._known = now
