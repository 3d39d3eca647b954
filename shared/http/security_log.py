"""Who was refused what: written down beside the answer, which neither waits for it nor fails."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

import psycopg
from prometheus_client import Counter
from psycopg_pool import PoolTimeout

from shared.eventing.recorder import Pool

log = logging.getLogger(__name__)

MOST_WAITING = 10_000
AT_ONCE = 1_000
GATHERING_SECONDS = 0.2
LONGEST_FAREWELL = 5
LONGEST_TEXT = 200
NOT_WRITTEN = "NotWritten"

DROPPED = Counter(
    "cairn_security_log_dropped_total", "Refusals for which the security log had no room"
)
REFUSED = Counter("cairn_refusals_total", "Refusals that went to the security log", ["code"])

INSERT = """
INSERT INTO public.security_log
    (at, identity, person, method, route, status, code, field, rule, correlation, address, times)
VALUES
    (%(at)s, %(identity)s, %(person)s, %(method)s, %(route)s, %(status)s, %(code)s, %(field)s,
     %(rule)s, %(correlation)s, %(address)s, %(times)s)
"""


@dataclass(frozen=True)
class Entry:
    """One refusal: when, whose key, who asked, by which route, and why not."""

    at: datetime
    method: str
    route: str
    status: int
    code: str
    identity: str | None = None
    person: str | None = None
    field: str | None = None
    rule: str | None = None
    correlation: str | None = None
    address: str | None = None
    times: int = 1

    def alike(self) -> tuple[object, ...]:
        """What two entries share that may stand in one row."""
        return (
            *(self.identity, self.person, self.method, self.route),
            *(self.code, self.field, self.rule, self.address),
        )


class SecurityLog:
    """Takes entries at once and writes them in a thread of its own, some at a time.

    While the database is away they wait; those for which there is no room are counted, and the
    count is written as an entry of its own (``NotWritten``) as soon as something can be.
    """

    def __init__(self, pool: Pool, most_waiting: int = MOST_WAITING) -> None:
        self._pool = pool
        self._waiting: Queue[Entry | None] = Queue(most_waiting)
        self._dropped, self._counting = 0, Lock()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="security-log", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        self._stopping.set()
        with suppress(Full):
            self._waiting.put_nowait(None)
        if self._thread.is_alive():
            self._thread.join(timeout=LONGEST_FAREWELL)

    def note(self, entry: Entry) -> None:
        """Have this written; never waits, never fails."""
        REFUSED.labels(entry.code).inc()
        try:
            self._waiting.put_nowait(entry)
        except Full:
            DROPPED.inc()
            with self._counting:
                self._dropped += 1

    def _run(self) -> None:
        while not (self._stopping.is_set() and self._waiting.empty()):
            first = self._waiting.get()
            self._stopping.wait(GATHERING_SECONDS)
            batch = self._gathered(first)
            while batch and not self._written(batch):
                if self._stopping.wait(1):
                    return

    def _gathered(self, first: Entry | None) -> list[Entry]:
        entries = [first]
        with suppress(Empty):
            while len(entries) < AT_ONCE:
                entries.append(self._waiting.get_nowait())
        with self._counting:
            dropped, self._dropped = self._dropped, 0
        return [*(one for one in entries if one), *([_not_written(dropped)] if dropped else [])]

    def _written(self, batch: list[Entry]) -> bool:
        try:
            with self._pool.connection(timeout=5) as connection, connection.transaction():
                connection.cursor().executemany(INSERT, [_row(one) for one in together(batch)])
        except (psycopg.Error, PoolTimeout) as error:
            log.warning("the security log cannot be written: %s", type(error).__name__)
            return False
        return True


def together(entries: Iterable[Entry]) -> list[Entry]:
    """The same refusals, those that are alike in one entry with how many they were."""
    found: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        known = found.get(entry.alike())
        times = entry.times + (known.times if known else 0)
        found[entry.alike()] = replace(known or entry, times=times)
    return list(found.values())


def _not_written(count: int) -> Entry:
    return Entry(datetime.now(UTC), method="", route="", status=0, code=NOT_WRITTEN, times=count)


def _row(entry: Entry) -> dict[str, object]:
    return {name: _storable(value) for name, value in vars(entry).items()}


def _storable(value: object) -> object:
    """Text as a database keeps it: without NUL and broken characters, and not endless."""
    if not isinstance(value, str):
        return value
    return value.encode(errors="replace").decode().replace("\x00", "")[:LONGEST_TEXT]
