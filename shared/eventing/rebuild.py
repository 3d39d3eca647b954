"""Building tables anew beside the live ones, and swapping them in."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Self

import psycopg
from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import FeedReader, OwnLog, Source, Stretch
from shared.eventing.followers import BATCH, Follower
from shared.eventing.migrations import REBUILDING
from shared.eventing.openings import NotAtOnce, open_at_once, taken_by_server
from shared.eventing.others import Others
from shared.eventing.recorder import Pool

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


def rebuild(pool: Pool, family: Family, source: Source, told: Progress | None = None) -> int:
    """Replay a feed from its start into new tables, then let them take the place of the old.

    Readers see the old rows until the swap and the new ones after it. Answers how many records
    were replayed. ``told(done, head)`` hears of the progress. Rows that the family declares as
    opened are opened by the server where the feed is the own log; record by record where
    something in it is not as it should be, so that what can't be shown is parked.
    """
    beside = f"{family.name}__next"
    with _underway(pool):
        new = _New(pool, family, source, beside, told or _unheard)
        try:
            new.open_at_once()
        except NotAtOnce as why:
            log.warning("%s: replayed record by record: %s", family.name, why)
            new.begin()
        new.follow(source)
        new.dress(fully=True)
        _swap(pool, family, beside, lambda: new.follow(source))
    return new.done


@contextmanager
def _underway(pool: Pool) -> Iterator[None]:
    """No migration begins meanwhile, and one that runs is waited for."""
    with pool.connection() as holding:
        holding.execute("SELECT pg_advisory_lock_shared(%s)", (REBUILDING,))
        try:
            yield
        finally:
            holding.execute("SELECT pg_advisory_unlock_shared(%s)", (REBUILDING,))


class _New:
    """The new tables beside the live ones, and how many records they show so far."""

    def __init__(
        self, pool: Pool, family: Family, source: Source, schema: str, told: Progress
    ) -> None:
        self.pool, self.family, self.source, self.schema = pool, family, source, schema
        self.told, self.done = told, 0

    def begin(self) -> None:
        """Make them, empty and with no more indexes than a follower needs."""
        self._make()
        self.dress(fully=False)

    def open_at_once(self) -> None:
        """Begin, with the rows that the server can open up to the head of the own log, and follow
        the other facts up to there. Refused as NotAtOnce where a replay would make other rows.
        """
        reader = self.source.reader if isinstance(self.source, OwnLog) else None
        taken = taken_by_server(self.family, reader.translation) if reader else []
        if reader is None or not taken:
            self.begin()
            return
        self._make()
        head = self._head(reader)
        try:
            for count in open_at_once(self.pool, self.schema, taken, head):
                self._count(count)
            self.dress(fully=False)
        except (psycopg.DataError, psycopg.IntegrityError) as refused:
            raise NotAtOnce(f"{type(refused).__name__}: {refused}") from refused
        which = sql.SQL(" OR ").join(one.which for one in taken)
        self.follow(Others(self.pool, reader, self.family.feed, which, head))
        self._stand_at(head)

    def dress(self, *, fully: bool) -> None:
        """Make the indexes that are not there yet: those that a follower needs, or all."""
        families.dress(self.pool, self.family, self.schema, fully=fully)

    def _make(self) -> None:
        self.done = 0
        _drop(self.pool, self.schema)
        with self.pool.connection() as connection:
            families.create(connection, self.family, self.schema, bare=True)

    def follow(self, source: Source) -> None:
        """Replay a source until nothing is left in it."""
        with ReadAhead(source) as ahead:
            follower = Follower(self.pool, self.family, ahead, schema=self.schema)
            while count := follower.step(limit=5 * BATCH):
                self._count(count)

    def _count(self, count: int) -> None:
        self.done += count
        self.told(self.done, self.done)

    def _head(self, reader: FeedReader) -> int:
        with self.pool.connection() as connection:
            return reader.head(connection, self.family.feed)[0]

    def _stand_at(self, head: int) -> None:
        """Everything up to here is shown; nothing may be parked, for rows of its stream stand."""
        with self.pool.connection() as connection, connection.transaction():
            families.use(connection, self.schema)
            if connection.execute("SELECT FROM parked LIMIT 1").fetchone() is not None:
                raise NotAtOnce("a fact can't be shown")
            connection.execute("UPDATE follower SET position = %s", (head,))


def _unheard(done: int, head: int) -> None:
    """Nobody asked for the progress."""


class ReadAhead:
    """A source that reads the next stretch while the last one is being written."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="read-ahead")
        self._next: tuple[int, Future[Stretch]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.shutdown(cancel_futures=True)

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What follows a position, perhaps read already."""
        ahead, self._next = self._next, None
        if ahead is not None and ahead[0] == after:
            stretch = ahead[1].result()
        else:
            stretch = self._source.fetch(after, limit, wait_seconds)
        if len(stretch.records) == limit:
            last = stretch.records[-1].position
            self._next = (last, self._reader.submit(self._source.fetch, last, limit, 0.0))
        return stretch


def needed(pool: Pool, family: Family) -> bool:
    """Whether the live tables have another shape than the family's DDL makes today."""
    with pool.connection() as connection:
        return families.position(connection, family.name)[2] != family.shape


def _drop(pool: Pool, schema: str) -> None:
    with pool.connection() as connection:
        connection.execute(
            sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema))
        )


def _swap(pool: Pool, family: Family, beside: str, catch_up: Callable[[], None]) -> None:
    """Let the new tables take the place of the old ones, once they show as much: nobody follows
    into the old ones meanwhile, and whoever has seen something sees it still.
    """
    old, followed = f"{family.name}__old", sql.Identifier(family.name, "follower")
    with pool.connection() as connection, connection.transaction():
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(followed))
        catch_up()
        for before, after in ((family.name, old), (beside, family.name)):
            connection.execute(
                sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(
                    sql.Identifier(before), sql.Identifier(after)
                )
            )
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(old)))
