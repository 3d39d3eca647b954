"""Brokers as fixtures: an empty small one for each test, one Apache Kafka for the whole run."""

import os
from collections.abc import Iterator

import pytest

from tests.support.brokers import ApacheKafka, NotToBeHad, SmallBroker
from tests.support.outside_kafka import OutsideKafka


@pytest.fixture
def small_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBroker]:
    """The small broker, empty, with the topics of the plan."""
    broker = SmallBroker(tmp_path_factory.mktemp("broker")).start()
    yield broker
    broker.stop()


@pytest.fixture(scope="session")
def apache_kafka(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ApacheKafka | OutsideKafka]:
    """Apache Kafka with the plan's topics and permissions; skips loudly if it can't be had."""
    if os.environ.get("CAIRN_KAFKA_BOOTSTRAP"):
        outside = OutsideKafka().start()
        yield outside
        outside.remove()
        return
    broker = ApacheKafka(tmp_path_factory.mktemp("kafka"))
    try:
        broker.start()
    except NotToBeHad as reason:
        pytest.skip(f"APACHE KAFKA IS NOT TESTED: {reason}")
    yield broker
    broker.stop()
