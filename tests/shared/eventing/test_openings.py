"""Rows that the server opens itself are those that a replay record by record would have opened."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from psycopg import sql
from pydantic import ValidationError

from shared.eventing import families, openings
from shared.eventing import rebuild as rebuilding
from shared.eventing.families import Family
from shared.eventing.feeds import FeedReader, Known, OwnLog
from shared.eventing.listening import Listener
from shared.eventing.mapper import encode
from shared.eventing.openings import taken_by_server
from shared.eventing.others import Others
from shared.eventing.rebuild import rebuild
from shared.eventing.recorder import PostgresRecorder
from shared.eventing.tables import Tables
from shared.eventing.verification import verify_tables
from tests.support.cairns import (
    DDL,
    TRANSLATION,
    Cairns,
    Laid,
    Mended,
    Taken,
    family_of_cairns,
    project,
)
from tests.support.log import open_log
from tests.support.postgres import Databases


@pytest.fixture
def recorder(databases: Databases) -> Iterator[PostgresRecorder]:
    with open_log(databases("goals")) as made:
        yield made


@pytest.fixture
def log(recorder: PostgresRecorder, request: pytest.FixtureRequest) -> Cairns:
    return Cairns(recorder, getattr(request, "param", 0))


@pytest.fixture
def source(recorder: PostgresRecorder) -> Iterator[OwnLog]:
    listener = Listener(recorder.conninfo, ("facts",)).start()
    yield OwnLog(FeedReader(recorder.pool, TRANSLATION), "cairns", listener)
    listener.stop()


@pytest.fixture
def family(tmp_path: Path, recorder: PostgresRecorder) -> Family:
    made = family_of_cairns(tmp_path / "cairns.sql")
    with recorder.pool.connection() as connection:
        families.create(connection, made)
    return made


@pytest.fixture(autouse=True)
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many stretches and batches in little time."""
    monkeypatch.setattr(openings, "STRETCH", 17)
    monkeypatch.setattr(rebuilding, "BATCH", 3)


def rows(log: Cairns, query: str) -> list[Any]:
    with log.recorder.pool.connection() as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def exceptions(log: Cairns, family: Family, source: OwnLog) -> dict[str, int]:
    """Where the tables differ from a replay record by record."""
    found = verify_tables(log.recorder.pool, family, source)
    return {finding.what: finding.exceptions for finding in found if finding.exceptions}


def replayed_record_by_record(caplog: pytest.LogCaptureFixture) -> bool:
    return any("record by record" in message for message in caplog.messages)


@pytest.mark.parametrize("log", range(8), indirect=True)
def test_tables_are_those_of_a_plain_replay(
    log: Cairns, family: Family, source: OwnLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.happen(150)
    head = rows(log, "SELECT max(position) FROM log.facts WHERE feed = 'cairns'")
    told: list[int] = []
    done = rebuild(log.recorder.pool, family, source, lambda n, _: told.append(n))
    assert not replayed_record_by_record(caplog)
    assert exceptions(log, family, source) == {}
    assert [(done,)] == rows(log, "SELECT count(*) FROM log.facts WHERE feed = 'cairns'")
    assert told == sorted(told)
    assert told[-1] == done
    assert rows(log, "SELECT position FROM cairns.follower") == head


def test_the_server_takes_what_today_is_stored_as_it_is_told_and_nothing_else(
    log: Cairns, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Known] = []

    def watch(tables: Tables, records: Sequence[Known]) -> None:
        seen.extend(records)
        project(tables, records)

    monkeypatch.setattr(Family, "write", lambda _, tables, records: watch(tables, records))
    log.lay(log.cairns[0])
    stone = log.lay(log.cairns[1])
    log.tell(log.cairns[1], Mended(stone=stone, weight=Decimal(2), told="again"))
    rebuild(log.recorder.pool, family, source)
    assert [known.position for known in seen] == [3]


def test_what_is_recorded_while_the_server_opens_rows_is_followed_afterwards(
    log: Cairns, family: Family, source: OwnLog
) -> None:
    log.happen(40)
    more = iter([30])

    def told(done: int, head: int) -> None:
        for times in more:
            log.happen(times)

    rebuild(log.recorder.pool, family, source, told)
    assert exceptions(log, family, source) == {}
    head = rows(log, "SELECT max(position) FROM log.facts WHERE feed = 'cairns'")
    assert rows(log, "SELECT position FROM cairns.follower") == head


def test_readers_find_every_index(log: Cairns, family: Family, source: OwnLog) -> None:
    log.happen(10)
    rebuild(log.recorder.pool, family, source)
    names = rows(log, "SELECT indexname FROM pg_indexes WHERE schemaname = 'cairns'")
    assert {("stone_now",), ("stone_since",), ("shadow_now",), ("shadow_of",)} <= set(names)


def _twice(log: Cairns) -> None:
    stone = log.lay(log.cairns[0])
    log.lay(log.cairns[1], stone=stone)


def _too_high(log: Cairns) -> None:
    log.lay(log.cairns[0], height=8_849)


def _unreadable(log: Cairns) -> None:
    fact = log.stone(told="flat")
    state = encode(fact, log.envelope()).replace(b'"flat"', b'"\\u0000"')
    log.tell(log.cairns[0], fact, state)


def _unsaid(log: Cairns) -> None:
    fact = log.stone()
    state = encode(fact, log.envelope()).replace(b'"weight":', b'"mass":')
    log.tell(log.cairns[0], fact, state)


def _with_a_third_line(log: Cairns) -> None:
    fact = log.stone()
    log.tell(log.cairns[0], fact, encode(fact, log.envelope()) + b"\n{}")


def _mended_before_it_was_laid(log: Cairns) -> None:
    stone = log.stone()
    log.tell(log.cairns[0], Mended(stone=stone.stone, weight=Decimal(1), told="early"))
    log.tell(log.cairns[0], stone)


def _poison(log: Cairns) -> None:
    stone = log.lay(log.cairns[0])
    log.tell(log.cairns[0], Mended(stone=stone, weight=Decimal(1), told="poison"))


@pytest.mark.parametrize("defect", [_twice, _unreadable, _mended_before_it_was_laid, _poison])
def test_what_cant_be_shown_is_parked_as_a_plain_replay_parks_it(
    log: Cairns, family: Family, source: OwnLog, caplog: pytest.LogCaptureFixture, defect: Any
) -> None:
    log.happen(20)
    defect(log)
    log.happen(40)
    rebuild(log.recorder.pool, family, source)
    assert replayed_record_by_record(caplog)
    parked = len(rows(log, "SELECT FROM cairns.parked"))
    assert parked > 0
    assert exceptions(log, family, source) == {"cairns: no fact is parked": parked}


@pytest.mark.parametrize("defect", [_too_high, _unsaid, _with_a_third_line])
def test_what_its_contract_refuses_stops_a_rebuild_as_it_stops_a_plain_replay(
    log: Cairns, family: Family, source: OwnLog, defect: Any
) -> None:
    log.happen(20)
    defect(log)
    with pytest.raises(ValidationError):
        rebuild(log.recorder.pool, family, source)
    assert rows(log, "SELECT position FROM cairns.follower") == [(0,)]


# Broken on purpose


def test_changes_written_before_the_rows_are_opened_would_be_noticed(
    log: Cairns, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.tell(log.cairns[0], Taken(stone=log.lay(log.cairns[0], stone=UUID(int=2))))

    def others_first(new: Any) -> None:
        new.begin()
        taken = taken_by_server(family, TRANSLATION)
        new.follow(Others(new.pool, source.reader, "cairns", taken[0].which, 2))
        assert sum(openings.open_at_once(new.pool, new.schema, taken, 2)) == 1
        new._stand_at(2)

    with monkeypatch.context() as broken:
        broken.setattr(rebuilding._New, "open_at_once", others_first)
        rebuild(log.recorder.pool, family, source)
    assert exceptions(log, family, source) == {"cairns.stone equals its replay": 2}
    rebuild(log.recorder.pool, family, source)
    assert exceptions(log, family, source) == {}


def test_older_schemas_taken_as_todays_would_be_noticed(
    log: Cairns, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.lay_of_old(log.cairns[0])
    by_name = sql.SQL("(name = {})").format(sql.Literal(Laid.stored_name))
    with monkeypatch.context() as broken:
        broken.setattr(openings, "_which", lambda entry: by_name)
        rebuild(log.recorder.pool, family, source)
    assert exceptions(log, family, source) == {"cairns.stone equals its replay": 2}
    rebuild(log.recorder.pool, family, source)
    assert exceptions(log, family, source) == {}


def test_tables_that_could_hold_two_open_rows_are_not_opened_at_once(family: Family) -> None:
    assert len(taken_by_server(family, TRANSLATION)) == 1
    family.ddl.write_text(DDL.replace("CREATE UNIQUE INDEX shadow_now", "CREATE INDEX shadow_now"))
    assert taken_by_server(family, TRANSLATION) == []
