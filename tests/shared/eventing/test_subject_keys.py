"""People's keys: made once, kept a while, destroyed for ever."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from shared.eventing import subject_keys
from shared.eventing.master_key import MasterKeys, MasterKeyUnknown, draw_master_key
from shared.eventing.recorder import Pool
from shared.eventing.subject_keys import KeyIsMissing, PersonIsForgotten, SubjectKeys
from tests.support.log import open_pool, prepare
from tests.support.postgres import Databases

MASTER = draw_master_key()


@pytest.fixture
def owner(databases: Databases) -> tuple[str, str]:
    access = databases("goals")
    prepare(access)
    return access.owner, access.runtime


@pytest.fixture
def pool(owner: tuple[str, str]) -> Iterator[Pool]:
    with open_pool(owner[1]) as pool:
        yield pool


def keys_of(pool: Pool, master: str = MASTER, *former: str) -> SubjectKeys:
    return SubjectKeys(pool, MasterKeys(master, former))


def fits(writing: object, reading: object) -> bool:
    nonce = b"n" * 12
    return reading.decrypt(nonce, writing.encrypt(nonce, b"so", b""), b"") == b"so"  # type: ignore[attr-defined]


def forget(pool: Pool, subject: str) -> None:
    with pool.connection() as connection:
        connection.execute("SELECT log.begin_erasure(%s::uuid, 1)", (subject,))


def counted(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for each connection that is taken from the pool."""
    taken: list[None] = []
    take = pool.connection
    monkeypatch.setattr(pool, "connection", lambda: taken.append(None) or take())
    return taken


def test_a_key_is_made_once_and_found_by_another_process(pool: Pool) -> None:
    li = uuid4().hex
    made = keys_of(pool).for_writing([li])[li]
    assert fits(made, keys_of(pool).for_reading([li])[li])
    assert fits(made, keys_of(pool).for_writing([li])[li])


def test_the_keys_of_thousands_are_made_with_two_queries_and_read_with_one(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {uuid4().hex for _ in range(3_000)}
    taken = counted(pool, monkeypatch)
    keys_of(pool).for_writing(people)
    assert len(taken) == 2
    keys = keys_of(pool)
    assert keys.for_reading(people).keys() == people
    keys.for_reading(people)
    assert len(taken) == 3


def test_no_more_keys_are_kept_in_memory_than_are_allowed(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject_keys, "MOST_KEPT", 10)
    keys = keys_of(pool)
    assert len(keys.for_writing({uuid4().hex for _ in range(25)})) == 25
    assert len(keys._kept) == 10


def test_a_key_is_not_kept_in_memory_for_ever(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject_keys, "KEPT_SECONDS", 0.0)
    keys, li = keys_of(pool), uuid4().hex
    keys.for_writing([li])
    forget(pool, li)
    assert keys.for_reading([li]) == {li: None}


def test_who_is_forgotten_has_no_key_to_read_with_and_gets_none_to_write_with(pool: Pool) -> None:
    keys, li = keys_of(pool), uuid4().hex
    keys.for_writing([li])
    forget(pool, li)
    keys.drop()
    assert keys.for_reading([li]) == {li: None}
    with pytest.raises(PersonIsForgotten):
        keys.for_writing([li])


def test_who_had_no_key_gets_none_after_being_forgotten(pool: Pool) -> None:
    li = uuid4().hex
    forget(pool, li)
    with pytest.raises(PersonIsForgotten):
        keys_of(pool).for_writing([li])


def test_a_key_that_is_neither_there_nor_destroyed_is_told_loudly(pool: Pool) -> None:
    with pytest.raises(KeyIsMissing):
        keys_of(pool).for_reading([uuid4().hex])


def test_another_master_key_opens_nothing(pool: Pool) -> None:
    li = uuid4().hex
    keys_of(pool).for_writing([li])
    with pytest.raises(MasterKeyUnknown, match="former master keys"):
        keys_of(pool, draw_master_key()).for_reading([li])


def test_after_rewrapping_the_former_master_key_is_no_longer_needed(pool: Pool) -> None:
    people = {uuid4().hex for _ in range(2_345)}
    made, new = keys_of(pool).for_writing(people), draw_master_key()
    forget(pool, sorted(people)[0])
    assert keys_of(pool, new, MASTER).rewrap() == 2_344
    assert keys_of(pool, new, MASTER).rewrap() == 0
    found = keys_of(pool, new).for_reading(people)
    assert all(fits(made[one], key) for one, key in found.items() if key is not None)
    assert [one for one, key in found.items() if key is None] == [sorted(people)[0]]


@pytest.mark.parametrize(
    "bringing_back",
    [
        "UPDATE log.subject_keys SET wrapped = 'x', destroyed_at = NULL",
        "DELETE FROM log.subject_keys",
        "TRUNCATE log.subject_keys",
    ],
)
def test_a_destroyed_key_comes_back_for_nobody(
    owner: tuple[str, str], pool: Pool, bringing_back: str
) -> None:
    forget(pool, uuid4().hex)
    with psycopg.connect(owner[0]) as connection, pytest.raises(psycopg.IntegrityError):
        connection.execute(bringing_back)  # type: ignore[arg-type]


@pytest.mark.parametrize("right", ["INSERT", "UPDATE", "DELETE", "TRUNCATE"])
def test_the_service_changes_keys_through_functions_only(pool: Pool, right: str) -> None:
    for table in ("subject_keys", "erasures", "erasing"):
        with pool.connection() as connection:
            row = connection.execute(
                "SELECT has_table_privilege(%s, %s)", (f"log.{table}", right)
            ).fetchone()
        assert row == (False,)


def test_the_requests_about_someone_forgotten_are_dropped_and_others_stay(pool: Pool) -> None:
    li = uuid4().hex
    sealed = b"{}\n{}\np1:" + li.encode() + b":name:AA"
    for request, stream, state in (("of li", 1, sealed), ("of others", 2, b"{}\n{}")):
        with pool.connection() as connection:
            connection.execute(
                "SELECT log.append_one(%s, '', '', %s::uuid, 1, 'f', 'n', %s)",
                (request, str(uuid4()) if stream else "", state),
            )
    forget(pool, li)
    with pool.connection() as connection:
        left = connection.execute("SELECT request_id FROM log.requests").fetchall()
    assert left == [("of others",)]


def test_another_master_key_is_taken_while_keys_are_in_use(pool: Pool) -> None:
    keys, li, wu, new = keys_of(pool), uuid4().hex, uuid4().hex, draw_master_key()
    before = keys.for_writing([li])[li]
    assert keys.left() == 0
    keys.take(MasterKeys(new, [MASTER]))
    assert keys.left() == 1
    keys.drop()
    assert fits(before, keys.for_reading([li])[li])
    keys.for_writing([wu])
    assert (keys.rewrap(), keys.left()) == (1, 0)
    assert keys_of(pool, new).for_reading([li, wu]).keys() == {li, wu}
