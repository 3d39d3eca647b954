"""Brokers as fixtures: an empty small one for each test, one Apache Kafka for the whole run."""

from collections.abc import Iterator

import pytest

from tests.support.brokers import ApacheKafka, NotToBeHad, SmallBroker


@pytest.fixture
def small_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBroker]:
    """The small broker, empty, with the topics of the plan."""
    broker = SmallBroker(tmp_path_factory.mktemp("broker")).start()
    yield broker
    broker.stop()


@pytest.fixture(scope="session")
def apache_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """Apache Kafka with the plan's topics and permissions; skips loudly if it can't be had."""
    broker = ApacheKafka(tmp_path_factory.mktemp("kafka"))
    try:
        broker.start()
    except NotToBeHad as reason:
        pytest.skip(f"APACHE KAFKA IS NOT TESTED: {reason}")
    yield broker
    broker.stop()
