"""The clock that a service decides by: the machine's, or its log's while that is a rehearsal."""

from datetime import datetime
from typing import cast

from shared.eventing.recorder import Pool
from shared.kernel.clock import SystemClock


class LogClock(SystemClock):
    """Agrees with ``recorded_at``: asks the log while a rehearsal runs, else looks at the
    machine.
    """

    def __init__(self, pool: Pool, time_zone: str) -> None:
        super().__init__(time_zone)
        self._pool = pool
        self._real = False
        self._rehearsed: bool | None = None

    def now(self) -> datetime:
        """The present instant of this log."""
        if self._real:
            return super().now()
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT log.now(), EXISTS (SELECT FROM log.rehearsal WHERE ended_at IS NULL),"
                " EXISTS (SELECT FROM log.facts)"
            ).fetchone()
        now, rehearsing, has_facts = cast("tuple[datetime, bool, bool]", row)
        # A log that has facts can never begin a rehearsal, so the answer is final.
        self._real = has_facts and not rehearsing
        return now

    def rehearsed(self) -> bool:
        """Whether this log was, in part or whole, recorded under a rehearsal clock."""
        if self._rehearsed is not None:
            return self._rehearsed
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT EXISTS (SELECT FROM log.rehearsal), EXISTS (SELECT FROM log.facts)"
            ).fetchone()
        marked, has_facts = cast("tuple[bool, bool]", row)
        # The mark is set before the first fact or never, and it is never taken off.
        if marked or has_facts:
            self._rehearsed = marked
        return marked
