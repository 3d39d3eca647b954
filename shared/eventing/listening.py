"""Hearing that something was recorded or followed, without polling for it."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from psycopg import sql

Heard = Callable[[str], None]


class Listener:
    """One connection that listens on channels and tells whoever asked to hear.

    Every second without news counts as news too (payload ""), because a notification can be missed
    while the connection is made; whoever hears looks for itself.
    """

    def __init__(self, conninfo: str, channels: tuple[str, ...]) -> None:
        self._conninfo, self._channels = conninfo, channels
        self._hearers: dict[str, list[Heard]] = {channel: [] for channel in channels}
        self._guard = Lock()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> "Listener":
        """Begin to listen in a thread of its own."""
        self._thread.start()
        return self

    def on(self, channel: str, hear: Heard) -> Callable[[], None]:
        """Call ``hear(payload)`` at every notification; answers a function that ends it."""
        with self._guard:
            self._hearers[channel].append(hear)

        def end() -> None:
            with self._guard, suppress(ValueError):
                self._hearers[channel].remove(hear)

        return end

    def stop(self) -> None:
        """End the thread within a second."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(psycopg.OperationalError):
                self._listen()
            self._stopping.wait(0.2)

    def _listen(self) -> None:
        with psycopg.connect(
            self._conninfo, autocommit=True, application_name="cairn-listen"
        ) as connection:
            for channel in self._channels:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self._tell_all()
            while not self._stopping.is_set():
                self._hear_for_a_second(connection)

    def _hear_for_a_second(self, connection: psycopg.Connection[Any]) -> None:
        heard = False
        for notification in connection.notifies(timeout=1.0, stop_after=1):
            heard = True
            self._tell(notification.channel, notification.payload)
        if not heard:
            self._tell_all()

    def _tell_all(self) -> None:
        for channel in self._channels:
            self._tell(channel, "")

    def _tell(self, channel: str, payload: str) -> None:
        with self._guard:
            hearers = list(self._hearers.get(channel, ()))
        for hear in hearers:
            hear(payload)
