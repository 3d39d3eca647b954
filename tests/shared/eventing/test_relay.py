"""A relay sends every record in order and moves its position only when the broker has them all."""

from collections.abc import Sequence
from threading import Event

import pytest

from shared.contracts.records import Record
from shared.eventing.cloudevents_binary import Heartbeat, Message, read_message
from shared.eventing.relay import Relay, carry_on
from shared.eventing.relay_position import NoLongerLeading
from tests.support.feeds import ListedFeed


class Topic:
    """A broker that can be away, or take only the first messages of a stretch."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.takes: int | None = None

    def publish(self, feed: str, messages: Sequence[Message]) -> None:
        taken = messages if self.takes is None else messages[: self.takes]
        self.messages.extend(taken)
        if len(taken) < len(messages):
            raise ConnectionError("the broker went away")

    @property
    def said(self) -> list[Record | Heartbeat]:
        return [read_message(message, "kpis") for message in self.messages]

    @property
    def records(self) -> list[Record]:
        return [said for said in self.said if isinstance(said, Record)]

    @property
    def beats(self) -> list[Heartbeat]:
        return [said for said in self.said if isinstance(said, Heartbeat)]


class Positions:
    """A position in memory, which another relay may move behind our back."""

    def __init__(self) -> None:
        self.position = 0

    def of(self, feed: str) -> int:
        return self.position

    def move(self, feed: str, seen: int, reached: int) -> None:
        if self.position != seen:
            raise NoLongerLeading(feed)
        self.position = reached


@pytest.fixture
def owner() -> ListedFeed:
    return ListedFeed()


@pytest.fixture
def topic() -> Topic:
    return Topic()


@pytest.fixture
def positions() -> Positions:
    return Positions()


@pytest.fixture
def relay(owner: ListedFeed, topic: Topic, positions: Positions) -> Relay:
    return Relay("metrics", ["kpis"], reader=owner, publisher=topic, positions=positions)


def test_records_arrive_in_order_and_the_position_follows(
    relay: Relay, owner: ListedFeed, topic: Topic, positions: Positions
) -> None:
    recorded = owner.record(3)
    assert relay.carry() == 3
    assert topic.records == recorded
    assert positions.position == recorded[-1].position


def test_a_long_feed_goes_out_in_stretches_of_five_hundred(
    relay: Relay, owner: ListedFeed, topic: Topic
) -> None:
    recorded = owner.record(1_200)
    assert [relay.carry() for _ in range(4)] == [500, 500, 200, 0]
    assert topic.records == recorded


def test_nothing_new_sends_nothing_but_a_heartbeat(relay: Relay, topic: Topic) -> None:
    assert relay.carry() == 0
    assert topic.records == []
    assert [beat.head for beat in topic.beats] == [0]


def test_a_heartbeat_is_sent_once_per_interval(relay: Relay, topic: Topic) -> None:
    for _ in range(10):
        relay.carry()
    assert len(topic.beats) == 1


def test_a_heartbeat_comes_after_the_records_it_speaks_of(
    relay: Relay, owner: ListedFeed, topic: Topic
) -> None:
    recorded = owner.record(2)
    relay.carry()
    last = topic.said[-1]
    assert isinstance(last, Heartbeat)
    assert last.head == recorded[-1].position


def test_a_relay_that_lags_claims_no_more_than_it_has_sent(
    relay: Relay, owner: ListedFeed, topic: Topic
) -> None:
    recorded = owner.record(600)
    relay.carry()
    assert topic.beats == [Heartbeat(recorded[499].position, recorded[499].recorded_at)]


def test_the_position_stays_when_only_some_arrived_and_all_are_sent_again(
    relay: Relay, owner: ListedFeed, topic: Topic, positions: Positions
) -> None:
    recorded = owner.record(3)
    topic.takes = 2
    with pytest.raises(ConnectionError):
        relay.carry()
    assert positions.position == 0
    topic.takes = None
    relay.carry()
    assert topic.records == recorded[:2] + recorded
    assert positions.position == recorded[-1].position


def test_a_crash_between_sending_and_moving_sends_again(
    owner: ListedFeed, topic: Topic, positions: Positions
) -> None:
    class Crash(Positions):
        def move(self, feed: str, seen: int, reached: int) -> None:
            raise KeyboardInterrupt

    recorded = owner.record(2)
    with pytest.raises(KeyboardInterrupt):
        Relay("metrics", ["kpis"], reader=owner, publisher=topic, positions=Crash()).carry()
    Relay("metrics", ["kpis"], reader=owner, publisher=topic, positions=positions).carry()
    assert topic.records == recorded + recorded


def test_a_second_relay_that_still_believes_to_lead_stops(
    relay: Relay, owner: ListedFeed, topic: Topic, positions: Positions
) -> None:
    class Overtaken(ListedFeed):
        def read(self, feed: str, after: int, limit: int):  # type: ignore[no-untyped-def]
            page = super().read(feed, after, limit)
            positions.position = 99
            return page

    overtaken = Overtaken()
    overtaken.record()
    with pytest.raises(NoLongerLeading):
        Relay("metrics", ["kpis"], reader=overtaken, publisher=topic, positions=positions).carry()
    assert positions.position == 99


def test_an_owner_whose_log_went_back_is_not_covered_up(
    owner: ListedFeed, topic: Topic, positions: Positions
) -> None:
    recorded = owner.record(2)
    positions.position = 1_000
    Relay("metrics", ["kpis"], reader=owner, publisher=topic, positions=positions).carry()
    assert [beat.head for beat in topic.beats] == [recorded[-1].position]


def test_it_goes_on_once_the_broker_is_back(
    relay: Relay, owner: ListedFeed, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.eventing.relay.PATIENCE_SECONDS", 0.0)
    recorded = owner.record(2)
    topic.takes, stop, waits = 0, Event(), list[float]()

    class Stop(Event):
        def wait(self, timeout: float | None = None) -> bool:
            topic.takes = None
            waits.append(timeout or 0.0)
            if len(waits) == 2:
                self.set()
            return self.is_set()

    stop = Stop()
    carry_on(relay, stop)
    assert topic.records == recorded
