"""Each promise of the log, kept by the log and seen to fail on one that was broken on purpose."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.host.provisioning import Access
from shared.eventing.group_commit import GroupCommit
from shared.eventing.migrations import LOG_MIGRATIONS
from shared.eventing.recorder import Batch, PostgresRecorder
from shared.eventing.verification import LOG_CHECKS, verify_log
from tests.support import log_promises as promised
from tests.support.log import broken, event, open_log, open_pool
from tests.support.postgres import Databases

Change = tuple[str, str]

# The clock is looked at before the lock is waited for.
EARLY: Change = ("clock_timestamp()),\n", "statement_timestamp()),\n")
# Nothing keeps an instant above the one before.
UNCHECKED: Change = ("greatest(coalesce((SELECT instant", "least(coalesce((SELECT instant")
NEXT_INSTANT: Change = ("head_time + interval '1 microsecond')", "'infinity')")
# Nobody looks for the answer of an earlier request, and its row is no obstacle.
FORGETFUL: Sequence[Change] = (
    ("IF request_id IS NOT NULL THEN\n        SELECT", "IF false THEN\n        SELECT"),
    ("IF cardinality(request_owners) > 0 THEN\n        SELECT", "IF false THEN\n        SELECT"),
    (
        "VALUES (request_id, body_hash, new_answer, first, last, recorded)",
        "VALUES (request_id, body_hash, new_answer, first, last, recorded) ON CONFLICT DO NOTHING",
    ),
    (
        "<> ALL (left_out);\n    END IF;\n    IF w",
        "<> ALL (left_out) ON CONFLICT DO NOTHING;\n    END IF;\n    IF w",
    ),
)
# A fact follows the last of its own feed only by chance.
UNCHAINED: Sequence[Change] = (
    ("IF head_feed = feed THEN", "IF head_feed IS NOT NULL THEN"),
    ("OVER (PARTITION BY u.feed ORDER BY u.n)", "OVER (ORDER BY u.n)"),
)
UNGUARDED: Change = ("IF cardinality(guard_owners) > 0 THEN", "IF false THEN")
DISARMED: Change = ("ENABLE ALWAYS TRIGGER never_", "ENABLE TRIGGER never_")


class Opened:
    """Logs made for one test, sound or broken, each with as many writing processes as asked."""

    def __init__(self, databases: Databases, folder: Path, stack: ExitStack) -> None:
        self._databases, self._folder, self._stack = databases, folder, stack

    def __call__(self, *changes: Change, writers: int = 1) -> tuple[Access, list[PostgresRecorder]]:
        access = self._databases("goals")
        files = broken(self._folder, *changes) if changes else LOG_MIGRATIONS
        first = self._stack.enter_context(open_log(access, files))
        others = [self._another(access) for _ in range(writers - 1)]
        return access, [first, *others]

    def _another(self, access: Access) -> PostgresRecorder:
        pool = self._stack.enter_context(open_pool(access.runtime))
        recorder = PostgresRecorder(pool, access.runtime)
        self._stack.callback(recorder.close)
        return recorder


@pytest.fixture
def log(databases: Databases, tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        yield Opened(databases, tmp_path, stack)


one_and_several = pytest.mark.parametrize("count", [1, 3], ids=["one fact", "several"])


@one_and_several
@pytest.mark.parametrize(
    ("check", "changes", "says"),
    [
        (promised.time_rises, (EARLY, UNCHECKED, NEXT_INSTANT), "went back"),
        (promised.a_clock_set_back_does_no_harm, (UNCHECKED, NEXT_INSTANT), "went back"),
        (promised.a_feed_is_complete_through_what_it_says, (EARLY,), "told to be complete"),
    ],
)
def test_recorded_time_rises_and_what_is_told_complete_is(
    log: Opened, check: Callable[..., None], changes: Sequence[Change], says: str, count: int
) -> None:
    access, (sound,) = log()
    check(access, sound, count)
    access, (unsound,) = log(*changes)
    with pytest.raises(AssertionError, match=says):
        check(access, unsound, count)


@one_and_several
def test_a_repeated_request_is_answered_from_the_request_row(log: Opened, count: int) -> None:
    _, sound = log(writers=2)
    promised.a_request_is_recorded_once(sound, count)
    _, unsound = log(*FORGETFUL, writers=2)
    with pytest.raises(AssertionError, match=r"recorded \d+ facts of"):
        promised.a_request_is_recorded_once(unsound, count)


def test_a_guard_refuses_when_what_was_read_has_moved(log: Opened) -> None:
    _, sound = log(writers=2)
    promised.of_two_that_exclude_each_other_one_is_decided(sound)
    _, unsound = log(UNGUARDED, writers=2)
    with pytest.raises(AssertionError, match="2 of two that exclude each other"):
        promised.of_two_that_exclude_each_other_one_is_decided(unsound)


class Careless(Batch):
    """Does not mind what happens to what it has read."""

    def touched(self) -> set[object]:
        return {one.originator_id for one in self.events}


def test_those_who_are_recorded_together_stay_apart(
    log: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, (sound,) = log()
    promised.of_two_in_one_group_that_exclude_each_other_one_is_recorded(sound)
    with pytest.raises(AssertionError, match="of two that exclude each other"):
        promised.of_two_in_one_group_that_exclude_each_other_one_is_recorded(sound, Careless)
    _, (sound,) = log()
    promised.one_bad_request_fails_alone(sound)

    def blame_all(_commit: object, group: Sequence[Any], error: Exception) -> None:
        for waiting in group:
            waiting.error = error
            waiting.done.release()

    monkeypatch.setattr(GroupCommit, "_isolate", blame_all)
    _, (unsound,) = log()
    with pytest.raises(AssertionError, match="those who waited together"):
        promised.one_bad_request_fails_alone(unsound)


def test_a_feed_names_the_fact_before(log: Opened) -> None:
    _, (sound,) = log()
    promised.each_feed_is_whole(sound)
    for change in UNCHAINED:
        _, (unsound,) = log(change)
        with pytest.raises(AssertionError, match="a gap"):
            promised.each_feed_is_whole(unsound)


def test_facts_stand_against_a_superuser(log: Opened, postgres: str) -> None:
    access, (sound,) = log()
    promised.facts_stand_against_a_superuser(access, postgres, sound)
    access, (unsound,) = log(DISARMED)
    with pytest.raises(AssertionError, match="a superuser could: UPDATE"):
        promised.facts_stand_against_a_superuser(access, postgres, unsound)
    assert findings(unsound) == {"the triggers that refuse changes are armed": 3}


def findings(log: PostgresRecorder) -> dict[str, int]:
    """What verification says is wrong with a log, and how often."""
    return {one.what: one.exceptions for one in verify_log(log.pool) if one.exceptions}


ARMED, UNWRITABLE = list(LOG_CHECKS)[-2:]
TAMPERINGS: dict[str, tuple[str, set[str]]] = {
    "a fact was taken out": (
        "DELETE FROM log.facts WHERE position = 2",
        {
            "positions are 1, 2, 3 … without holes",
            "every stream's versions are 1, 2, 3 …",
            "each feed names the position before",
        },
    ),
    "a fact was backdated": (
        "UPDATE log.facts SET recorded_at = recorded_at - interval '1 day' WHERE position = 3",
        {"recorded time rises with every position"},
    ),
    "a fact was moved to another feed": (
        "UPDATE log.facts SET feed = 'sticks', previous = 0 WHERE position = 5",
        {"a stream stays on one feed"},
    ),
    "a feed was told to pass over a fact": (
        "UPDATE log.facts SET previous = 0 WHERE position = 3",
        {"each feed names the position before"},
    ),
    "a trigger was disarmed": ("ALTER TABLE log.facts DISABLE TRIGGER never_emptied", {ARMED}),
    "a trigger skips those who replicate": (
        "ALTER TABLE log.facts ENABLE TRIGGER never_altered",
        {ARMED},
    ),
    "a trigger was taken away": ("DROP TRIGGER never_altered ON log.facts", {ARMED}),
    "a rehearsal can be hidden": ("DROP TRIGGER rehearsal_is_marked ON log.rehearsal", {ARMED}),
    "the service may write": ("GRANT INSERT ON log.facts TO {service}", {UNWRITABLE}),
    "the service may alter a column": (
        "GRANT UPDATE (state) ON log.facts TO {service}",
        {UNWRITABLE},
    ),
    "the service may forget requests": ("GRANT DELETE ON log.requests TO {service}", {UNWRITABLE}),
}


@pytest.mark.parametrize(("tampering", "noticed"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_verification_notices(log: Opened, tampering: str, noticed: set[str]) -> None:
    access, (recorder,) = log()
    one, other = uuid4(), uuid4()
    for stream, version in ((one, 1), (one, 2), (one, 3), (other, 1), (other, 2)):
        recorder.append(Batch([event(stream, version)]))
    assert findings(recorder) == {}
    service: Any = psycopg.conninfo.conninfo_to_dict(access.runtime)["user"]
    with psycopg.connect(access.owner, autocommit=True) as owner, unarmed(owner, tampering):
        owner.execute(tampering.format(service=service))  # type: ignore[call-overload]
    assert set(findings(recorder)) == noticed


@contextmanager
def unarmed(owner: psycopg.Connection[Any], tampering: str) -> Iterator[None]:
    """Who would alter a fact lays the trigger down first, and puts it back afterwards."""
    alters_a_fact = tampering.startswith(("UPDATE", "DELETE"))
    if alters_a_fact:
        owner.execute("ALTER TABLE log.facts DISABLE TRIGGER never_altered")
    yield
    if alters_a_fact:
        owner.execute("ALTER TABLE log.facts ENABLE ALWAYS TRIGGER never_altered")
