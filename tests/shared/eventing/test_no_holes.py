"""Six writers at once: a reader that follows by position never passes over a fact.

The same check goes red against a log that hands out positions without its lock.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import pairwise
from threading import Event
from uuid import uuid4

import psycopg
from psycopg import Connection

from services.host.provisioning import Access
from shared.eventing.recorder import Batch, PostgresRecorder
from tests.support.log import event, open_pool, prepare
from tests.support.postgres import Databases

WRITERS, ROUNDS = 6, 60
Write = Callable[[int], None]

UNLOCKED = """
CREATE SEQUENCE log.unlocked_position;
GRANT USAGE ON log.unlocked_position TO PUBLIC;
CREATE FUNCTION log.unlocked_append(stream uuid, version int, name text, state bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE taken bigint := nextval('log.unlocked_position'); at timestamptz;
BEGIN
    PERFORM pg_sleep(random() * 0.002);
    at := clock_timestamp();
    PERFORM pg_sleep(random() * 0.004);
    INSERT INTO log.facts VALUES (taken, 0, stream, version, 'stones', name, state, at);
END $$;
GRANT EXECUTE ON FUNCTION log.unlocked_append TO PUBLIC;
"""


def _followed(conninfo: str, writing: Event) -> list[tuple[int, datetime]]:
    """What a follower sees that always asks for what comes after its last position."""
    seen: list[tuple[int, datetime]] = []
    with psycopg.connect(conninfo, autocommit=True) as connection:
        while True:
            ended = not writing.is_set()
            rows = connection.execute(
                "SELECT position, recorded_at FROM log.facts WHERE position > %s"
                " ORDER BY position LIMIT 50",
                (seen[-1][0] if seen else 0,),
            ).fetchall()
            seen.extend((row[0], row[1]) for row in rows)
            if ended and not rows:
                return seen


def _committed(conninfo: str) -> list[tuple[int, datetime]]:
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute(
            "SELECT position, recorded_at FROM log.facts ORDER BY position"
        ).fetchall()
    return [(row[0], row[1]) for row in rows]


def _written_while_followed(conninfo: str, write: Write) -> list[tuple[int, datetime]]:
    writing = Event()
    writing.set()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        following = threads.submit(_followed, conninfo, writing)
        list(threads.map(write, range(WRITERS)))
        writing.clear()
        return following.result()


def _mixed(access: Access, recorders: list[PostgresRecorder]) -> Write:
    """Writers of other shapes: single facts, lists, lists over two feeds, and refused ones."""

    def write(n: int) -> None:
        recorder, mine, taken = recorders[n % len(recorders)], uuid4(), uuid4()
        recorder.append(Batch([event(taken, 1)]))
        for i in range(ROUNDS):
            if n % 3 == 0:
                recorder.append(Batch([event(mine, i + 1)], f"{n}-{i}", b"", b""))
            elif n % 3 == 1:
                recorder.append(Batch([event(mine, i * 20 + k + 1) for k in range(20)]))
            else:
                feeds = ("stones", "sticks")
                recorder.append(Batch([event(uuid4(), 1, feeds[k % 2]) for k in range(5)]))
                recorder.append(Batch([event(taken, 1)]))

    return write


def test_every_committed_fact_is_seen_once_in_order_and_time_rises(databases: Databases) -> None:
    access = databases("goals")
    prepare(access)
    with open_pool(access.runtime) as one, open_pool(access.runtime) as other:
        # two writing threads, as two processes of one service would have
        recorders = [PostgresRecorder(pool, access.runtime) for pool in (one, other)]
        seen = _written_while_followed(access.runtime, _mixed(access, recorders))
        for recorder in recorders:
            recorder.close()
    assert seen == _committed(access.runtime)
    assert [position for position, _ in seen] == list(range(1, len(seen) + 1))
    instants = [instant for _, instant in seen]
    assert all(a < b for a, b in pairwise(instants))


def test_the_check_goes_red_without_the_lock(databases: Databases) -> None:
    access = databases("goals")
    prepare(access)
    with psycopg.connect(access.owner, autocommit=True) as owner:
        owner.execute(UNLOCKED)

    def write(_n: int) -> None:
        with psycopg.connect(access.runtime, autocommit=True) as connection:
            for _ in range(ROUNDS):
                _append_unlocked(connection)

    seen = _written_while_followed(access.runtime, write)
    committed = _committed(access.runtime)
    assert len(committed) == WRITERS * ROUNDS
    assert len(seen) < len(committed), "the reader passed over facts, as it must without a lock"
    instants = [instant for _, instant in committed]
    assert any(a >= b for a, b in pairwise(instants)), "time went back"


def _append_unlocked(connection: Connection[tuple[object, ...]]) -> None:
    one = event(uuid4(), 1)
    connection.execute(
        "SELECT log.unlocked_append(%s, %s, %s, %s)",
        (one.originator_id, one.originator_version, one.topic, one.state),
    )
