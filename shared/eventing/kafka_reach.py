"""Which topics the broker lets someone read, found out by trying."""

from collections.abc import Iterable

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_consumer import KafkaTail, TopicRefused

FIRST_WORD_SECONDS = 1.5


def feeds_open_to(settings: KafkaSettings, feeds: Iterable[str]) -> set[str]:
    """Those feeds that the principal of the settings may read; BrokerAway without a broker."""
    return {feed for feed in feeds if _is_open(settings, feed)}


def _is_open(settings: KafkaSettings, feed: str) -> bool:
    tail = KafkaTail(settings, feed, f"cairn-{settings.username}-reach")
    try:
        tail.open()
        tail.poll(FIRST_WORD_SECONDS)  # who may write a topic may stand at its end, not read it
    except TopicRefused:
        return False
    finally:
        tail.close()
    return True
