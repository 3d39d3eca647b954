"""The log in PostgreSQL behind the library's recorder seam; ``log.append`` is its only writer."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    ListenNotifySubscription,
    Notification,
    StoredEvent,
    Subscription,
)
from psycopg_pool import ConnectionPool

from shared.eventing.appending import ANSWERED, Appending, Batch, FeedEvent, Outcome
from shared.eventing.group_commit import GroupCommit
from shared.eventing.listening import Listener

COLUMNS = "stream, version, name, state"

Pool = ConnectionPool[psycopg.Connection[Any]]


__all__ = ["Batch", "FeedEvent", "Outcome", "Pool", "PostgresRecorder"]


class PostgresRecorder(ApplicationRecorder):
    """Appends through one writing thread per process (group commit); reads through a pool."""

    def __init__(self, pool: Pool, conninfo: str) -> None:
        self.pool, self.conninfo = pool, conninfo
        self._writer: GroupCommit[Batch, Outcome] = GroupCommit(conninfo, Appending)

    def append(self, batch: Batch) -> Outcome:
        """Record a batch whole or not at all, after everything recorded before it."""
        return self._writer.submit(batch)

    def answered(self, request_id: str, body_hash: bytes) -> Outcome | None:
        """What became of this request if it was asked within seven days, else ``None``."""
        with self.pool.connection() as connection:
            row = connection.execute(ANSWERED, (request_id,)).fetchone()
        if row is None:
            return None
        return Outcome("repeated" if row[0] == body_hash else "reused", *row[1:])

    def forget_old_requests(self) -> int:
        """Drop request rows older than seven days; answers how many there were."""
        return int(self._rows("SELECT log.forget_old_requests()", [])[0][0])

    def close(self) -> None:
        """Let what is waiting be recorded, then stop the writing thread."""
        self._writer.close()

    # The library's seam

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        **kwargs: Any,  # noqa: ARG002 - the library's form
    ) -> Sequence[int] | None:
        """Record without a request; the library's form of ``append``."""
        if not stored_events:
            return None
        outcome = self.append(Batch(stored_events))
        if outcome.kind != "recorded" or outcome.first is None:
            raise IntegrityError(f"append: {outcome.kind}")
        return list(range(outcome.first, outcome.first + len(stored_events)))

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream in order, after ``gt`` up to ``lte``."""
        query = f"SELECT {COLUMNS} FROM log.facts WHERE stream = %s"
        params: list[Any] = [originator_id]
        for condition, bound in (("version > %s", gt), ("version <= %s", lte)):
            if bound is not None:
                query += f" AND {condition}"
                params.append(bound)
        query += f" ORDER BY version {'DESC' if desc else 'ASC'}"
        if limit is not None:
            query += " LIMIT %s"
            params.append(limit)
        return [StoredEvent(*row) for row in self._rows(query, params)]

    def select_streams(self, after: Sequence[tuple[UUID, int]]) -> Iterable[StoredEvent]:
        """The events of many streams, each after the version given with it, in one query."""
        query = (
            f"SELECT f.{COLUMNS.replace(', ', ', f.')} FROM log.facts f"
            " JOIN unnest(%s::uuid[], %s::int[]) AS u (stream, version)"
            " ON f.stream = u.stream AND f.version > u.version ORDER BY f.stream, f.version"
        )
        params = [[stream for stream, _ in after], [version for _, version in after]]
        return (StoredEvent(*row) for row in self._rows(query, params))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log in order between two positions, perhaps only some kinds of fact."""
        query = f"SELECT {COLUMNS}, position FROM log.facts WHERE position >= %s"
        params: list[Any] = [(start or 0) + (0 if inclusive_of_start else 1)]
        if stop is not None:
            query += " AND position <= %s"
            params.append(stop)
        if topics:
            query += " AND name = ANY(%s)"
            params.append(list(topics))
        rows = self._rows(f"{query} ORDER BY position LIMIT %s", [*params, limit])
        return [Notification(*row) for row in rows]

    def max_notification_id(self) -> int | None:
        """The head of the log, or ``None`` while it is empty."""
        return cast("int | None", self._rows("SELECT max(position) FROM log.facts", [])[0][0])

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """An endless iterator over the log after ``gt``, woken by notifications."""
        return _LogSubscription(self, gt, topics)

    def _rows(self, query: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection:
            return connection.execute(query, params, binary=True).fetchall()


class _LogSubscription(ListenNotifySubscription["PostgresRecorder"]):
    def __init__(self, recorder: PostgresRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._listener = Listener(recorder.conninfo, ("facts",))
        self._listener.on("facts", lambda _payload: self._has_been_notified.set())
        self._listener.start()

    def stop(self) -> None:
        """Stop iterating and listening."""
        self._listener.stop()
        super().stop()
