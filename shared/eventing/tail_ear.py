"""A thread that holds the live tail, so that a broker in trouble never holds up a follower."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from shared.contracts.records import Record
from shared.eventing.cloudevents_binary import ForeignMessage, Heartbeat, Message, read_message

ROOM = 4
POLL_SECONDS = 0.5

Said = Record | Heartbeat

log = logging.getLogger(__name__)


class Tail(Protocol):
    """The live end of a topic."""

    def open(self) -> None:
        """Stand at its end; refused as ConnectionError."""
        ...

    def poll(self, seconds: float) -> Sequence[Message]:
        """What arrived within so many seconds; refused as ConnectionError."""
        ...

    def close(self) -> None:
        """Leave it."""
        ...


class Ear:
    """Listens from its first use on, and opens the tail anew after trouble or long silence.

    A topic that was wiped may leave a reader waiting for ever behind its new end; only a tail that
    is opened anew hears what comes next.
    """

    def __init__(self, feed: str, tail: Tail, silence_seconds: float) -> None:
        self._feed, self._tail, self._silence_seconds = feed, tail, silence_seconds
        self._heard: Queue[list[Said]] = Queue(ROOM)
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"tail-{feed}", daemon=True)

    def hear(self, seconds: float) -> list[Said]:
        """The next batch, or nothing once so many seconds have passed."""
        if self._thread.ident is None:
            self._thread.start()
        try:
            return self._heard.get(timeout=seconds) if seconds > 0 else self._heard.get_nowait()
        except Empty:
            return []

    def close(self) -> None:
        """Stop listening; the tail is left within a second."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._tail.open()
                self._listen()
            except ConnectionError as reason:
                log.warning("%s: the broker is away: %s", self._feed, reason)
                self._stop.wait(self._silence_seconds)
            finally:
                self._tail.close()

    def _listen(self) -> None:
        """Until told to stop, or until nothing was said for too long."""
        heard_at = monotonic()
        while not self._stop.is_set() and monotonic() - heard_at < self._silence_seconds:
            batch = [
                said for message in self._tail.poll(POLL_SECONDS) for said in self._read(message)
            ]
            if batch:
                self._hand_over(batch)
                heard_at = monotonic()

    def _hand_over(self, batch: list[Said]) -> None:
        while not self._stop.is_set():
            with suppress(Full):
                self._heard.put(batch, timeout=POLL_SECONDS)
                return

    def _read(self, message: Message) -> list[Said]:
        try:
            return [read_message(message, self._feed)]
        except ForeignMessage as reason:
            log.warning("passed over: %s", reason)
            return []
