"""One writer per process: what waits together is committed together."""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread
from typing import Any, Generic, Protocol, TypeVar

import psycopg


class Batch(Protocol):
    """What is committed: it knows what no other of its group may touch."""

    def touched(self) -> set[object]:
        """Whatever makes two batches depend on each other."""
        ...


B = TypeVar("B", bound=Batch)
R = TypeVar("R")

MOST_REQUESTS = 64
MOST_TOUCHED = 1_000

Write = Callable[[Sequence[B]], list[R]]


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

    Who comes alone writes for itself, without waking a thread. As soon as others wait, one writing
    thread takes over, with a lock per waiter; letting whoever holds the lock lead the others
    measured badly (see docs/adr/0009).
    """

    def __init__(
        self, conninfo: str, writing: Callable[[psycopg.Connection[Any]], Write[B, R]]
    ) -> None:
        self._conninfo, self._writing = conninfo, writing
        self._queue: deque[_Waiting[B, R]] = deque()
        self._changed = Condition(Lock())
        self._busy = self._crowded = self._closing = False
        self._connection: psycopg.Connection[Any] | None = None
        self._write: Write[B, R] | None = None
        self._thread: Thread | None = None

    def submit(self, batch: B) -> R:
        """Wait until the batch is committed or refused; raises what writing it raised."""
        with self._changed:
            if self._closing:
                raise RuntimeError("the log is closed")
            if self._busy or self._crowded or self._queue:
                waiting = self._enqueue(batch)
            else:
                self._busy, waiting = True, None
        if waiting is None:
            return self._alone(batch)
        waiting.done.acquire()
        if waiting.error is not None:
            raise waiting.error
        return waiting.result  # type: ignore[return-value]  # set whenever error is not

    @property
    def waiting(self) -> int:
        """How many batches wait for the next call."""
        return len(self._queue)

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            while self._busy or self._queue:
                self._changed.wait()
        if self._thread is not None:
            self._thread.join()
        if self._connection is not None:
            self._connection.close()

    def _enqueue(self, batch: B) -> _Waiting[B, R]:
        waiting = _Waiting[B, R](batch)
        self._queue.append(waiting)
        if self._thread is None:
            self._thread = Thread(target=self._run, name="group-commit", daemon=True)
            self._thread.start()
        elif not self._busy:
            self._changed.notify_all()
        return waiting

    def _alone(self, batch: B) -> R:
        try:
            return self._connected()([batch])[0]
        finally:
            self._ended(crowd=False)

    def _ended(self, *, crowd: bool) -> None:
        with self._changed:
            self._busy = False
            self._crowded = crowd or bool(self._queue)
            if self._queue or self._closing:
                self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._busy or (not self._queue and not self._closing):
                    self._changed.wait()
                if not self._queue:
                    return
                group = self._take()
                self._busy = True
            self._commit(group)
            self._ended(crowd=len(group) > 1)

    def _take(self) -> list[_Waiting[B, R]]:
        """What goes together: in order of arrival, up to the first that touches what another
        does.
        """
        group = [self._queue.popleft()]
        if not self._queue:
            return group
        touched = group[0].batch.touched()
        while self._queue and len(group) < MOST_REQUESTS and len(touched) < MOST_TOUCHED:
            next_touched = self._queue[0].batch.touched()
            if not touched.isdisjoint(next_touched):
                break
            touched |= next_touched
            group.append(self._queue.popleft())
        return group

    def _commit(self, group: list[_Waiting[B, R]]) -> None:
        try:
            results = self._connected()([waiting.batch for waiting in group])
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait are told
            self._isolate(group, error)
        else:
            for waiting, result in zip(group, results, strict=True):
                waiting.result = result
                waiting.done.release()

    def _isolate(self, group: list[_Waiting[B, R]], error: Exception) -> None:
        """One bad batch fails alone: the group is written again one by one."""
        if len(group) == 1 or self._connection is None or self._connection.closed:
            for waiting in group:
                waiting.error = error
                waiting.done.release()
            return
        for waiting in group:
            self._commit([waiting])

    def _connected(self) -> Write[B, R]:
        if self._write is None or self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._conninfo,
                autocommit=True,
                application_name="cairn-append",
                client_encoding="utf8",
            )
            self._write = self._writing(self._connection)
        return self._write
