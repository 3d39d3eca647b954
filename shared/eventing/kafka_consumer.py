"""Listening to one topic from its present end, without a group: positions are the follower's."""

from collections.abc import Sequence
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, TopicAuthorizationFailedError

from shared.eventing.cloudevents_binary import Message
from shared.eventing.kafka_connection import KafkaSettings


class BrokerAway(ConnectionError):
    """The broker can't be reached, or does not let us read this topic."""


class TopicRefused(BrokerAway):
    """The broker says that this principal may not read this topic."""


class KafkaTail:
    """The live end of one topic: opened at its present end, at its start after it was wiped."""

    def __init__(self, settings: KafkaSettings, feed: str, name: str) -> None:
        self._settings, self._name = settings, name
        self._partition = TopicPartition(settings.topic(feed), 0)
        self._consumer: Any = None

    def open(self) -> None:
        """Stand at the end of the topic; refused as BrokerAway."""
        try:
            self._consumer = _consumer(self._settings, self._name)
            self._consumer.assign([self._partition])
            self._consumer.seek_to_end(self._partition)
            self._consumer.position(self._partition, timeout_ms=3_000)
        except (KafkaError, OSError) as reason:
            raise self._left(reason) from reason

    def poll(self, seconds: float) -> Sequence[Message]:
        """What arrived within so many seconds, in order; refused as BrokerAway."""
        try:
            arrived = self._consumer.poll(timeout_ms=int(seconds * 1000))
        except (KafkaError, OSError) as reason:
            raise self._left(reason) from reason
        records = arrived.get(self._partition, ())
        return [Message(m.key or b"", list(m.headers), m.value) for m in records]

    def close(self) -> None:
        """Leave the broker."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            consumer.close()

    def _left(self, reason: Exception) -> BrokerAway:
        self.close()
        is_refused = isinstance(reason, TopicAuthorizationFailedError)
        kind = TopicRefused if is_refused else BrokerAway
        return kind(f"{self._partition.topic}: {reason!r}")


def _consumer(settings: KafkaSettings, name: str) -> Any:
    return KafkaConsumer(
        **settings.client(name),
        group_id=None,
        metrics_enabled=False,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
        max_poll_records=1_000,
        fetch_max_wait_ms=200,
        request_timeout_ms=5_000,
    )
