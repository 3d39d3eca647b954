"""Recording a made-up history on the days on which it would have happened.

Only for a log that has no facts yet, only by the role that owns it, and marked for ever.
"""

from datetime import datetime

import psycopg


class Rehearsal:
    """The rehearsal clock of one log; ``owner_conninfo`` is of the role that owns it."""

    def __init__(self, owner_conninfo: str) -> None:
        self._connection = psycopg.connect(
            owner_conninfo, autocommit=True, application_name="cairn-rehearsal"
        )

    def begin(self, instant: datetime) -> None:
        """Mark the empty log as a rehearsal; refused by the database when it has facts."""
        self._connection.execute(
            "INSERT INTO log.rehearsal (instant) VALUES (%s) ON CONFLICT (single) DO NOTHING",
            (instant,),
        )

    def is_running(self) -> bool:
        """Whether this log is a rehearsal that has not ended."""
        row = self._connection.execute("SELECT ended_at IS NULL FROM log.rehearsal").fetchone()
        return bool(row and row[0])

    def set(self, instant: datetime) -> None:
        """What the log's clock says until it is set again."""
        self._connection.execute("UPDATE log.rehearsal SET instant = %s", (instant,))

    def end(self) -> None:
        """From now on the real clock."""
        self._connection.execute(
            "UPDATE log.rehearsal SET instant = NULL, ended_at = clock_timestamp()"
            " WHERE ended_at IS NULL"
        )

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
