"""Following: rows and position move together, duplicates are harmless, poison parks one stream."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.eventing import families
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import FeedReader, Known, OwnLog, Stretch
from shared.eventing.followers import Follower, OutOfOrder
from shared.eventing.listening import Listener
from shared.eventing.rebuild import needed, rebuild
from shared.eventing.recorder import Batch, PostgresRecorder
from shared.eventing.seen import Followed
from shared.eventing.tables import Tables
from shared.eventing.verification import verify_log, verify_tables
from tests.support.log import TRANSLATION, CairnToppled, StonePiled, event, open_log
from tests.support.postgres import Databases

DDL = "CREATE TABLE stone (position bigint PRIMARY KEY, stream uuid NOT NULL, stone text NOT NULL);"


def _project(tables: Tables, records: Sequence[Known]) -> None:
    for known in records:
        match known.data:
            case StonePiled(stone="poison"):
                raise ValueError("this stone can't be shown")
            case StonePiled(stone=stone):
                row = {"position": known.position, "stream": known.stream, "stone": stone}
                tables.insert("stone", row)


@pytest.fixture
def family(tmp_path: Path) -> Family:
    ddl = tmp_path / "stones.sql"
    ddl.write_text(DDL)
    return Family("stones", "stones", ddl, _project, catalogue(StonePiled, CairnToppled))


@pytest.fixture
def log(databases: Databases) -> Iterator[PostgresRecorder]:
    with open_log(databases("goals")) as recorder:
        yield recorder


@pytest.fixture
def listener(log: PostgresRecorder) -> Iterator[Listener]:
    made = Listener(log.conninfo, ("facts", "followed")).start()
    yield made
    made.stop()


@pytest.fixture
def source(log: PostgresRecorder, listener: Listener) -> OwnLog:
    return OwnLog(FeedReader(log.pool, TRANSLATION), "stones", listener)


@pytest.fixture
def follower(log: PostgresRecorder, family: Family, source: OwnLog) -> Follower:
    with log.pool.connection() as connection:
        families.create(connection, family)
    return Follower(log.pool, family, source)


def pile(log: PostgresRecorder, *stones: str, stream: UUID | None = None) -> int:
    """Record each stone in a stream of its own, or all in one; answers the last position."""
    for stone in stones:
        target = stream or uuid4()
        version = len(log.select_events(target)) + 1
        log.append(Batch([event(target, version, stone=stone)]))
    return log.max_notification_id() or 0


def rows(
    log: PostgresRecorder, query: str = "SELECT stone FROM stones.stone ORDER BY position"
) -> Any:
    with log.pool.connection() as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def test_records_become_rows_and_the_position_moves_with_them(
    log: PostgresRecorder, follower: Follower
) -> None:
    last = pile(log, "flat", "round", "long")
    follower.catch_up()
    assert rows(log) == ["flat", "round", "long"]
    assert rows(log, "SELECT position FROM stones.follower") == [last]


def test_a_second_leader_is_harmless(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    rival = Follower(log.pool, family, source)
    pile(log, "flat")
    assert rival.step() == 1
    follower._position = 0  # it had looked before the rival moved on
    follower.step()
    pile(log, "round")
    follower.catch_up()
    rival.catch_up()
    assert rows(log) == ["flat", "round"]


class Replayed:
    """A source that says what it is told to say."""

    def __init__(self, *stretches: Stretch) -> None:
        self.stretches = list(stretches)

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        return self.stretches.pop(0)


def test_duplicates_are_told_by_position(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    pile(log, "flat", "round")
    everything = source.fetch(0, 10, 0)
    twice = Follower(log.pool, family, Replayed(everything, everything))
    assert (twice.step(), twice.step()) == (2, 0)
    assert rows(log) == ["flat", "round"]


def test_a_gap_is_never_passed_over(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    pile(log, "flat", "round")
    whole = source.fetch(0, 10, 0)
    gapped = Stretch(whole.records[1:], whole.head, whole.complete_through)
    with pytest.raises(OutOfOrder):
        Follower(log.pool, family, Replayed(gapped)).step()
    assert rows(log) == []


def test_poison_parks_its_stream_and_nothing_else(
    log: PostgresRecorder, follower: Follower
) -> None:
    bad = uuid4()
    pile(log, "flat")
    pile(log, "before", "poison", "after", stream=bad)
    last = pile(log, "round", "long")
    follower.catch_up()
    pile(log, "later", stream=bad)
    last = pile(log, "last")
    follower.catch_up()
    assert rows(log) == ["flat", "before", "round", "long", "last"]
    assert rows(log, "SELECT count(*) FROM stones.parked") == [3]
    assert rows(log, "SELECT position FROM stones.follower") == [last]


def test_parked_facts_are_shown_once_the_cause_is_mended(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    pile(log, "before", "poison", "after", stream=uuid4())
    follower.catch_up()

    def mended(tables: Tables, records: Sequence[Known]) -> None:
        for known in records:
            stone = known.data.stone if isinstance(known.data, StonePiled) else ""
            row = {"position": known.position, "stream": known.stream, "stone": stone}
            tables.insert("stone", row)

    healed = Family(family.name, family.feed, family.ddl, mended, family.contracts)
    Follower(log.pool, healed, source).retry_parked()
    assert rows(log) == ["before", "poison", "after"]
    assert rows(log, "SELECT count(*) FROM stones.parked") == [0]


class Meanwhile:
    """A source beside which something happens while it is asked for the first time."""

    def __init__(self, source: OwnLog, happens: Callable[[], object]) -> None:
        self._source, self._happens = source, [happens]

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """As the source, after it has happened."""
        while self._happens:
            self._happens.pop()()
        return self._source.fetch(after, limit, wait_seconds)


def test_what_is_parked_behind_a_retry_stays_parked(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    bad = uuid4()
    pile(log, "before", "poison", stream=bad)
    follower.catch_up()

    def the_leader_goes_on() -> None:
        pile(log, "after", stream=bad)
        follower.catch_up()

    shown = Family(family.name, family.feed, family.ddl, lambda *_: None, family.contracts)
    Follower(log.pool, shown, Meanwhile(source, the_leader_goes_on)).retry_parked()
    assert rows(log, "SELECT count(*) FROM stones.parked") == [2]


def test_two_who_retry_at_once_show_a_parked_fact_once(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    pile(log, "poison", stream=uuid4())
    follower.catch_up()
    shown: list[int] = []

    def show(_: Tables, records: Sequence[Known]) -> None:
        shown.extend(known.position for known in records)

    healed = Family(family.name, family.feed, family.ddl, show, family.contracts)
    other = Follower(log.pool, healed, source)
    Follower(log.pool, healed, Meanwhile(source, other.retry_parked)).retry_parked()
    assert len(shown) == 1


def test_complete_through_moves_on_while_nothing_happens(
    log: PostgresRecorder, follower: Follower
) -> None:
    pile(log, "flat")
    follower.catch_up()
    before = rows(log, "SELECT complete_through FROM stones.follower")[0]
    follower.step()
    assert rows(log, "SELECT complete_through FROM stones.follower")[0] > before


def test_a_reader_waits_for_what_it_has_done(
    log: PostgresRecorder, family: Family, listener: Listener, follower: Follower
) -> None:
    followed = Followed(log.pool, [family], listener)
    last = pile(log, "flat")
    assert not followed.wait_for({"stones": last}, longest=0.02)
    follower.catch_up()
    assert followed.wait_for({"stones": last}, longest=5)
    assert followed.wait_for({"not followed here": 99}, longest=0)


def test_tables_are_rebuilt_beside_the_live_ones_and_swapped_in(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower, tmp_path: Path
) -> None:
    pile(log, "flat", "round")
    follower.catch_up()
    wider = tmp_path / "wider.sql"
    wider.write_text(DDL.replace("stone text NOT NULL", "stone text NOT NULL, laid_by text"))
    reshaped = Family(family.name, family.feed, wider, family.project, family.contracts)
    assert needed(log.pool, reshaped)
    assert rebuild(log.pool, reshaped, source) == 2
    assert not needed(log.pool, reshaped)
    assert rows(log) == ["flat", "round"]
    assert rows(log, "SELECT count(*) FROM stones.stone WHERE laid_by IS NULL") == [2]
    pile(log, "long")
    follower.step()
    follower.catch_up()
    assert rows(log) == ["flat", "round", "long"]


def test_verification_finds_nothing_on_a_sound_log_and_every_tampering(
    log: PostgresRecorder, family: Family, source: OwnLog, follower: Follower
) -> None:
    pile(log, "flat", "round")
    follower.catch_up()
    assert [f for f in verify_log(log.pool) if f.exceptions] == []
    assert [f for f in verify_tables(log.pool, family, source) if f.exceptions] == []
    with log.pool.connection() as connection:
        connection.execute("UPDATE stones.stone SET stone = 'square' WHERE stone = 'flat'")
    wrong = [f for f in verify_tables(log.pool, family, source) if f.exceptions]
    assert [(f.what, f.exceptions) for f in wrong] == [("stones.stone equals its replay", 2)]
