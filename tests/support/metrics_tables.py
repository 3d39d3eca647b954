"""The tables of metrics on real PostgreSQL, fed from lists of records, read as a client reads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from services.host.provisioning import Access
from services.metrics.feed.intake import FAMILIES
from shared.eventing import families
from shared.eventing.followers import Follower
from shared.http.reading import Reading, Reads
from shared.http.sentences import Sentences
from shared.http.tokens import Caller
from shared.kernel.actors import service
from shared.kernel.clock import FixedClock
from tests.support.goals_tables import Told
from tests.support.postgres import Databases
from tests.support.sources import ROOT

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)


@dataclass(frozen=True)
class MetricsTables:
    """All tables of metrics in one database."""

    pool: Any
    access: Access

    def feed(self, feeds: Sequence[Told], batch: int = 1_000) -> None:
        """Empty the tables and follow these feeds from their start."""
        self._empty()
        told = {one.feed: one for one in feeds}
        for family in FAMILIES:
            follower = Follower(self.pool, family, told.get(family.feed) or Told(family.feed))
            while follower.step(limit=batch):
                pass

    def reading(self, on: date, as_of: datetime | None = None, language: str = "en") -> Reading:
        """A reading as a route gets it."""
        stories = Sentences([ROOT / "services" / "metrics" / "locales"], "stories")
        reads = Reads(self.pool, None, FixedClock(NOW), ZONE, stories)  # type: ignore[arg-type]
        return Reading(reads, Caller(service("web"), "web"), as_of, on, language, NOW, True)

    def rows(self, query: str, **params: Any) -> list[tuple[Any, ...]]:
        """What a statement answers."""
        with self.pool.connection() as connection:
            return connection.execute(query, params).fetchall()

    def parked(self) -> list[Any]:
        """Streams that could not be shown."""
        return [row for f in FAMILIES for row in self.rows(f"SELECT * FROM {f.name}.parked")]

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
def metrics_tables(databases: Databases) -> Iterator[MetricsTables]:
    """Empty tables in a database of their own."""
    path = ",".join(family.name for family in FAMILIES)
    access = databases("metrics")
    conninfo = make_conninfo(access.runtime, options=f"-c search_path={path} -c timezone=UTC")
    with ConnectionPool(conninfo, min_size=1, max_size=2, kwargs={"autocommit": True}) as pool:
        yield MetricsTables(pool, access)
