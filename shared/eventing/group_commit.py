"""One writing thread per process: what waits together is committed together."""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread
from typing import Any, Generic, TypeVar

import psycopg

B = TypeVar("B")
R = TypeVar("R")

MOST_REQUESTS = 64
MOST_TOUCHED = 1_000


class _Waiting(Generic[B, R]):
    __slots__ = ("batch", "done", "error", "result")

    def __init__(self, batch: B) -> None:
        self.batch = batch
        self.done = Lock()
        self.done.acquire()
        self.result: R | None = None
        self.error: BaseException | None = None


class GroupCommit(Generic[B, R]):
    """Coalesces waiting batches into one transaction; each gets its own result or error.

    A lock per waiter and one writer measured best; letting whoever holds the lock lead did not
    (see docs/adr/0009).
    """

    def __init__(
        self,
        conninfo: str,
        write: Callable[[psycopg.Connection[Any], Sequence[B]], list[R]],
        touched: Callable[[B], set[object]],
    ) -> None:
        self._conninfo, self._write, self._touched = conninfo, write, touched
        self._queue: deque[_Waiting[B, R]] = deque()
        self._ready = Condition(Lock())
        self._closing = False
        self._connection: psycopg.Connection[Any] | None = None
        self._thread: Thread | None = None

    def submit(self, batch: B) -> R:
        """Wait until the batch is committed or refused; raises what writing it raised."""
        waiting = _Waiting[B, R](batch)
        with self._ready:
            if self._closing:
                raise RuntimeError("the log is closed")
            if self._thread is None:
                self._thread = Thread(target=self._run, name="group-commit", daemon=True)
                self._thread.start()
            self._queue.append(waiting)
            self._ready.notify()
        waiting.done.acquire()
        if waiting.error is not None:
            raise waiting.error
        return waiting.result  # type: ignore[return-value]  # set whenever error is not

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._ready:
            self._closing = True
            self._ready.notify()
        if self._thread is not None:
            self._thread.join()
        if self._connection is not None:
            self._connection.close()

    def _run(self) -> None:
        while True:
            with self._ready:
                while not self._queue and not self._closing:
                    self._ready.wait()
                if not self._queue:
                    return
                group = self._take()
            self._commit(group)

    def _take(self) -> list[_Waiting[B, R]]:
        """What goes together: in order of arrival, up to the first that touches what another
        does.
        """
        group = [self._queue.popleft()]
        if not self._queue:
            return group
        touched = set(self._touched(group[0].batch))
        while self._queue and len(group) < MOST_REQUESTS and len(touched) < MOST_TOUCHED:
            next_touched = self._touched(self._queue[0].batch)
            if not touched.isdisjoint(next_touched):
                break
            touched |= next_touched
            group.append(self._queue.popleft())
        return group

    def _commit(self, group: list[_Waiting[B, R]]) -> None:
        try:
            results = self._write(self._connected(), [waiting.batch for waiting in group])
        except psycopg.Error as error:
            self._isolate(group, error)
        else:
            for waiting, result in zip(group, results, strict=True):
                waiting.result = result
                waiting.done.release()

    def _isolate(self, group: list[_Waiting[B, R]], error: psycopg.Error) -> None:
        """One bad batch fails alone: the group is written again one by one."""
        if len(group) == 1 or self._connection is None or self._connection.closed:
            for waiting in group:
                waiting.error = error
                waiting.done.release()
            return
        for waiting in group:
            self._commit([waiting])

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._conninfo, autocommit=True, application_name="cairn-append"
            )
            # plans made while the log was small would scan it whole for ever
            self._connection.execute("SET plan_cache_mode = force_generic_plan")
            self._connection.execute("SET enable_seqscan = off")
        return self._connection
