"""Building tables anew beside the live ones, and swapping them in."""

from collections.abc import Callable

from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import Source
from shared.eventing.followers import BATCH, Follower
from shared.eventing.recorder import Pool

Progress = Callable[[int, int], None]


def rebuild(pool: Pool, family: Family, source: Source, told: Progress | None = None) -> int:
    """Replay a feed from its start into new tables, then let them take the place of the old.

    Readers see the old rows until the swap and the new ones after it. Answers how many records
    were replayed. ``told(done, head)`` hears of the progress.
    """
    beside = f"{family.name}__next"
    _drop(pool, beside)
    with pool.connection() as connection:
        families.create(connection, family, beside)
    follower = Follower(pool, family, source, schema=beside)
    done = 0
    while count := follower.step(limit=5 * BATCH):
        done += count
        if told is not None:
            told(done, done)
    _swap(pool, family, beside)
    return done


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
