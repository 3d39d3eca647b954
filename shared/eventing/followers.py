"""Following a feed: batches of records become rows, together with the follower's position."""

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import Known, Source, Stretch
from shared.eventing.recorder import Pool
from shared.eventing.tables import Tables

log = logging.getLogger(__name__)

BATCH = 1_000

# Compare and set, together with all that a batch needs before its rows: one round trip, not four.
MOVE = """
UPDATE {follower} SET position = %(after)s,
       complete_through = greatest(complete_through, %(complete_through)s)
 WHERE position = %(before)s
RETURNING (SELECT array_agg(DISTINCT stream) FROM {parked}),
          set_config('search_path', {path}, true),
          (SELECT count(pg_notify('followed', %(news)s)) WHERE %(news)s <> '')
"""


class OutOfOrder(RuntimeError):
    """A source left something out; it has to repair the gap before anything is followed."""


class Follower:
    """Follows one feed for one family of tables."""

    def __init__(
        self, pool: Pool, family: Family, source: Source, schema: str | None = None
    ) -> None:
        self.pool, self.family, self.source = pool, family, source
        self.schema = schema or family.name
        self._position: int | None = None
        self._move = (
            sql.SQL(MOVE)
            .format(
                follower=sql.Identifier(self.schema, "follower"),
                parked=sql.Identifier(self.schema, "parked"),
                path=sql.Literal(families.path_of(self.schema)),
            )
            .as_bytes()
        )

    def step(self, wait_seconds: float = 0.0, limit: int = BATCH) -> int:
        """Follow the next records, at most ``limit``; answers how many there were."""
        if self._position is None:
            self._position = self._stored_position()
        stretch = self.source.fetch(self._position, limit, wait_seconds)
        fresh = self._unknown(self._position, stretch.records)
        self._take(fresh, stretch)
        return len(fresh)

    def catch_up(self) -> None:
        """Follow until nothing is left."""
        while self.step() > 0:
            pass

    def retry_parked(self) -> None:
        """Try parked streams again, in order; what still fails stays parked."""
        with self.pool.connection() as connection, connection.transaction():
            families.use(connection, self.schema)
            rows = connection.execute(
                "SELECT stream, array_agg(position ORDER BY position) FROM parked GROUP BY stream"
            ).fetchall()
        for stream, positions in rows:
            records = [
                known
                for place in positions
                for known in self.source.fetch(place - 1, 1, 0).records
                if known.position == place
            ]
            with suppress(Exception):
                self._unpark(stream, records)

    def _unknown(self, reached: int, records: Sequence[Known]) -> list[Known]:
        """What was not followed yet; refused when something between two of them was left out."""
        unknown = []
        for known in records:
            if known.previous > reached:
                raise OutOfOrder(f"{self.family.feed}: {known.previous} follows {reached}")
            if known.position > reached:
                unknown.append(known)
                reached = known.position
        return unknown

    def _stored_position(self) -> int:
        with self.pool.connection() as connection:
            return families.position(connection, self.schema)[0]

    def _take(self, fresh: Sequence[Known], stretch: Stretch) -> None:
        try:
            self._write(fresh, stretch)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            if not fresh:
                raise
            self._bisect(fresh, stretch, error)

    def _bisect(self, fresh: Sequence[Known], stretch: Stretch, error: Exception) -> None:
        """Find the record that can't be shown, and park its stream; everything else goes on."""
        if len(fresh) == 1:
            log.error("parked %s at %s: %s", self.schema, fresh[0].position, error)
            self._write(fresh, stretch, poison=f"{type(error).__name__}: {error}")
            return
        middle = len(fresh) // 2
        first = Stretch(list(fresh[:middle]), stretch.head, fresh[middle - 1].recorded_at)
        self._take(fresh[:middle], first)
        self._take(fresh[middle:], stretch)

    def _write(self, fresh: Sequence[Known], stretch: Stretch, poison: str | None = None) -> None:
        before = self._position or 0
        after = fresh[-1].position if fresh else before
        with self.pool.connection() as connection, connection.transaction():
            parked = self._moved(connection, before, after, stretch)
            if parked is None:
                self._position = None
                return
            self._project(connection, fresh, parked, poison)
        self._position = after

    def _moved(
        self, connection: Any, before: int, after: int, stretch: Stretch
    ) -> Collection[UUID] | None:
        """Compare and set, and use the family's tables: the parked streams, or ``None`` when
        another leader has followed this in the meantime.
        """
        moved = connection.execute(
            self._move,
            {
                "after": after,
                "before": before,
                "complete_through": stretch.complete_through,
                "news": f"{self.family.feed}:{after}" if after > before else "",
            },
        ).fetchone()
        return None if moved is None else frozenset(moved[0] or ())

    def _project(
        self,
        connection: Any,
        fresh: Sequence[Known],
        parked: Collection[UUID],
        poison: str | None,
    ) -> None:
        if not fresh:
            return
        for known in fresh:
            if poison is not None or known.stream in parked:
                connection.execute(
                    "INSERT INTO parked (position, stream, error) VALUES (%s, %s, %s)",
                    (known.position, known.stream, poison or "follows a parked fact"),
                )
        if poison is None:
            self._project_all(connection, [k for k in fresh if k.stream not in parked])

    def _project_all(self, connection: Any, records: Sequence[Known]) -> None:
        tables = Tables(connection)
        self.family.write(tables, [known for known in records if known.data is not None])
        tables.flush()

    def _unpark(self, stream: Any, records: Sequence[Known]) -> None:
        """Show these records, unless more of the stream was parked, or shown, meanwhile."""
        with self.pool.connection() as connection, connection.transaction():
            families.use(connection, self.schema)
            connection.execute("SELECT FROM follower FOR UPDATE")  # whoever leads waits for this
            parked = connection.execute(
                "SELECT position FROM parked WHERE stream = %s ORDER BY position", (stream,)
            ).fetchall()
            if [row[0] for row in parked] != [known.position for known in records]:
                return
            self._project_all(connection, records)
            connection.execute("DELETE FROM parked WHERE stream = %s", (stream,))
