"""From the owner's log over a real broker to a follower, with everything going wrong in between."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import psycopg
import pytest

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_producer import KafkaPublisher
from shared.eventing.kafka_relay import KafkaRelay
from shared.eventing.kafka_tail import KafkaSource
from shared.eventing.relay import Relay
from shared.eventing.relay_position import RelayPositions, leading
from tests.support.brokers import ApacheKafka, SmallBroker
from tests.support.children import until
from tests.support.feeds import Following, ListedFeed
from tests.support.postgres import Databases

Broker = SmallBroker | ApacheKafka


@pytest.fixture(params=["small", pytest.param("apache", marks=pytest.mark.kafka)])
def broker(request: pytest.FixtureRequest) -> Broker:
    name = "small_broker" if request.param == "small" else "apache_kafka"
    found: Broker = request.getfixturevalue(name)
    return found


@pytest.fixture
def owner(broker: Broker) -> ListedFeed:
    """An owner whose history is older than the topic, so that nothing starts at zero by chance."""
    owner = ListedFeed()
    owner.record(3)
    return owner


@pytest.fixture
def metrics(databases: Databases) -> str:
    return databases("metrics").runtime


def hasty(settings: KafkaSettings) -> KafkaSettings:
    return settings.model_copy(update={"heartbeat_seconds": 0.1, "silence_seconds": 1.0})


@contextmanager
def relaying(metrics: str, owner: ListedFeed, settings: KafkaSettings) -> Iterator[None]:
    stop = Event()
    relay = KafkaRelay(metrics, "metrics", ["kpis"], owner, hasty(settings))
    run = Thread(target=relay.run, args=(stop,))
    run.start()
    try:
        yield
    finally:
        stop.set()
        run.join(20)
        assert not run.is_alive()


@contextmanager
def following(
    owner: ListedFeed, settings: KafkaSettings, name: str = "goals"
) -> Iterator[Following]:
    source = KafkaSource(hasty(settings), "kpis", name, owner)
    try:
        yield Following(source.fetch)
    finally:
        source.close()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def is_live(follower: Following, owner: ListedFeed) -> bool:
    """Whether a new record reaches the follower without the owner being asked."""
    follower.take_until(owner.records)
    asked = len(owner.asked)
    owner.record()
    follower.take_until(owner.records)
    return len(owner.asked) == asked


def test_history_is_pulled_and_what_is_new_comes_over_the_broker(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    stack.enter_context(relaying(metrics, owner, broker.settings("metrics")))
    follower = stack.enter_context(following(owner, broker.settings("goals")))
    follower.take_until(owner.records)
    until(lambda: is_live(follower, owner))
    for _ in range(5):
        owner.record(400)
        owner.record(1, withheld=True)
    follower.take_until(owner.records)


def test_two_followers_get_the_same(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    stack.enter_context(relaying(metrics, owner, broker.settings("metrics")))
    goals = stack.enter_context(following(owner, broker.settings("goals")))
    appraisal = stack.enter_context(following(owner, broker.settings("appraisal"), "appraisal"))
    owner.record(1_000)
    goals.take_until(owner.records)
    appraisal.take_until(owner.records)
    assert goals.taken == appraisal.taken


def test_a_crash_between_sending_and_moving_gives_duplicates_that_nobody_takes_twice(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    class CrashAfterSending(RelayPositions):
        def move(self, feed: str, seen: int, reached: int) -> None:
            raise KeyboardInterrupt

    follower = stack.enter_context(following(owner, broker.settings("goals")))
    follower.take_until(owner.records)
    owner.record(20)
    settings = hasty(broker.settings("metrics"))
    with (
        leading(metrics, "metrics"),
        psycopg.connect(metrics) as connection,
        KafkaPublisher(settings, "crashing") as publisher,
    ):
        crashing = CrashAfterSending(connection)
        relay = Relay("metrics", ["kpis"], reader=owner, publisher=publisher, positions=crashing)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                relay.carry()
    stack.enter_context(relaying(metrics, owner, settings))
    follower.take_until(owner.records)
    until(lambda: is_live(follower, owner))


def test_a_broker_wiped_in_the_middle_loses_nothing(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    stack.enter_context(relaying(metrics, owner, broker.settings("metrics")))
    follower = stack.enter_context(following(owner, broker.settings("goals")))
    until(lambda: is_live(follower, owner))
    broker.wipe()
    owner.record(50)
    follower.take_until(owner.records)
    until(lambda: is_live(follower, owner), seconds=40, what="the live tail after the wipe")


def test_while_the_broker_is_down_followers_pull(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    stack.enter_context(relaying(metrics, owner, broker.settings("metrics")))
    follower = stack.enter_context(following(owner, broker.settings("goals")))
    until(lambda: is_live(follower, owner))
    broker.stop()
    for _ in range(10):
        owner.record(3)
        follower.take_until(owner.records, seconds=5)
    broker.start()
    until(lambda: is_live(follower, owner), seconds=40, what="the live tail after the outage")


def test_a_second_relay_takes_over_from_the_first(
    broker: Broker, owner: ListedFeed, metrics: str, stack: ExitStack
) -> None:
    follower = stack.enter_context(following(owner, broker.settings("goals")))
    with relaying(metrics, owner, broker.settings("metrics")):
        stack.enter_context(relaying(metrics, owner, broker.settings("metrics")))
        until(lambda: is_live(follower, owner))
    until(lambda: is_live(follower, owner))
