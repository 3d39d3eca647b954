"""Recording a made-up history on the days on which it would have happened.

Only for a log that has no facts yet, only by the role that owns it, and marked for ever.
"""

from datetime import datetime
from typing import Self

import psycopg


class Rehearsal:
    """The rehearsal clock of one log; ``owner_conninfo`` is of the role that owns it."""

    def __init__(self, owner_conninfo: str) -> None:
        self._connection = psycopg.connect(
            owner_conninfo, autocommit=True, application_name="cairn-rehearsal"
        )

    def __enter__(self) -> Self:
        """Ready to be set."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the connection go; a rehearsal that was not ended goes on with the next start."""
        self.close()

    def is_fresh(self) -> bool:
        """Whether nothing is recorded yet, so that a rehearsal may begin."""
        row = self._connection.execute("SELECT NOT EXISTS (SELECT FROM log.facts)").fetchone()
        return bool(row and row[0])

    def is_running(self) -> bool:
        """Whether this log is a rehearsal that has not ended."""
        row = self._connection.execute("SELECT ended_at IS NULL FROM log.rehearsal").fetchone()
        return bool(row and row[0])

    def is_marked(self) -> bool:
        """Whether this log is a rehearsal, ended or not."""
        row = self._connection.execute("SELECT EXISTS (SELECT FROM log.rehearsal)").fetchone()
        return bool(row and row[0])

    def show(self, instant: datetime) -> None:
        """What the log's clock says until it is set again; the first time it marks the empty log.

        The database refuses to mark a log that has facts, and to set a rehearsal that is over.
        """
        moved = self._connection.execute("UPDATE log.rehearsal SET instant = %s", (instant,))
        if moved.rowcount == 0:
            self._connection.execute("INSERT INTO log.rehearsal (instant) VALUES (%s)", (instant,))

    def end(self) -> None:
        """From now on the real clock."""
        self._connection.execute(
            "UPDATE log.rehearsal SET instant = NULL, ended_at = clock_timestamp()"
            " WHERE ended_at IS NULL"
        )

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
