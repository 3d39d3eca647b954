"""What is recorded in one go, what became of it, and the calls of ``log.append`` that do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

from shared.eventing import binary_form as pg


@dataclass(frozen=True, init=False)
class FeedEvent(StoredEvent):
    """A stored event that knows on which feed its stream is published."""

    feed: str = ""

    def __init__(
        self,
        originator_id: UUID | str,
        originator_version: int,
        topic: str,
        state: bytes,
        feed: str = "",
    ) -> None:
        # a frozen dataclass's own way of setting fields takes twice as long
        fields = self.__dict__
        fields["originator_id"], fields["originator_version"] = originator_id, originator_version
        fields["topic"], fields["state"], fields["feed"] = topic, state, feed


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one request wants recorded, and the streams it only read (id, version)."""

    events: Sequence[StoredEvent]
    request_id: str | None = None
    body_hash: bytes = b""
    answer: bytes = b""
    guards: Sequence[tuple[UUID, int]] = ()

    def touched(self) -> set[object]:
        """What no other batch of the same call may touch: streams written or read, the request."""
        touched: set[object] = {event.originator_id for event in self.events}
        if self.guards:
            touched.update(stream for stream, _ in self.guards)
        if self.request_id is not None:
            touched.add(self.request_id)
        return touched


Kind = Literal["recorded", "repeated", "reused", "conflict", "moved"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: positions first to last, or the answer stored for the same
    request.
    """

    kind: Kind
    first: int | None = None
    last: int | None = None
    recorded_at: datetime | None = None
    answer: bytes | None = None


ANSWERED = (
    "SELECT body_hash, first, last, recorded_at, answer FROM log.requests WHERE request_id = %s"
)
_ONE = (pg.TEXT, pg.BYTEA, pg.BYTEA, pg.UUID_, pg.INT4, pg.TEXT, pg.TEXT, pg.BYTEA)
_OF_REQUESTS = (pg.INT4S, pg.TEXTS, pg.BYTEAS, pg.BYTEAS, pg.INT4S)
_OF_FACTS = (pg.INT4S, pg.UUIDS, pg.INT4S, pg.TEXTS, pg.TEXTS, pg.BYTEAS)
_OF_GUARDS = (pg.INT4S, pg.UUIDS, pg.INT4S)
_NO_REQUESTS = (pg.int4s([]), pg.texts([]), pg.byteas([]), pg.byteas([]))
_NO_GUARDS = (pg.int4s([]), pg.uuids([]), pg.int4s([]))


class Appending:
    """A connection that appends; every call is a transaction of its own.

    The calls go straight to libpq, their values in PostgreSQL's binary form: a driver's cursor and
    adapters cost more than the rest of a lone append together.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        # plans made while the log was small would scan it whole for ever
        connection.execute("SET plan_cache_mode = force_generic_plan")
        connection.execute("SET enable_seqscan = off")
        self._prepare(b"append_one", _ONE)
        self._prepare(b"append", _OF_REQUESTS + _OF_FACTS + _OF_GUARDS)

    def __call__(self, batches: Sequence[Batch]) -> list[Outcome]:
        """One call of a stored function; a version taken inside a lone batch shows as conflict."""
        lone = batches[0]
        try:
            if len(batches) == 1 and len(lone.events) == 1 and not lone.guards:
                return [_outcome(self._call(b"append_one", _scalars(lone)))]
            return self._outcomes(batches, self._call(b"append", _arrays(batches)))
        except psycopg.errors.UniqueViolation as error:
            if len(batches) == 1 and error.diag.constraint_name == "one_fact_per_version":
                return [Outcome("conflict")]
            raise

    def _prepare(self, function: bytes, kinds: Sequence[int]) -> None:
        marks = b", ".join(b"$%d" % n for n in range(1, len(kinds) + 1))
        query = b"SELECT * FROM log.%s(%s)" % (function, marks)
        self._good(self.connection.pgconn.prepare(function, query, kinds))

    def _call(self, function: bytes, values: Sequence[bytes | None]) -> PGresult:
        with self.connection.lock:
            # the driver's declaration leaves out that a value may be null
            given = cast("Sequence[bytes]", values)
            result = self.connection.pgconn.exec_prepared(function, given, [1] * len(given), 1)
        return self._good(result)

    def _good(self, result: PGresult) -> PGresult:
        if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            return result
        if self.connection.pgconn.status == ConnStatus.BAD:
            raise psycopg.OperationalError(result.get_error_message())
        raise psycopg.errors.error_from_result(result)

    def _outcomes(self, batches: Sequence[Batch], result: PGresult) -> list[Outcome]:
        head = pg.as_int8(result.get_value(0, 0)) or 0
        started = pg.as_instant(result.get_value(0, 1))
        seen, moved, taken = (set(pg.as_int4s(result.get_value(0, n))) for n in (2, 3, 4))
        outcomes: list[Outcome] = []
        for owner, batch in enumerate(batches, 1):
            if owner in seen:
                outcomes.append(self._stored(batch))
            elif owner in moved or owner in taken:
                outcomes.append(Outcome("moved" if owner in moved else "conflict"))
            else:
                count = len(batch.events)
                first = head + 1 if count else None
                head += count
                last = head if count else None
                outcomes.append(Outcome("recorded", first, last, started, batch.answer))
        return outcomes

    def _stored(self, batch: Batch) -> Outcome:
        row = self.connection.execute(ANSWERED, (batch.request_id,)).fetchone()
        if row is None:  # forgotten between the two statements: as old as seven days
            return Outcome("conflict")
        return Outcome("repeated" if row[0] == batch.body_hash else "reused", *row[1:])


def _outcome(result: PGresult) -> Outcome:
    kind, first, last, recorded_at, answer = (result.get_value(0, n) for n in range(5))
    return Outcome(
        cast("Kind", (kind or b"").decode()),
        pg.as_int8(first),
        pg.as_int8(last),
        pg.as_instant(recorded_at),
        answer,
    )


def _scalars(batch: Batch) -> tuple[bytes | None, ...]:
    event = batch.events[0]
    return (
        None if batch.request_id is None else batch.request_id.encode(),
        batch.body_hash,
        batch.answer,
        pg.uuid(event.originator_id),
        pg.int4(event.originator_version),
        getattr(event, "feed", "").encode(),
        event.topic.encode(),
        event.state,
    )


def _arrays(batches: Sequence[Batch]) -> tuple[bytes, ...]:
    return (*_requests(batches), *_facts(batches), *_guards(batches))


def _requests(batches: Sequence[Batch]) -> tuple[bytes, ...]:
    counts = pg.int4s([len(b.events) for b in batches])
    asked = [(n, b) for n, b in enumerate(batches, 1) if b.request_id is not None]
    if not asked:
        return (*_NO_REQUESTS, counts)
    return (
        pg.int4s([n for n, _ in asked]),
        pg.texts([b.request_id or "" for _, b in asked]),
        pg.byteas([b.body_hash for _, b in asked]),
        pg.byteas([b.answer for _, b in asked]),
        counts,
    )


def _facts(batches: Sequence[Batch]) -> tuple[bytes, ...]:
    events = [event for batch in batches for event in batch.events]
    return (
        pg.int4s([n for n, batch in enumerate(batches, 1) for _ in batch.events]),
        pg.uuids([e.originator_id for e in events]),
        pg.int4s([e.originator_version for e in events]),
        pg.texts([getattr(e, "feed", "") for e in events]),
        pg.texts([e.topic for e in events]),
        pg.byteas([e.state for e in events]),
    )


def _guards(batches: Sequence[Batch]) -> tuple[bytes, ...]:
    guards = [(n, *guard) for n, batch in enumerate(batches, 1) for guard in batch.guards]
    if not guards:
        return _NO_GUARDS
    return (
        pg.int4s([n for n, _, _ in guards]),
        pg.uuids([stream for _, stream, _ in guards]),
        pg.int4s([version for _, _, version in guards]),
    )
