"""What followers promise, each promise as a check: a sound one passes it, a broken one fails."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from shared.eventing import families
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import FeedReader, Known, Stretch
from shared.eventing.followers import Follower, OutOfOrder
from shared.eventing.recorder import Batch, Pool, PostgresRecorder
from shared.eventing.tables import Tables, Timed
from shared.eventing.verification import verify_tables
from tests.support.log import TRANSLATION, CairnToppled, StonePiled, event, open_pool

# Every stone that was laid (no key, so that a doubled row would stand), and the top of each cairn.
LAID = """
CREATE TABLE laid (position bigint NOT NULL, stone text NOT NULL);
"""
TOPS = """
CREATE TABLE top (cairn uuid NOT NULL, stone text NOT NULL, during tstzrange NOT NULL);
CREATE UNIQUE INDEX ON top (cairn) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON top (cairn, lower(during));
"""
DDL = LAID + TOPS
TOP = Timed("top", ("cairn",), ("stone",))
CAIRNS = (UUID(int=1), UUID(int=2))
BATCH = 3


def _lay(tables: Tables, records: Sequence[Known]) -> None:
    for known in records:
        if isinstance(known.data, StonePiled):
            tables.insert("laid", {"position": known.position, "stone": known.data.stone})


def _lay_and_top(tables: Tables, records: Sequence[Known]) -> None:
    _lay(tables, records)
    for known in records:
        if isinstance(known.data, StonePiled):
            tables.change(TOP, (known.stream,), known.recorded_at, stone=known.data.stone)


@dataclass
class Doom:
    """Cuts a connection before its n-th statement, as the death of its process would."""

    before: int = 0
    has_struck: bool = field(default=False, init=False)

    def near(self, connection: psycopg.Connection[Any]) -> None:
        """One more statement is about to be sent."""
        self.before -= 1
        if self.before == 0:
            self.has_struck = True
            connection.close()

    def cursor(self) -> type[psycopg.Cursor[Any]]:
        """Cursors of a process that is doomed."""
        doom = self

        class Doomed(psycopg.Cursor[Any]):
            def execute(self, *args: Any, **more: Any) -> Any:
                doom.near(self.connection)
                return super().execute(*args, **more)

            def copy(self, *args: Any, **more: Any) -> Any:
                doom.near(self.connection)
                return super().copy(*args, **more)

        return Doomed


@dataclass
class Stones:
    """A log of stones on two cairns, and empty tables to be filled from it."""

    log: PostgresRecorder
    family: Family

    @classmethod
    def laid_on(
        cls, log: PostgresRecorder, folder: Path, ddl: str = DDL, stones: int = 7
    ) -> "Stones":
        """Stones are laid one after another, in turn on each cairn but the last three on one."""
        for n in range(stones):
            cairn = CAIRNS[n % 2 if n < stones - 3 else 0]
            version = len(log.select_events(cairn)) + 1
            log.append(Batch([event(cairn, version, stone=f"stone {n}")]))
        file = folder / "stones.sql"
        file.write_text(ddl)
        project = _lay_and_top if "top" in ddl else _lay
        known = catalogue(StonePiled, CairnToppled)
        return cls(log, Family("stones", "stones", file, project, known)).emptied()

    def emptied(self) -> "Stones":
        """The tables are made anew."""
        with self.log.pool.connection() as connection:
            connection.execute("DROP SCHEMA IF EXISTS stones CASCADE")
            families.create(connection, self.family)
        return self

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """As a source that followers pull, from a process that lives."""
        return FeedReader(self.log.pool, TRANSLATION).stretch("stones", after, limit)

    def follower(self, kind: type[Follower], pool: Pool | None = None) -> Follower:
        """A follower of these stones."""
        return kind(pool or self.log.pool, self.family, self)

    @contextmanager
    def doomed(self, doom: Doom) -> Iterator[Pool]:
        """The connections of a process that will die."""
        with open_pool(self.log.conninfo, cursor_factory=doom.cursor()) as pool:
            yield pool

    def lost_and_doubled(self) -> tuple[list[int], list[int]]:
        """Which facts have no row, and which have more than one."""
        with self.log.pool.connection() as connection:
            rows = connection.execute("SELECT position FROM stones.laid").fetchall()
            head = self.log.max_notification_id() or 0
        shown = [row[0] for row in rows]
        lost = [n for n in range(1, head + 1) if n not in shown]
        return lost, sorted({n for n in shown if shown.count(n) > 1})

    def findings(self) -> set[str]:
        """What verification says is wrong with the tables."""
        found = verify_tables(self.log.pool, self.family, self)
        return {one.what for one in found if one.exceptions}


def follow_all(follower: Follower) -> None:
    """Follow to the end in small batches."""
    while follower.step(limit=BATCH):
        pass


def every_death_is_survived(stones: Stones, kind: type[Follower]) -> int:
    """The process dies before each of its statements in turn; another one goes on each time.

    Answers at how many moments it died.
    """
    for moment in count(1):
        stones.emptied()
        doom = Doom()
        with stones.doomed(doom) as pool:
            doom.before = moment
            with suppress(psycopg.OperationalError):
                follow_all(stones.follower(kind, pool))
        if not doom.has_struck:
            return moment - 1
        follow_all(stones.follower(kind))
        lost, doubled = stones.lost_and_doubled()
        assert not lost, f"lost when it died at its statement {moment}: {lost}"
        assert not doubled, f"doubled when it died at its statement {moment}: {doubled}"
        assert stones.findings() == set()
    return 0


def a_second_leader_is_harmless(stones: Stones, kind: type[Follower]) -> None:
    """Two follow at once: one has looked where it stands before the other moved on."""
    slow, quick = stones.follower(kind), stones.follower(kind)
    slow.step(limit=1)
    quick.step(limit=1)
    quick.step(limit=BATCH)
    slow.step(limit=BATCH)
    follow_all(slow)
    follow_all(quick)
    assert stones.lost_and_doubled() == ([], []), "two leaders did harm"


def a_gap_is_never_passed_over(stones: Stones, kind: type[Follower]) -> None:
    """A source that leaves something out is not believed."""
    whole = stones.fetch

    class Leaky:
        def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
            found = whole(after, limit, wait_seconds)
            kept = [known for known in found.records if known.position != 2]
            return Stretch(kept, found.head, found.complete_through)

    with suppress(OutOfOrder):
        follow_all(kind(stones.log.pool, stones.family, Leaky()))
    follow_all(stones.follower(kind))
    assert stones.lost_and_doubled() == ([], []), "a gap was passed over"
