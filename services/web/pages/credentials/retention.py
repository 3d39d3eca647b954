"""Old lines of web's own logs go: of the log of signing in, and of refusals."""

import logging
from collections.abc import Iterator
from threading import Event, Thread
from typing import LiteralString

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from shared.eventing.verification import Finding
from shared.http.security_log_keeping import (
    checked,
    dropped_in_batches,
    forget_old_lines,
    verify_security_log,
)

log = logging.getLogger(__name__)
EVERY = 3_600.0
FORGET = "SELECT web.forget_old_sign_ins(%s, %s)"
CHECKS: dict[str, LiteralString] = {
    "the triggers that keep the log of signing in are armed": (
        "SELECT count(*) FROM (VALUES ('never_changed'), ('never_emptied'), ('kept_a_while'))"
        " AS must (name) LEFT JOIN pg_trigger t ON t.tgrelid = 'web.sign_ins'::regclass"
        " AND t.tgname = must.name AND t.tgenabled = 'A' WHERE t.oid IS NULL"
    ),
    "the pages may only add to the log of signing in": (
        "SELECT count(*) FROM unnest(ARRAY['UPDATE','DELETE','TRUNCATE']) AS p (privilege)"
        " WHERE has_table_privilege('web.sign_ins', p.privilege) OR (p.privilege = 'UPDATE'"
        " AND has_any_column_privilege('web.sign_ins', 'UPDATE'))"
    ),
}


class Retention:
    """Drops, once an hour, what is older than so many days."""

    def __init__(self, pool: ConnectionPool, days: int) -> None:
        self._pool, self._days = pool, days
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Begin, at once for the first time."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def tidy(self) -> int:
        """Drop what is too old; how many lines went."""
        gone = dropped_in_batches(self._pool, FORGET, self._days)
        return gone + forget_old_lines(self._pool, self._days)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.tidy()
            except (psycopg.Error, PoolTimeout) as error:
                log.warning("old lines stay: %s", type(error).__name__)
            self._stopping.wait(EVERY)


def verify_logs(pool: ConnectionPool) -> Iterator[Finding]:
    """Whether nobody can change or lose a line of web's logs unnoticed."""
    yield from verify_security_log(pool)
    yield from checked(pool, CHECKS)
