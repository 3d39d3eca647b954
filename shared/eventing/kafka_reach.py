"""Which topics the broker lets someone read, found out by trying."""

from collections.abc import Iterable

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_consumer import KafkaTail, TopicRefused


def feeds_open_to(settings: KafkaSettings, feeds: Iterable[str]) -> set[str]:
    """Those of these feeds that the principal of the settings may read; BrokerAway without broker."""
    return {feed for feed in feeds if _is_open(settings, feed)}


def _is_open(settings: KafkaSettings, feed: str) -> bool:
    tail = KafkaTail(settings, feed, f"cairn-{settings.username}-reach")
    try:
        tail.open()
    except TopicRefused:
        return False
    finally:
        tail.close()
    return True
