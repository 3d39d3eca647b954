"""The log: one writer, one order, nothing altered, every request answered once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.tests.persistence import AggregateRecorderTestCase, ApplicationRecorderTestCase

from services.host.provisioning import Access
from shared.eventing.recorder import Batch, PostgresRecorder
from tests.support.log import event, open_log
from tests.support.postgres import Databases


@pytest.fixture
def access(databases: Databases) -> Access:
    return databases("goals")


@pytest.fixture
def log(access: Access) -> Iterator[PostgresRecorder]:
    with open_log(access) as recorder:
        yield recorder


class _Made:
    """Gives the library's test cases our recorder, each on a database of its own."""

    @pytest.fixture(autouse=True)
    def _databases(self, databases: Databases) -> Iterator[None]:
        self._open: list[Any] = []
        self._of = databases
        yield
        for one in self._open:
            one.__exit__(None, None, None)

    def create_recorder(self) -> Any:
        opened = open_log(self._of("goals"))
        self._open.append(opened)
        return opened.__enter__()


class TestAsTheLibrarysAggregateRecorder(_Made, AggregateRecorderTestCase):
    def test_insert_and_select(self) -> None:
        # The library's application recorders answer positions where its aggregate ones answer None.
        recorder = self.create_recorder()
        stream = uuid4()
        recorder.insert_events([event(stream, 1), event(stream, 2), event(stream, 3)])
        versions = [e.originator_version for e in recorder.select_events(stream, gt=1, lte=2)]
        assert versions == [2]
        assert [
            e.originator_version for e in recorder.select_events(stream, desc=True, limit=1)
        ] == [3]


class TestAsTheLibrarysApplicationRecorder(_Made, ApplicationRecorderTestCase[ApplicationRecorder]):
    pass


def test_facts_are_recorded_in_one_rising_order_without_holes(log: PostgresRecorder) -> None:
    stream = uuid4()
    first = log.append(Batch([event(stream, 1), event(stream, 2)]))
    second = log.append(Batch([event(stream, 3)]))
    assert (first.first, first.last, second.first, second.last) == (1, 2, 3, 3)
    with log.pool.connection() as connection:
        rows = connection.execute(
            "SELECT position, previous, recorded_at FROM log.facts ORDER BY position"
        ).fetchall()
    assert [(row[0], row[1]) for row in rows] == [(1, 0), (2, 1), (3, 2)]
    assert rows[0][2] < rows[1][2] < rows[2][2]


def test_previous_is_counted_per_feed(log: PostgresRecorder) -> None:
    a, b = uuid4(), uuid4()
    log.append(Batch([event(a, 1, "stones"), event(b, 1, "sticks"), event(a, 2, "stones")]))
    log.append(Batch([event(b, 2, "sticks")]))
    with log.pool.connection() as connection:
        rows = connection.execute(
            "SELECT feed, position, previous FROM log.facts ORDER BY position"
        ).fetchall()
    assert rows == [("stones", 1, 0), ("sticks", 2, 0), ("stones", 3, 1), ("sticks", 4, 2)]


def test_a_taken_version_is_a_conflict_and_nothing_of_the_batch_is_recorded(
    log: PostgresRecorder,
) -> None:
    stream = uuid4()
    log.append(Batch([event(stream, 1)]))
    assert log.append(Batch([event(stream, 1)])).kind == "conflict"
    assert log.append(Batch([event(uuid4(), 1), event(stream, 1)])).kind == "conflict"
    assert log.append(Batch([event(uuid4(), 1)] * 2)).kind == "conflict"
    assert log.max_notification_id() == 1


def test_a_repeated_request_gets_the_stored_answer_and_records_nothing(
    log: PostgresRecorder,
) -> None:
    asked = Batch([event(uuid4(), 1)], "r1", b"hash", b"the answer")
    first = log.append(asked)
    again = log.append(Batch([event(uuid4(), 1)], "r1", b"hash", b"another answer"))
    assert (first.kind, again.kind) == ("recorded", "repeated")
    assert (again.answer, again.first, again.last) == (b"the answer", first.first, first.last)
    assert log.max_notification_id() == 1


def test_a_request_that_changed_nothing_is_remembered_too(log: PostgresRecorder) -> None:
    assert log.append(Batch([], "r1", b"hash", b"nothing changed")).kind == "recorded"
    again = log.append(Batch([event(uuid4(), 1)], "r1", b"hash", b""))
    assert (again.kind, again.answer, again.first) == ("repeated", b"nothing changed", None)


def test_a_request_id_used_for_something_else_is_told(log: PostgresRecorder) -> None:
    log.append(Batch([event(uuid4(), 1)], "r1", b"hash", b""))
    assert log.append(Batch([event(uuid4(), 1)], "r1", b"other", b"")).kind == "reused"
    pair = [event(uuid4(), 1), event(uuid4(), 1)]
    assert log.append(Batch(pair, "r1", b"other", b"")).kind == "reused"


def test_a_guard_refuses_when_a_stream_that_was_read_has_moved(log: PostgresRecorder) -> None:
    read, written = uuid4(), uuid4()
    log.append(Batch([event(read, 1)]))
    assert log.append(Batch([event(written, 1)], guards=[(read, 1)])).kind == "recorded"
    log.append(Batch([event(read, 2)]))
    assert log.append(Batch([event(written, 2)], guards=[(read, 1)])).kind == "moved"
    assert log.append(Batch([event(written, 2)], guards=[(read, 2)])).kind == "recorded"


def test_a_guard_on_a_stream_without_facts_refuses_once_it_has_one(log: PostgresRecorder) -> None:
    read = uuid4()
    assert log.append(Batch([event(uuid4(), 1)], guards=[(read, 0)])).kind == "recorded"
    log.append(Batch([event(read, 1)]))
    assert log.append(Batch([event(uuid4(), 1)], guards=[(read, 0)])).kind == "moved"


def test_requests_that_wait_together_are_answered_each_on_its_own(log: PostgresRecorder) -> None:
    taken, read = uuid4(), uuid4()
    log.append(Batch([event(taken, 1), event(read, 1), event(read, 2)]))
    log.append(Batch([event(uuid4(), 1)], "known", b"hash", b"known answer"))

    def ask(n: int) -> str:
        kinds = [
            Batch([event(uuid4(), 1)], f"fresh {n}", b"", b""),
            Batch([event(taken, 1)], f"late {n}", b"", b""),
            Batch([event(uuid4(), 1)], guards=[(read, 1)]),
            Batch([event(uuid4(), 1)], "known", b"hash", b""),
            Batch([event(uuid4(), 1), event(uuid4(), 1)], f"pair {n}", b"", b""),
        ]
        return log.append(kinds[n % 5]).kind

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(ask, range(200)))
    expected = ["recorded", "conflict", "moved", "repeated", "recorded"]
    assert outcomes == [expected[n % 5] for n in range(200)]
    assert log.max_notification_id() == 4 + 40 + 80


def test_one_stream_written_by_many_at_once_keeps_one_history(log: PostgresRecorder) -> None:
    stream = uuid4()
    with ThreadPoolExecutor(16) as threads:
        outcomes = list(
            threads.map(lambda n: log.append(Batch([event(stream, 1 + n % 3)])).kind, range(60))
        )
    assert outcomes.count("recorded") == 3
    assert [e.originator_version for e in log.select_events(stream)] == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log.facts SET version = 7",
        "DELETE FROM log.facts",
        "TRUNCATE log.facts",
    ],
)
def test_facts_are_never_altered_not_even_by_their_owner_or_a_superuser(
    log: PostgresRecorder, access: Access, postgres: str, change: str
) -> None:
    log.append(Batch([event(uuid4(), 1)]))
    with psycopg.connect(access.owner) as owner, pytest.raises(psycopg.errors.IntegrityError):
        owner.execute(change)
    database = str(psycopg.conninfo.conninfo_to_dict(access.owner)["dbname"])
    superuser = psycopg.conninfo.make_conninfo(postgres, dbname=database)
    with psycopg.connect(superuser) as admin:
        admin.execute("SET session_replication_role = 'replica'")  # skips ordinary triggers
        with pytest.raises(psycopg.errors.IntegrityError):
            admin.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO log.facts SELECT position + 1, 0, stream, 2, feed, name, state, recorded_at"
        " FROM log.facts",
        "UPDATE log.facts SET version = 7",
        "DELETE FROM log.facts",
        "TRUNCATE log.facts",
        "DELETE FROM log.requests",
        "INSERT INTO log.rehearsal (instant) VALUES (now())",
        "ALTER TABLE log.facts DISABLE TRIGGER ALL",
        "DROP TABLE log.facts",
    ],
)
def test_the_service_may_append_and_nothing_else(
    log: PostgresRecorder, access: Access, change: str
) -> None:
    log.append(Batch([event(uuid4(), 1)]))
    with (
        psycopg.connect(access.runtime) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute(change)


def test_old_requests_are_forgotten_after_seven_days(
    log: PostgresRecorder, postgres: str, access: Access
) -> None:
    log.append(Batch([], "old", b"hash", b""))
    log.append(Batch([], "young", b"hash", b""))
    with psycopg.connect(access.owner, autocommit=True) as owner:
        owner.execute(
            "UPDATE log.requests SET recorded_at = recorded_at - interval '8 days'"
            " WHERE request_id = 'old'"
        )
    assert log.forget_old_requests() == 1
    assert log.answered("old", b"hash") is None
    assert log.answered("young", b"hash") is not None
