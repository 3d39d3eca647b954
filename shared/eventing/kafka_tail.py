"""Following a feed live over Kafka, repaired from its owner: a follower can't tell it from pulling.

Positions tell a duplicate (position ≤ mine), the next (previous = mine) and anything else.
Anything else is the owner's to answer: a gap, another history, a head that is not mine, silence, or
a follower that stands elsewhere than where it was left.
"""

import logging
from collections import deque
from datetime import datetime
from time import monotonic
from typing import Protocol

from prometheus_client import Counter

from shared.contracts.records import Page, Record
from shared.eventing.cloudevents_binary import Heartbeat
from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_consumer import KafkaTail
from shared.eventing.tail_ear import Ear, Said

OWNER_WAIT_SECONDS = 0.5

log = logging.getLogger(__name__)
by_topic = Counter("cairn_records_by_topic", "Records that came over the topic", ["feed"])
by_owner = Counter("cairn_records_by_owner", "Records that the owner was asked for", ["feed"])


class Source(Protocol):
    """Where a follower gets a feed from."""

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Page:
        """Records after that position; waits up to so many seconds for the first one."""
        ...


class Hearing(Protocol):
    """What arrives on a topic, batch by batch."""

    def hear(self, seconds: float) -> list[Said]:
        """The next batch, or nothing once so many seconds have passed."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class TailedSource:
    """A feed from its live tail while that agrees with my position, otherwise from its owner."""

    def __init__(
        self, feed: str, ear: Hearing, repair: Source, silence_seconds: float = 3.0
    ) -> None:
        self._feed, self._ear, self._repair = feed, ear, repair
        self._is_live = False
        self._silence_seconds = silence_seconds
        self._arrived: deque[Record] = deque()
        self._beat: Heartbeat | None = None
        self._heard_at = float("-inf")
        self._left_at: int | None = None
        self._complete_through: datetime | None = None

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Page:
        """Records after my position, from wherever they are to be had."""
        page = self._fetch(after, limit, monotonic() + wait_seconds)
        known = max(page.complete_through, self._complete_through or page.complete_through)
        self._complete_through = known
        self._left_at = page.records[-1].position if page.records else after
        return page.model_copy(update={"complete_through": known})

    def close(self) -> None:
        """Stop listening to the topic."""
        self._ear.close()

    def _fetch(self, after: int, limit: int, until: float) -> Page:
        if after != self._left_at:
            self._listen(0.0)
            self._complete_through = None
            return self._ask(after, limit)
        while True:
            left = max(0.0, until - monotonic())
            self._listen(min(left, self._patience_left()))
            page = self._agreed(after, limit)
            if page is not None:
                return page
            if self._patience_left() == 0.0:
                return self._ask(after, limit, min(left, OWNER_WAIT_SECONDS))
            if left == 0.0:
                return self._quiet(after)

    # What was heard

    def _listen(self, seconds: float) -> None:
        if self._arrived or self._beat:
            return
        for said in self._ear.hear(seconds):
            self._heard_at = monotonic()
            if isinstance(said, Heartbeat):
                self._beat = said
            else:
                self._beat = None
                self._arrived.append(said)

    def _patience_left(self) -> float:
        return max(0.0, self._heard_at + self._silence_seconds - monotonic())

    # Whether it agrees with where the follower stands

    def _agreed(self, after: int, limit: int) -> Page | None:
        """What the tail has to say to a follower at ``after``; ``None`` when it has nothing new."""
        while self._arrived and self._arrived[0].position <= after:
            self._arrived.popleft()
        if self._arrived:
            return self._next(after, limit)
        beat, self._beat = self._beat, None
        if beat is None:
            return None
        if beat.head != after:
            return self._ask(after, limit)
        self._note_live()
        return Page(records=[], head=after, complete_through=beat.complete_through)

    def _next(self, after: int, limit: int) -> Page:
        records, mine = list[Record](), after
        while self._arrived and self._arrived[0].previous == mine and len(records) < limit:
            records.append(self._arrived.popleft())
            mine = records[-1].position
        if not records:
            return self._ask(after, limit)
        self._note_live()
        by_topic.labels(self._feed).inc(len(records))
        return Page(records=records, head=mine, complete_through=records[-1].recorded_at)

    def _note_live(self) -> None:
        if not self._is_live:
            log.info("%s is live over its topic", self._feed)
        self._is_live = True

    # What the owner says

    def _ask(self, after: int, limit: int, wait_seconds: float = 0.0) -> Page:
        """The owner's answer; what arrived is forgotten unless the answer leads towards it."""
        if self._is_live:
            log.info("%s asks the owner after %s", self._feed, after)
        self._is_live = False
        page = self._repair.fetch(after, limit, wait_seconds)
        by_owner.labels(self._feed).inc(len(page.records))
        if not page.records:
            self._arrived.clear()
        return page

    def _quiet(self, after: int) -> Page:
        assert self._complete_through is not None
        return Page(records=[], head=after, complete_through=self._complete_through)


class KafkaSource(TailedSource):
    """A feed over Kafka for one follower, repaired through ``repair``."""

    def __init__(self, settings: KafkaSettings, feed: str, name: str, repair: Source) -> None:
        ear = Ear(feed, KafkaTail(settings, feed, name), settings.silence_seconds)
        super().__init__(feed, ear, repair, settings.silence_seconds)
