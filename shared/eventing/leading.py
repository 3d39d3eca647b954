"""The followers of a service in the process that leads, kept going while neighbours are away."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Any, Protocol

import psycopg

log = logging.getLogger(__name__)

QUIET_SECONDS = 2.0


class Leadership:
    """Held by one process at a time, as long as its connection lives."""

    def __init__(self, conninfo: str, lock: int) -> None:
        self._conninfo, self._lock = conninfo, lock
        self._connection: psycopg.Connection[Any] | None = None

    def gained(self) -> bool:
        """Whether this process leads, now that it has tried."""
        try:
            if self._connection is None or self._connection.closed:
                self._connection = psycopg.connect(
                    self._conninfo, autocommit=True, application_name="cairn-leader"
                )
            row = self._connection.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND pid = pg_backend_pid() AND objid = %(lock)s::bigint::oid)"
                " OR pg_try_advisory_lock(%(lock)s)",
                {"lock": self._lock},
            ).fetchone()
            return bool(row and row[0])
        except psycopg.OperationalError:
            self.release()
            return False

    def release(self) -> None:
        """Let another process lead."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


class Step(Protocol):
    """What is repeated while a process leads: a follower, or what else acts on a feed."""

    @property
    def schema(self) -> str:
        """What it is called in the log of the process."""
        ...

    def step(self, wait_seconds: float = 0.0) -> int:
        """Do what is to be done next, or wait so long for it."""
        ...


class Following:
    """All followers of a service in this process, a thread each, while it leads."""

    LOCK = 7_203_922
    CHORES_EVERY = 3_600.0

    def __init__(
        self, conninfo: str, followers: Sequence[Step], chore: Callable[[], object]
    ) -> None:
        self.followers, self._chore = followers, chore
        self._leadership = Leadership(conninfo, self.LOCK)
        self._stopping = Event()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin in the background; follows as soon as this process leads."""
        for follower in self.followers:
            self._threads.append(
                Thread(target=self._run, args=(follower,), name=f"follow-{follower.schema}")
            )
        leader = Thread(target=self._lead, name="lead")
        leader.start()
        self._threads.append(leader)

    def stop_soon(self) -> None:
        """Say that it is time to end, without waiting for it."""
        self._stopping.set()

    def stop(self) -> None:
        """End after the batches under way."""
        self.stop_soon()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=10)
        self._leadership.release()

    def wait(self) -> None:
        """Block until stopped."""
        self._stopping.wait()

    def _lead(self) -> None:
        while not self._stopping.is_set():
            if self._leadership.gained():
                for thread in self._threads:
                    if thread.ident is None:
                        thread.start()
                break
            self._stopping.wait(0.5)
        while not self._stopping.is_set():
            run_once(self._chore, "chore")
            self._stopping.wait(self.CHORES_EVERY)

    def _run(self, follower: Step) -> None:
        run_until(self._stopping, lambda: follower.step(QUIET_SECONDS), follower.schema)


def run_once(step: Callable[[], object], name: str) -> None:
    """Try a step; when it fails, say so and leave it for the next time."""
    try:
        step()
    except psycopg.Error as error:
        log.warning("%s: %s: %s", name, type(error).__name__, error)


def run_until(stopping: Event, step: Callable[[], object], name: str) -> None:
    """Repeat a step until stopped; when it fails, say so and try again after a growing pause."""
    pause = 0.1
    while not stopping.is_set():
        try:
            step()
            pause = 0.1
        except Exception as error:  # noqa: BLE001 - a neighbour may be away: keep trying
            if stopping.is_set():
                return
            log.warning("%s: %s: %s", name, type(error).__name__, error)
            stopping.wait(pause)
            pause = min(pause * 2, 5.0)
