"""A feed held in a list: read as its relay reads, pulled as followers pull."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Condition
from time import monotonic

from shared.contracts.records import Page, Record
from shared.kernel.ids import id_of

BEGAN = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


class ListedFeed:
    """An owner's log with one feed of interest; every second position belongs to another feed."""

    def __init__(self, feed: str = "kpis") -> None:
        self.feed = feed
        self.records: list[Record] = []
        self.asked: list[int] = []
        self._news = Condition()

    def record(self, count: int = 1, withheld: bool = False) -> list[Record]:
        """Record so many facts and answer them."""
        with self._news:
            new = [self._next(withheld) for _ in range(count)]
            self._news.notify_all()
        return new

    def _next(self, withheld: bool) -> Record:
        previous = self.records[-1].position if self.records else 0
        position = previous + 2
        record = Record(
            feed=self.feed,
            position=position,
            previous=previous,
            stream=id_of("stream", position % 10),
            version=position // 10,
            recorded_at=BEGAN + timedelta(microseconds=position),
            name="cairn.metrics.kpi_measurement.measured.v1",
            actor="import",
            withheld=withheld,
            data=None if withheld else {"value": "12.50", "unit": "元", "n": position},
        )
        self.records.append(record)
        return record

    def read(self, feed: str, after: int, limit: int) -> Page:
        """As the relay reads."""
        assert feed == self.feed
        found = [record for record in list(self.records) if record.position > after][:limit]
        head = self.records[-1].position if self.records else 0
        through = datetime.now(UTC) if len(found) < limit else found[-1].recorded_at
        return Page(records=found, head=head, complete_through=through)

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Page:
        """As followers pull; notes from where."""
        self.asked.append(after)
        until = monotonic() + wait_seconds
        with self._news:
            while not (page := self.read(self.feed, after, limit)).records:
                if not self._news.wait(timeout=max(0.0, until - monotonic())):
                    return page
        return page


class Following:
    """A follower that keeps what it was given; nothing may be lost, doubled or reordered."""

    def __init__(self, fetch: Callable[[int, int, float], Page]) -> None:
        self._fetch = fetch
        self.taken: list[Record] = []
        self.complete_through = datetime.min.replace(tzinfo=UTC)

    @property
    def position(self) -> int:
        """Where it stands."""
        return self.taken[-1].position if self.taken else 0

    def take(self, wait_seconds: float = 0.5) -> int:
        """Take the next page; answers how many records came."""
        page = self._fetch(self.position, 500, wait_seconds)
        for record in page.records:
            assert record.previous == self.position
            self.taken.append(record)
        assert page.complete_through >= self.complete_through
        self.complete_through = page.complete_through
        return len(page.records)

    def take_until(self, records: list[Record], seconds: float = 15.0) -> None:
        """Take until these are all that was taken; fails loudly after so many seconds."""
        until = monotonic() + seconds
        while len(self.taken) < len(records):
            assert monotonic() < until, f"{len(self.taken)} of {len(records)} arrived"
            self.take()
        assert self.taken == records
