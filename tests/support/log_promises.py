"""What the log promises, each promise as a check: a sound log passes it, a broken one fails it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
from psycopg import Connection

from services.host.provisioning import Access
from shared.eventing.feeds import FeedReader
from shared.eventing.journal import Journal, Work
from shared.eventing.recorder import Batch, FeedEvent, Outcome, PostgresRecorder
from shared.eventing.rehearsal import Rehearsal
from shared.kernel.facts import Fact
from tests.support.children import until
from tests.support.log import TRANSLATION, Piled, asked, event

LOCK = 7_203_921  # what every append takes first
WAITING = (
    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
    " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
)
APPEND_ONE = "SELECT first FROM log.append_one(NULL, '', '', %s, 1, 'stones', 'any', '{}')"


@contextmanager
def held_back(
    conninfo: str, append: Callable[[], object], lock: str = "pg_advisory_xact_lock"
) -> Iterator[tuple[Connection[tuple[object, ...]], Future[object]]]:
    """An append that waits for the log's lock until the block ends, and who holds it meanwhile."""
    with (
        ThreadPoolExecutor(1) as thread,
        psycopg.connect(conninfo, autocommit=True) as looking,
        psycopg.connect(conninfo) as holder,
    ):
        holder.execute(f"SELECT {lock}({LOCK})")
        append_under_way = thread.submit(append)
        until(lambda: looking.execute(WAITING).fetchone() == (1,), what="an append that waits")
        yield holder, append_under_way
        holder.commit()
        append_under_way.result()


def instants(conninfo: str) -> list[datetime]:
    """When each fact was recorded, in the order of the log."""
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute("SELECT recorded_at FROM log.facts ORDER BY position").fetchall()
    return [row[0] for row in rows]


def some(count: int, request: str | None = None) -> Batch:
    """So many facts in streams of their own: one goes its own way, several go together."""
    return Batch([event(uuid4(), 1) for _ in range(count)], request, b"hash", b"the answer")


def time_rises(access: Access, log: PostgresRecorder, count: int) -> None:
    """Who waited for the lock is recorded after who had it, though its request came before."""
    with held_back(access.runtime, lambda: log.append(some(count))) as (holder, _):
        holder.execute(APPEND_ONE, (uuid4(),))
    assert len(found := instants(access.runtime)) == 1 + count
    assert all(a < b for a, b in pairwise(found)), "recorded time went back"


def a_clock_set_back_does_no_harm(access: Access, log: PostgresRecorder, count: int) -> None:
    """When the machine's clock is stepped back by a day, recorded time still rises."""
    with Rehearsal(access.owner) as clock:
        now = datetime.fromisoformat("2026-07-01T09:00:00+08:00")
        for instant in (now, now - timedelta(days=1)):
            clock.show(instant)
            log.append(some(count))
    assert all(a < b for a, b in pairwise(instants(access.runtime))), "recorded time went back"


def a_feed_is_complete_through_what_it_says(
    access: Access, log: PostgresRecorder, count: int
) -> None:
    """Nothing is recorded at an instant for which readers were told that they know everything."""
    shared = "pg_advisory_xact_lock_shared"
    with held_back(access.runtime, lambda: log.append(some(count)), shared) as (holder, _):
        told = holder.execute("SELECT complete_through FROM log.head('stones')").fetchone()
    assert told is not None
    assert told[0] < instants(access.runtime)[0], "recorded before what was told to be complete"


def a_request_is_recorded_once(logs: Sequence[PostgresRecorder], count: int) -> None:
    """However often, by however many and through however many processes it is repeated."""
    once = [log.append(some(count, "one after the other")) for log in (*logs, *logs)]
    with ThreadPoolExecutor(8) as threads:
        repeated = range(16)
        at_once = list(
            threads.map(lambda n: logs[n % len(logs)].append(some(count, "at once")), repeated)
        )
    recorded = logs[0].max_notification_id()
    assert recorded == 2 * count, f"recorded {recorded} facts of {2 * count}"
    for outcomes in (once, at_once):
        assert sorted({o.kind for o in outcomes}) == ["recorded", "repeated"]
        assert {(o.first, o.last, o.answer) for o in outcomes} == {
            (outcomes[0].first, outcomes[0].last, b"the answer")
        }


def each_feed_is_whole(log: PostgresRecorder) -> None:
    """Who follows one of two feeds is told of no gap and misses nothing."""
    feeds = ("stones", "sticks", "sticks", "stones", "stones", "sticks")
    for feed in feeds:
        log.append(Batch([event(uuid4(), 1, feed)]))
    log.append(Batch([event(uuid4(), 1, feed) for feed in feeds]))
    for feed in ("stones", "sticks"):
        records = FeedReader(log.pool, TRANSLATION).stretch(feed, 0, 100).records
        assert len(records) == 6
        assert records[0].previous == 0, "a gap before the first"
        assert all(a.position == b.previous for a, b in pairwise(records)), "a gap between two"


@dataclass(frozen=True)
class Spot:
    """A place for one stone."""

    taken: bool = False

    def take(self) -> Iterator[Fact]:
        """Lay the stone."""
        yield Piled(stone="the only one")

    def after(self, fact: Fact) -> "Spot":
        """The place once this is known."""
        return Spot(taken=True)


def of_two_that_exclude_each_other_one_is_decided(logs: Sequence[PostgresRecorder]) -> None:
    """Each takes its place only while the other's is free; both look before either decides."""
    spots, together = [uuid4(), uuid4()], Barrier(2)

    def decide(log: PostgresRecorder, own: UUID, other: UUID) -> None:
        tries: list[bool] = []

        def decision(work: Work) -> None:
            tries.append(work.load(Spot, other).taken)
            if len(tries) == 1:
                together.wait(10)
            if not tries[-1]:
                work.change(Spot, own, lambda spot: spot.take())

        Journal(log, TRANSLATION.feed_of).decide(asked(f"take {own}"), decision)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(decide, logs, spots, reversed(spots)))
    decided = sum(bool(logs[0].select_events(spot)) for spot in spots)
    assert decided == 1, f"{decided} of two that exclude each other were decided"


def in_one_group(log: PostgresRecorder, batches: Sequence[Batch]) -> list[Outcome | Exception]:
    """What becomes of batches that wait behind a first one, until they are recorded in one go."""

    def append(batch: Batch) -> Outcome | Exception:
        try:
            return log.append(batch)
        except Exception as error:  # noqa: BLE001 - it is looked at
            return error

    with ThreadPoolExecutor(len(batches)) as threads:
        with held_back(log.conninfo, lambda: log.append(some(1))):
            asked_together = []
            for n, batch in enumerate(batches, 1):
                asked_together.append(threads.submit(append, batch))
                until(lambda n=n: log._writer.waiting == n, what="a batch that waits")
        return [one.result() for one in asked_together]


def one_bad_request_fails_alone(log: PostgresRecorder) -> None:
    """Neither what the database refuses nor what cannot be sent to it takes its group along."""
    stream = uuid4()
    unstorable = FeedEvent(stream, 1, "a name with a \0", b"{}", "stones")
    unsendable = FeedEvent(stream, 2**40, "a name", b"{}", "stones")
    batches = [some(1), Batch([unstorable]), some(2), Batch([unsendable]), some(1, "asked")]
    kinds = [getattr(one, "kind", "failed") for one in in_one_group(log, batches)]
    wanted = ["recorded", "failed", "recorded", "failed", "recorded"]
    assert kinds == wanted, f"those who waited together: {kinds}"
    assert log.max_notification_id() == 5


def of_two_in_one_group_that_exclude_each_other_one_is_recorded(
    log: PostgresRecorder, kind: type[Batch] = Batch
) -> None:
    """Each writes what the other has only read; they wait together and are recorded apart."""
    here, there = uuid4(), uuid4()
    batches = [
        kind([event(here, 1)], guards=[(there, 0)]),
        kind([event(there, 1)], guards=[(here, 0)]),
    ]
    kinds = [getattr(one, "kind", "failed") for one in in_one_group(log, batches)]
    assert kinds == ["recorded", "moved"], f"of two that exclude each other: {kinds}"


def facts_stand_against_a_superuser(access: Access, admin: str, log: PostgresRecorder) -> None:
    """Not even who skips ordinary triggers alters, deletes or empties."""
    log.append(some(1))
    database = str(psycopg.conninfo.conninfo_to_dict(access.owner)["dbname"])
    with psycopg.connect(psycopg.conninfo.make_conninfo(admin, dbname=database)) as superuser:
        superuser.execute("SET session_replication_role = 'replica'")
        for change in (
            "UPDATE log.facts SET version = 7",
            "DELETE FROM log.facts",
            "TRUNCATE log.facts",
        ):
            assert _is_refused(superuser, change), f"a superuser could: {change}"


def _is_refused(connection: Connection[tuple[object, ...]], change: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(change)  # type: ignore[call-overload]
    except psycopg.errors.IntegrityError:
        return True
    return False
