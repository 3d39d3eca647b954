"""The relay process of a service: lead or stand by, and carry the feeds to Kafka."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

import psycopg

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_producer import KafkaPublisher
from shared.eventing.listening import Listener
from shared.eventing.relay import PATIENCE_SECONDS, FeedReader, Relay, carry_on
from shared.eventing.relay_position import NoLongerLeading, RelayPositions, leading

QUIET_SECONDS = 0.2

log = logging.getLogger(__name__)


def run_relay(
    service: str,
    feeds: Sequence[str],
    reader: FeedReader,
    conninfo: str,
    stop: Event,
    *,
    listener: Listener | None = None,
) -> None:
    """Relay a service's feeds to the broker of the environment until told to stop."""
    wait = _news_of(listener) if listener is not None else None
    KafkaRelay(conninfo, service, feeds, reader, KafkaSettings(), wait).run(stop)


def _news_of(listener: Listener) -> Callable[[float], object]:
    """Waits for a fact to be recorded; the listener says so at least once a second."""
    news = Event()
    listener.on("facts", lambda _payload: news.set())

    def wait(seconds: float) -> None:
        news.wait(max(seconds, QUIET_SECONDS))
        news.clear()

    return wait


@dataclass(frozen=True)
class KafkaRelay:
    """Relays a service's feeds for as long as it leads; stands by while another process does.

    ``wait_for_news(seconds)`` returns early once something was recorded; without it the log is
    read every 50 ms.
    """

    conninfo: str
    service: str
    feeds: Sequence[str]
    reader: FeedReader
    settings: KafkaSettings
    wait_for_news: Callable[[float], object] | None = None

    def run(self, stop: Event) -> None:
        """Relay until told to stop; look once a second whether the leadership is to be had."""
        while not stop.is_set():
            try:
                with leading(self.conninfo, self.service) as positions:
                    if positions is not None:
                        self._lead(positions, stop)
            except (NoLongerLeading, psycopg.OperationalError) as reason:
                log.warning("%s leads no more: %s", self.service, reason)
            stop.wait(PATIENCE_SECONDS)

    def _lead(self, positions: RelayPositions, stop: Event) -> None:
        with KafkaPublisher(self.settings, f"cairn-{self.service}-relay") as publisher:
            relay = Relay(
                self.service,
                self.feeds,
                reader=self.reader,
                publisher=publisher,
                positions=positions,
                heartbeat_seconds=self.settings.heartbeat_seconds,
            )
            carry_on(relay, stop, self.wait_for_news)
