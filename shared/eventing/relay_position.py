"""How far a service's feeds were relayed, and who may relay: one leader, one row per feed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

ROOM = """
SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS relay;
CREATE TABLE IF NOT EXISTS relay.positions (
    feed     text        PRIMARY KEY,
    position bigint      NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


class NoLongerLeading(RuntimeError):
    """Someone else has moved the position: another relay leads now."""


class RelayPositions:
    """The positions of one service's feeds, on the very connection that holds the leadership.

    When the connection is lost, so is the lock, and no position can be moved any more.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def of(self, feed: str) -> int:
        """The last position that the broker has taken; 0 when nothing was relayed yet."""
        row = self._connection.execute(
            "SELECT position FROM relay.positions WHERE feed = %s", (feed,)
        ).fetchone()
        return int(row[0]) if row else 0

    def move(self, feed: str, seen: int, reached: int) -> None:
        """From the position that was read to the one reached; refused if it is elsewhere now."""
        moved = self._connection.execute(
            """
            INSERT INTO relay.positions AS mine (feed, position) VALUES (%(feed)s, %(reached)s)
            ON CONFLICT (feed) DO UPDATE SET position = %(reached)s, moved_at = clock_timestamp()
            WHERE mine.position = %(seen)s
            """,
            {"feed": feed, "seen": seen, "reached": reached},
        ).rowcount
        if moved != 1:
            raise NoLongerLeading(f"{feed} is no longer at {seen}")


@contextmanager
def leading(conninfo: str, service: str) -> Iterator[RelayPositions | None]:
    """The positions, for as long as this process leads the service's relay; ``None`` if it may not.

    The leader makes room for the positions itself, so two processes never do so at once.
    """
    with psycopg.connect(
        conninfo, autocommit=True, application_name=f"cairn-relay-{service}"
    ) as connection:
        held = connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (f"cairn relay {service}",)
        ).fetchone()
        if not held or not held[0]:
            yield None
            return
        connection.execute(ROOM)
        yield RelayPositions(connection)
