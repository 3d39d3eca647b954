"""The tables of goals on real PostgreSQL, fed from lists of records, read as a client reads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from services.goals.feed.intake import FAMILIES
from services.goals.projections.organisation_today import ORGANISATION
from shared.access.access import Access
from shared.access.policy.goals import POLICY
from shared.contracts.records import Contract
from shared.eventing import families
from shared.eventing.feeds import Known, Stretch
from shared.eventing.followers import Follower
from shared.http.reading import Reading, Reads
from shared.http.sentences import Sentences
from shared.http.tokens import Caller
from shared.kernel.actors import Actor, service
from shared.kernel.clock import FixedClock
from tests.support.postgres import Databases
from tests.support.sources import ROOT

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)
FEEDS = tuple(family.feed for family in FAMILIES)


@dataclass
class Told:
    """What one feed has told so far, in order; a source that followers pull."""

    feed: str
    records: list[Known] = field(default_factory=list)

    def say(self, stream: UUID, says: Contract, at: datetime, actor: str = "import") -> "Told":
        """One more record."""
        previous = self.records[-1].position if self.records else 0
        assert not self.records or self.records[-1].recorded_at < at, "recorded time rises"
        version = 1 + sum(1 for known in self.records if known.stream == stream)
        self.records.append(
            Known(
                previous + 1,
                previous,
                stream,
                version,
                at,
                says.record_name,
                actor,
                None,
                None,
                says,
            )
        )
        return self

    def until(self, instant: datetime) -> "Told":
        """What had been told by an instant."""
        return Told(self.feed, [known for known in self.records if known.recorded_at <= instant])

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What follows a position."""
        fresh = [known for known in self.records if known.position > after][:limit]
        return Stretch(fresh, len(self.records), NOW)


@dataclass(frozen=True)
class GoalsTables:
    """All tables of goals in one database."""

    pool: Any

    def feed(self, feeds: Sequence[Told], batch: int = 1_000) -> None:
        """Empty the tables and follow these feeds from their start."""
        self._empty()
        told = {one.feed: one for one in feeds}
        for family in FAMILIES:
            source = told.get(family.feed) or Told(family.feed)
            follower = Follower(self.pool, family, source)
            while follower.step(limit=batch):
                pass

    def reading(
        self,
        on: date,
        as_of: datetime | None = None,
        actor: Actor | None = None,
        language: str = "en",
    ) -> Reading:
        """A reading as a route gets it."""
        stories = Sentences([ROOT / "services" / "goals" / "locales"], "stories")
        reads = Reads(self.pool, None, FixedClock(NOW), ZONE, stories)  # type: ignore[arg-type]
        caller = Caller(actor or service("web"), "web")
        access = Access(POLICY, ORGANISATION, self.pool, reads.clock.today)
        asker = access.asker(caller.actor)
        return Reading(reads, caller, as_of, on, language, NOW, True, asker, access)

    def parked(self) -> list[Any]:
        """Streams that could not be shown."""
        with self.pool.connection() as connection:
            return [
                row
                for family in FAMILIES
                for row in connection.execute(f"SELECT stream, error FROM {family.name}.parked")
            ]

    def _empty(self) -> None:
        with self.pool.connection() as connection:
            for family in FAMILIES:
                families.create(connection, family)
                tables = connection.execute(
                    "SELECT string_agg(format('%%I.%%I', schemaname, tablename), ', ')"
                    " FROM pg_tables WHERE schemaname = %s AND tablename <> 'follower'",
                    (family.name,),
                ).fetchone()
                connection.execute(f"TRUNCATE {tables[0]}")
                connection.execute(
                    f"UPDATE {family.name}.follower SET position = 0, complete_through = DEFAULT"
                )


@contextmanager
def goals_tables(databases: Databases) -> Iterator[GoalsTables]:
    """Empty tables in a database of their own."""
    path = ",".join(family.name for family in FAMILIES)
    conninfo = make_conninfo(databases("goals").runtime, options=f"-c search_path={path}")
    with ConnectionPool(conninfo, min_size=1, max_size=2, kwargs={"autocommit": True}) as pool:
        yield GoalsTables(pool)
