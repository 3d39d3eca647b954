"""Each promise of followers and tables, kept, and seen to fail where it was broken on purpose."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from shared.eventing import families, followers
from shared.eventing.feeds import Known, Stretch
from shared.eventing.followers import Follower
from shared.eventing.recorder import PostgresRecorder
from shared.eventing.tables import Tables
from tests.support import follower_promises as promised
from tests.support.follower_promises import DDL, LAID, Stones
from tests.support.log import open_log
from tests.support.postgres import Databases


@pytest.fixture
def log(databases: Databases) -> Iterator[PostgresRecorder]:
    with open_log(databases("goals")) as recorder:
        yield recorder


@pytest.fixture
def stones(log: PostgresRecorder, tmp_path: Path) -> Stones:
    return Stones.laid_on(log, tmp_path, LAID)


class _InTwo(Follower):
    """Moves its position and writes its rows in two transactions."""

    position_first: bool

    def _write(self, fresh: Sequence[Known], stretch: Stretch, poison: str | None = None) -> None:
        before = self._position or 0
        after = fresh[-1].position if fresh else before
        steps: list[Callable[[Any], object]] = [
            lambda connection: self._moved(connection, before, after, stretch),
            lambda connection: self._project(connection, fresh, (), poison),
        ]
        for step in steps if self.position_first else reversed(steps):
            with self.pool.connection() as connection, connection.transaction():
                families.use(connection, self.schema)
                step(connection)
        self._position = after


class PositionFirst(_InTwo):
    """Says that it has followed, and then writes."""

    position_first = True


class RowsFirst(_InTwo):
    """Writes, and then says that it has followed."""

    position_first = False


class Heedless(Follower):
    """Moves on from wherever the tables stand."""

    def _moved(
        self, connection: Any, before: int, after: int, stretch: Stretch
    ) -> Collection[UUID] | None:
        families.use(connection, self.schema)
        connection.execute("UPDATE follower SET position = %s", (after,))
        return ()


class Trusting(Follower):
    """Takes whatever it is given for the next."""

    def step(self, wait_seconds: float = 0.0, limit: int = followers.BATCH) -> int:
        if self._position is None:
            self._position = self._stored_position()
        stretch = self.source.fetch(self._position, limit, wait_seconds)
        self._take(stretch.records, stretch)
        return len(stretch.records)


def test_rows_and_position_are_written_in_one_transaction(
    log: PostgresRecorder, tmp_path: Path
) -> None:
    moments = promised.every_death_is_survived(Stones.laid_on(log, tmp_path), Follower)
    assert moments > 10, "it died in the middle of several batches"


@pytest.mark.parametrize(("kind", "says"), [(PositionFirst, "lost"), (RowsFirst, "doubled")])
def test_a_follower_that_needs_two_transactions_is_found_out(
    stones: Stones, kind: type[Follower], says: str
) -> None:
    with pytest.raises(AssertionError, match=says):
        promised.every_death_is_survived(stones, kind)


def test_a_position_moves_by_compare_and_set(stones: Stones) -> None:
    promised.a_second_leader_is_harmless(stones, Follower)
    with pytest.raises(AssertionError, match="two leaders did harm"):
        promised.a_second_leader_is_harmless(stones.emptied(), Heedless)


def test_a_follower_that_trusts_its_source_is_found_out(stones: Stones) -> None:
    promised.a_gap_is_never_passed_over(stones, Follower)
    with pytest.raises(AssertionError, match="a gap was passed over"):
        promised.a_gap_is_never_passed_over(stones.emptied(), Trusting)


# Tables with time


class LeavesOpen(Tables):
    """Begins a new row and does not close the one before."""

    def _close(self, table: Any, history: Mapping[Any, Any]) -> None:
        return None


class ClosesLate(Tables):
    """Closes a row a moment after the next one began."""

    def _close(self, table: Any, history: Mapping[Any, Any]) -> None:
        for segments in history.values():
            if segments and segments[0].upper is not None:
                segments[0].upper += timedelta(hours=1)
        super()._close(table, history)


KEYLESS = "\n".join(line for line in DDL.splitlines() if "UNIQUE" not in line)
ONE_KEY = "\n".join(line for line in DDL.splitlines() if "upper_inf" not in line)


@pytest.mark.parametrize(
    ("writer", "ddl", "noticed"),
    [
        (Tables, DDL, set()),
        (LeavesOpen, DDL, {"stones: no fact is parked"}),
        (LeavesOpen, ONE_KEY, {"stones.top: one row at a time"}),
        (LeavesOpen, KEYLESS, {"stones.top: has a key of which one row holds at a time"}),
        (ClosesLate, DDL, {"stones.top: one row at a time"}),
    ],
)
def test_verification_notices_rows_that_hold_at_the_same_time(
    log: PostgresRecorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    writer: type[Tables],
    ddl: str,
    noticed: set[str],
) -> None:
    monkeypatch.setattr(followers, "Tables", writer)
    stones = Stones.laid_on(log, tmp_path, ddl)
    promised.follow_all(stones.follower(Follower))
    found = stones.findings()
    assert noticed <= found, "a replay by the same broken writer may look just as broken"
    assert bool(noticed) is bool(found)
