"""Building tables anew beside the live ones, and swapping them in."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Self

from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import Source, Stretch
from shared.eventing.followers import BATCH, Follower
from shared.eventing.migrations import REBUILDING
from shared.eventing.recorder import Pool

Progress = Callable[[int, int], None]


def rebuild(pool: Pool, family: Family, source: Source, told: Progress | None = None) -> int:
    """Replay a feed from its start into new tables, then let them take the place of the old.

    Readers see the old rows until the swap and the new ones after it. Answers how many records
    were replayed. ``told(done, head)`` hears of the progress.
    """
    beside = f"{family.name}__next"
    with _underway(pool):
        _drop(pool, beside)
        with pool.connection() as connection:
            families.create(connection, family, beside, bare=True)
        done = _replayed(pool, family, source, beside, told)
        families.dress(pool, family, beside)
        _swap(pool, family, beside)
    return done


@contextmanager
def _underway(pool: Pool) -> Iterator[None]:
    """No migration begins meanwhile, and one that runs is waited for."""
    with pool.connection() as holding:
        holding.execute("SELECT pg_advisory_lock_shared(%s)", (REBUILDING,))
        try:
            yield
        finally:
            holding.execute("SELECT pg_advisory_unlock_shared(%s)", (REBUILDING,))


def _replayed(
    pool: Pool, family: Family, source: Source, schema: str, told: Progress | None
) -> int:
    done = 0
    with ReadAhead(source) as ahead:
        follower = Follower(pool, family, ahead, schema=schema)
        while count := follower.step(limit=5 * BATCH):
            done += count
            if told is not None:
                told(done, done)
    return done


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


def _swap(pool: Pool, family: Family, beside: str) -> None:
    old = f"{family.name}__old"
    with pool.connection() as connection, connection.transaction():
        for before, after in ((family.name, old), (beside, family.name)):
            connection.execute(
                sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(
                    sql.Identifier(before), sql.Identifier(after)
                )
            )
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(old)))
