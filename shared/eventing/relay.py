"""From the owner's log to the topics: read after my position, send, have it confirmed, move on.

A relay that dies between sending and moving sends again; followers tell the duplicates by position.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic
from typing import Protocol

from prometheus_client import Gauge

from shared.contracts.records import Page
from shared.eventing.cloudevents_binary import Heartbeat, Message, message_of, message_of_heartbeat

STRETCH = 500
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 1.0

log = logging.getLogger(__name__)
relayed = Gauge("cairn_relay_position", "Last position taken by the broker", ["service", "feed"])
behind = Gauge("cairn_relay_behind", "Positions that the topic is behind", ["service", "feed"])


class FeedReader(Protocol):
    """Reads a feed out of the owner's log, translated, in order."""

    def read(self, feed: str, after: int, limit: int) -> Page:
        """At most ``limit`` records after that position; at once, even when there are none."""
        ...


class Publisher(Protocol):
    """Takes messages for a feed; returns only when the broker has them all."""

    def publish(self, feed: str, messages: Sequence[Message]) -> None:
        """Send in order; refused as ConnectionError unless all arrived."""
        ...


class Positions(Protocol):
    """How far each feed was relayed."""

    def of(self, feed: str) -> int:
        """The last position that the broker has taken."""
        ...

    def move(self, feed: str, seen: int, reached: int) -> None:
        """From the position that was read to the one reached; refused if it is elsewhere now."""
        ...


class Relay:
    """Carries the feeds of one service to their topics while it leads."""

    def __init__(
        self,
        service: str,
        feeds: Sequence[str],
        *,
        reader: FeedReader,
        publisher: Publisher,
        positions: Positions,
        heartbeat_seconds: float = 1.0,
    ) -> None:
        self._service, self._feeds = service, tuple(feeds)
        self._reader, self._publisher, self._positions = reader, publisher, positions
        self._heartbeat_seconds = heartbeat_seconds
        self._beaten: dict[str, float] = {}

    def carry(self) -> int:
        """One stretch of every feed; answers how many records went out."""
        return sum(self._carry(feed) for feed in self._feeds)

    def _carry(self, feed: str) -> int:
        seen = self._positions.of(feed)
        page = self._reader.read(feed, seen, STRETCH)
        messages = [message_of(record, self._service) for record in page.records]
        if self._is_due(feed):
            messages.append(message_of_heartbeat(_beat(page, seen), self._service))
        if messages:
            self._publisher.publish(feed, messages)
            self._note_beat(feed)
        self._move(feed, seen, page)
        return len(page.records)

    def _move(self, feed: str, seen: int, page: Page) -> None:
        reached = page.records[-1].position if page.records else seen
        if reached != seen:
            self._positions.move(feed, seen, reached)
        relayed.labels(self._service, feed).set(reached)
        behind.labels(self._service, feed).set(max(0, page.head - reached))

    def _is_due(self, feed: str) -> bool:
        return monotonic() - self._beaten.get(feed, float("-inf")) >= self._heartbeat_seconds

    def _note_beat(self, feed: str) -> None:
        if self._is_due(feed):
            self._beaten[feed] = monotonic()


def _beat(page: Page, seen: int) -> Heartbeat:
    """What is true of the topic once this page has arrived there."""
    if not page.records:
        return Heartbeat(min(seen, page.head), page.complete_through)
    last = page.records[-1]
    caught_up = last.position >= page.head
    return Heartbeat(last.position, page.complete_through if caught_up else last.recorded_at)


def carry_on(
    relay: Relay, stop: Event, wait_for_news: Callable[[float], object] | None = None
) -> None:
    """Carry until told to stop; a broker that is away is tried again each second."""
    wait = wait_for_news or stop.wait
    while not stop.is_set():
        try:
            if relay.carry() == 0:
                wait(POLL_SECONDS)
        except ConnectionError as reason:
            log.warning("the broker is away: %s", reason)
            stop.wait(PATIENCE_SECONDS)
