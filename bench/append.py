"""B1 and B2: appending, ordered and without holes, against raw writing that promises no order.

Ours is ``PostgresRecorder.append``, the making of the event included. The yardsticks write the same
rows, through the driver, into a table with the same columns and indexes whose order and times
nobody guards: INSERT with autocommit on a connection for each thread, and binary COPY.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool

from bench.measure import Measured, compared
from services.host.provisioning import Access, provision
from shared.eventing.migrations import LOG_MIGRATIONS, migrate
from shared.eventing.recorder import Batch, FeedEvent, PostgresRecorder

NAME = "goals.KeyResult.TargetRevised"
STATE = b"x" * 300
SINGLES = 800
LISTS = 10

RAW = """
CREATE TABLE IF NOT EXISTS raw (
    position bigserial PRIMARY KEY, stream uuid NOT NULL, version integer NOT NULL,
    feed text NOT NULL, name text NOT NULL, state bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (stream, version))
"""
INSERT = "INSERT INTO raw (stream, version, feed, name, state) VALUES (%s, %s, %s, %s, %b)"
COPY = "COPY raw (stream, version, feed, name, state) FROM STDIN (FORMAT binary)"
TYPES = ("uuid", "int4", "text", "text", "bytea")


def one_a_save(admin: str) -> Iterator[Measured]:
    """B1: one fact a save by 1 and by 8 threads; also against the library's own recorder."""
    with _recorder(admin, "bench_one_") as (recorder, conninfo):
        for threads, reach in ((1, "≥ 0.6"), (8, "≥ 0.9")):
            ours, raw, ratio = compared(
                lambda t=threads: _by(t, lambda n: _append_singles(recorder, n)),
                lambda t=threads: _by(t, lambda n: _insert_singles(conninfo, n)),
            )
            name = f"append, 1 a save, {threads} writer(s) / raw INSERT"
            yield Measured(f"B1/{threads}", name, ours, raw, ratio, "/s", reach)
        stock = _stock(conninfo)
        ours, other, ratio = compared(
            lambda: _append_singles(recorder, SINGLES), lambda: _stock_singles(stock, SINGLES)
        )
        yield Measured(
            "B1/stock", "append, 1 a save / the library's recorder", ours, other, ratio, "/s", "≥ 2"
        )
        stock.datastore.close()


def thousand_a_save(admin: str) -> Iterator[Measured]:
    """B2: a thousand facts a save against a raw binary COPY of the same rows."""
    with _recorder(admin, "bench_many_") as (recorder, conninfo):
        ours, raw, ratio = compared(lambda: _append_lists(recorder), lambda: _copy_lists(conninfo))
        yield Measured("B2", "append, 1,000 a save / raw COPY", ours, raw, ratio, "/s", "≥ 0.7")


@contextmanager
def _recorder(admin: str, prefix: str) -> Iterator[tuple[PostgresRecorder, str]]:
    access: Access = provision(admin, "goals", "bench", prefix)
    role = str(conninfo_to_dict(access.runtime)["user"])
    migrate(access.owner, [("log", LOG_MIGRATIONS)], role)
    conninfo = make_conninfo(access.runtime, options="-c search_path=scratch")
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA scratch")
        connection.execute(RAW)
    pool: Any = ConnectionPool(conninfo, max_size=10, kwargs={"autocommit": True}, open=True)
    with pool:
        recorder = PostgresRecorder(pool, conninfo)
        yield recorder, conninfo
        recorder.close()


def _by(threads: int, work: Callable[[int], int]) -> int:
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, [SINGLES // threads] * threads))


def _event(stream: UUID, version: int) -> FeedEvent:
    return FeedEvent(stream, version, NAME, STATE, "objectives")


def _append_singles(recorder: PostgresRecorder, count: int) -> int:
    stream = uuid4()
    for n in range(count):
        recorder.append(Batch([_event(stream, n + 1)]))
    return count


def _insert_singles(conninfo: str, count: int) -> int:
    stream = uuid4()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for n in range(count):
            connection.execute(INSERT, (stream, n + 1, "objectives", NAME, STATE))
    return count


def _append_lists(recorder: PostgresRecorder) -> int:
    stream = uuid4()
    for n in range(LISTS):
        recorder.append(Batch([_event(stream, n * 1_000 + k + 1) for k in range(1_000)]))
    return LISTS * 1_000


def _copy_lists(conninfo: str) -> int:
    stream = uuid4()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for n in range(LISTS):
            with connection.cursor().copy(COPY) as copy:
                copy.set_types(TYPES)
                for k in range(1_000):
                    version = n * 1_000 + k + 1
                    copy.write_row((stream, version, "objectives", NAME, STATE))
    return LISTS * 1_000


def _stock(conninfo: str) -> PostgresApplicationRecorder:
    told = conninfo_to_dict(conninfo)
    datastore = PostgresDatastore(
        dbname=str(told["dbname"]),
        host=str(told["host"]),
        port=str(told["port"]),
        user=str(told["user"]),
        password=str(told["password"]),
        schema="scratch",
    )
    recorder = PostgresApplicationRecorder(datastore, events_table_name="stock")
    recorder.create_table()
    return recorder


def _stock_singles(recorder: PostgresApplicationRecorder, count: int) -> int:
    stream = uuid4()
    for n in range(count):
        recorder.insert_events([StoredEvent(stream, n + 1, NAME, STATE)])
    return count
