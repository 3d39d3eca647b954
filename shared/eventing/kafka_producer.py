"""Sending messages to one topic, and knowing that the broker has them."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from kafka import KafkaProducer
from kafka.errors import KafkaError

from shared.eventing.cloudevents_binary import Message
from shared.eventing.kafka_connection import KafkaSettings

SEND_SECONDS = 10.0


class NotSent(ConnectionError):
    """The broker did not take every message; some of them may be there all the same."""


class KafkaPublisher:
    """A producer that is opened when first needed and thrown away after any failure.

    A broker that forgot everything also forgot the producer's sequence numbers, so only a new
    producer can go on.
    """

    def __init__(self, settings: KafkaSettings, name: str) -> None:
        self._settings, self._name = settings, name
        self._producer: Any = None

    def publish(self, feed: str, messages: Sequence[Message]) -> None:
        """Send in order and wait for all of them; refused as NotSent unless all arrived."""
        topic = self._settings.topic(feed)
        try:
            producer = self._opened()
            sent = [producer.send(topic, m.value, m.key, m.headers, partition=0) for m in messages]
            producer.flush(SEND_SECONDS)
            for future in sent:
                future.get(SEND_SECONDS)
        except (KafkaError, OSError) as reason:
            self.close()
            raise NotSent(f"{topic}: {reason!r}") from reason

    def close(self) -> None:
        """Let the producer go without waiting for what it still holds."""
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.close(timeout=0)

    def _opened(self) -> Any:
        if self._producer is None:
            self._producer = KafkaProducer(
                **self._settings.client(self._name),
                acks="all",
                enable_idempotence=True,
                metrics_enabled=False,
                linger_ms=2,
                batch_size=256 * 1024,
                compression_type=None,
                allow_auto_create_topics=False,
                max_block_ms=3_000,
                request_timeout_ms=5_000,
                delivery_timeout_ms=8_000,
            )
        return self._producer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
