"""A log read as feeds, and where followers get them from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Event
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from shared.contracts.records import Contract, Page, Record
from shared.eventing.listening import Listener
from shared.eventing.mapper import envelope_of, split
from shared.eventing.recorder import Pool
from shared.eventing.translation import Translation
from shared.eventing.vault import Vault

READ = (
    "SELECT position, previous, stream, version, recorded_at, name, state FROM log.facts"
    " WHERE feed = %s AND position > %s ORDER BY position LIMIT %s"
)


Row = tuple[int, int, UUID, int, datetime, str, bytes]


class Known(NamedTuple):
    """A record as a follower handles it; ``data`` is ``None`` when it was withheld."""

    position: int
    previous: int
    stream: UUID
    version: int
    recorded_at: datetime
    name: str
    actor: str
    on_behalf_of: str | None
    cause: str | None
    data: Contract | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some records of a feed in order, the feed's head, and the instant it is complete through."""

    records: list[Known]
    head: int
    complete_through: datetime


class Source(Protocol):
    """Where a follower gets a feed from; followers can't tell transports apart."""

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What follows a position: at once when there is something, else after waiting for it."""
        ...


class FeedReader:
    """Reads the own log as published feeds."""

    def __init__(self, pool: Pool, translation: Translation, vault: Vault | None = None) -> None:
        self._pool, self.translation, self._vault = pool, translation, vault or Vault()

    def stretch(self, feed: str, after: int, limit: int) -> Stretch:
        """Records after a position with all their data, as the own followers see them.

        The head is asked first: whatever is recorded up to its instant is then in the rows.
        """
        with self._pool.connection() as connection:
            head, through = self.head(connection, feed)
            if head <= after:
                return Stretch([], head, through)
            rows = connection.execute(READ, (feed, after, limit), binary=True).fetchall()
        known = self.known(rows)
        if not known:
            return Stretch(known, head, through)
        last = known[-1]
        if len(known) == limit and last.position < head:
            return Stretch(known, head, last.recorded_at)
        return Stretch(known, max(head, last.position), max(through, last.recorded_at))

    def read(self, feed: str, after: int, limit: int) -> Page:
        """Records after a position as they leave the service: what is the owner's own is
        withheld.
        """
        stretch = self.stretch(feed, after, limit)
        records = [_record(feed, known) for known in stretch.records]
        return Page(records=records, head=stretch.head, complete_through=stretch.complete_through)

    def head(self, connection: Any, feed: str) -> tuple[int, datetime]:
        """Where a feed ends, and the instant it is complete through."""
        head, through = connection.execute("SELECT * FROM log.head(%s)", (feed,)).fetchone()
        return head, through

    def known(self, rows: Sequence[Row]) -> list[Known]:
        """Rows of the log as a follower handles them."""
        self._vault.fetch(row[-1] for row in rows)
        return [self._known(*row) for row in rows]

    def _known(
        self,
        position: int,
        previous: int,
        stream: UUID,
        version: int,
        recorded_at: datetime,
        name: str,
        state: bytes,
    ) -> Known:
        state = self._vault.open_one(stream, version, name, state)
        head, body = split(state)
        who, schema = _who(head)
        data = self.translation.published(name, schema, state, body)
        return Known(position, previous, stream, version, recorded_at, data.record_name, *who, data)


@lru_cache(maxsize=4096)
def _who(head: bytes) -> tuple[tuple[str, str | None, str | None], int]:
    """Who caused what stands under this envelope line, and the schema version of its body."""
    envelope, schema = envelope_of(head)
    return (envelope.actor.id, envelope.actor.on_behalf_of, envelope.cause), schema


def _record(feed: str, known: Known) -> Record:
    withheld = known.data is None or known.data.audience == "own"
    return Record(
        feed=feed,
        position=known.position,
        previous=known.previous,
        stream=known.stream,
        version=known.version,
        recorded_at=known.recorded_at,
        name=known.name,
        actor=known.actor,
        on_behalf_of=known.on_behalf_of,
        cause=known.cause,
        withheld=withheld,
        data=None if withheld or known.data is None else known.data.model_dump(mode="json"),
    )


def known_from(record: Record, contracts: Mapping[str, type[Contract]]) -> Known:
    """A neighbour's record in the words of the contracts; unknown names carry no data and move
    on.
    """
    contract = contracts.get(record.name)
    data = contract.model_validate(record.data) if contract and record.data is not None else None
    return Known(
        record.position,
        record.previous,
        record.stream,
        record.version,
        record.recorded_at,
        record.name,
        record.actor,
        record.on_behalf_of,
        record.cause,
        data,
    )


class OwnLog:
    """The own log as a source: woken by the database's notifications."""

    def __init__(self, reader: FeedReader, feed: str, listener: Listener) -> None:
        self.reader, self._feed = reader, feed
        self._news, self._head = Event(), -1
        listener.on("facts", lambda _payload: self._news.set())

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """The next records; behind the head known so far, waits for news at most so long."""
        if wait_seconds > 0 and after >= self._head >= 0:
            self._news.wait(wait_seconds)
        self._news.clear()
        stretch = self.reader.stretch(self._feed, after, limit)
        self._head = stretch.head
        return stretch


class PageSource(Protocol):
    """A transport: pages of a neighbour's feed, by pull or by Kafka."""

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Page:
        """What follows a position: at once when there is something, else after waiting for it."""
        ...


class Neighbour:
    """A neighbour's feed as a source, in the words of the contracts that this service knows."""

    def __init__(self, pages: PageSource, contracts: Mapping[str, type[Contract]]) -> None:
        self._pages, self._contracts = pages, contracts

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """The next records of the neighbour's feed."""
        page = self._pages.fetch(after, limit, wait_seconds)
        known = [known_from(record, self._contracts) for record in page.records]
        return Stretch(known, page.head, page.complete_through)
