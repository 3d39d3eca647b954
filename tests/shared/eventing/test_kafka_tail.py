"""A follower over Kafka gets exactly the owner's records, whatever happens on the way."""

from collections import deque
from datetime import UTC, datetime

import pytest

from shared.contracts.records import Record
from shared.eventing.cloudevents_binary import Heartbeat
from shared.eventing.kafka_tail import TailedSource
from shared.eventing.tail_ear import Said
from tests.support.feeds import BEGAN, Following, ListedFeed

NOON = datetime(2100, 11, 1, 12, 0, tzinfo=UTC)


class Dictated:
    """What a topic says, as the test dictates."""

    def __init__(self) -> None:
        self.batches: deque[list[Said]] = deque()

    def __call__(self, *said: Said) -> None:
        self.batches.append(list(said))

    def hear(self, seconds: float) -> list[Said]:
        return self.batches.popleft() if self.batches else []

    def close(self) -> None:
        self.batches.clear()


@pytest.fixture
def owner() -> ListedFeed:
    return ListedFeed()


@pytest.fixture
def topic() -> Dictated:
    return Dictated()


@pytest.fixture
def source(topic: Dictated, owner: ListedFeed) -> TailedSource:
    """A feed whose follower has asked the owner once and heard the first heartbeat."""
    source = TailedSource("kpis", topic, owner, silence_seconds=60)
    source.fetch(0, 10, 0.0)
    topic(Heartbeat(0, BEGAN))
    source.fetch(0, 10, 0.0)
    owner.asked.clear()
    return source


@pytest.fixture
def following(source: TailedSource) -> Following:
    return Following(source.fetch)


def beat(head: int) -> Heartbeat:
    return Heartbeat(head, NOON)


def test_the_next_records_come_from_the_topic_without_asking_the_owner(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(3)
    topic(*recorded)
    following.take_until(recorded)
    assert owner.asked == []


def test_a_page_holds_no_more_than_was_asked_for_and_the_rest_follows(
    topic: Dictated, owner: ListedFeed, source: TailedSource
) -> None:
    recorded = owner.record(5)
    topic(*recorded)
    first = source.fetch(0, 2, 0.0)
    assert first.records == recorded[:2]
    assert source.fetch(first.records[-1].position, 10, 0.0).records == recorded[2:]
    assert owner.asked == []


def test_duplicates_are_told_apart_by_their_position(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(4)
    topic(*recorded[:2])
    topic(*recorded[:2])
    topic(*recorded[1:])
    following.take_until(recorded)
    assert owner.asked == []


def test_a_gap_is_filled_from_the_owner(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(6)
    topic(*recorded[:2])
    topic(*recorded[4:])
    following.take_until(recorded)
    assert owner.asked == [recorded[1].position]


def test_a_gap_inside_one_batch_is_filled_too(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(6)
    topic(*recorded[:2], *recorded[3:])
    following.take_until(recorded)
    assert owner.asked == [recorded[1].position]


def test_a_lost_last_record_is_missed_at_the_next_heartbeat(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(2)
    topic(recorded[0])
    topic(beat(recorded[1].position))
    following.take_until(recorded)
    assert owner.asked == [recorded[0].position]


def test_a_heartbeat_that_agrees_says_how_far_the_feed_is_complete(
    topic: Dictated, owner: ListedFeed, source: TailedSource
) -> None:
    topic(beat(0))
    page = source.fetch(0, 10, 5.0)
    assert (page.records, page.complete_through) == ([], NOON)
    assert owner.asked == []


def test_completeness_never_goes_back(
    topic: Dictated, owner: ListedFeed, source: TailedSource
) -> None:
    topic(beat(0))
    source.fetch(0, 10, 0.0)
    topic(Heartbeat(0, datetime(2100, 10, 1, tzinfo=UTC)))
    assert source.fetch(0, 10, 0.0).complete_through == NOON


def test_a_topic_that_went_back_behind_the_follower_makes_it_ask_the_owner(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(4)
    topic(*recorded[:3])
    following.take()
    topic(beat(recorded[0].position))
    following.take_until(recorded)
    assert owner.asked == [recorded[2].position]


def test_a_record_that_passes_over_the_follower_is_the_owners_to_answer(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(3)
    topic(*recorded[:2])
    following.take()
    stranger = recorded[2].model_copy(update={"previous": recorded[0].position, "actor": "?"})
    topic(stranger)
    following.take_until(recorded)
    assert owner.asked == [recorded[1].position]


def test_a_history_that_the_owner_does_not_know_is_forgotten(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    foreign = ListedFeed()
    foreign.record(20)
    topic(*foreign.records[10:])
    assert following.take(0.0) == 0
    recorded = owner.record(2)
    topic(*recorded)
    following.take_until(recorded)


def test_silence_beyond_the_heartbeat_is_ended_by_asking_the_owner(
    topic: Dictated, owner: ListedFeed
) -> None:
    following = Following(TailedSource("kpis", topic, owner, silence_seconds=0.0).fetch)
    recorded = owner.record(700)
    following.take_until(recorded)


def test_a_follower_that_starts_behind_the_topic_takes_history_from_the_owner(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded = owner.record(1_300)
    topic(beat(recorded[-1].position))
    assert following.take() == 500
    topic(*owner.record(1))
    following.take_until(owner.records)


def test_the_first_page_is_the_owners(topic: Dictated, owner: ListedFeed) -> None:
    recorded = owner.record(3)
    topic(*recorded)
    following = Following(TailedSource("kpis", topic, owner, silence_seconds=60).fetch)
    following.take_until(recorded)
    assert owner.asked == [0]


def test_a_follower_that_goes_back_gets_what_it_asks_for(
    topic: Dictated, owner: ListedFeed, source: TailedSource
) -> None:
    recorded = owner.record(5)
    topic(*recorded)
    source.fetch(0, 10, 0.0)
    again = source.fetch(recorded[1].position, 1, 0.0)
    assert again.records == [recorded[2]]
    assert again.complete_through == recorded[2].recorded_at
    assert source.fetch(recorded[4].position, 10, 0.0).records == []


def test_withheld_records_keep_their_place(
    topic: Dictated, owner: ListedFeed, following: Following
) -> None:
    recorded: list[Record] = [*owner.record(1), *owner.record(2, withheld=True), *owner.record(1)]
    topic(*recorded)
    following.take_until(recorded)
    assert [record.data is None for record in following.taken] == [False, True, True, False]
