"""Facts with personal fields through journal, log and feed: sealed on the way in, opened out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from shared.contracts.records import Contract
from shared.eventing.asking import Asked
from shared.eventing.feeds import FeedReader
from shared.eventing.journal import Journal
from shared.eventing.master_key import MasterKeys, draw_master_key
from shared.eventing.recorder import Pool, PostgresRecorder
from shared.eventing.subject_keys import PersonIsForgotten, SubjectKeys
from shared.eventing.translation import Translation, published
from shared.eventing.vault import NoVault, Vault
from shared.eventing.verification import verify_log
from shared.kernel.actors import person
from shared.kernel.erased import ERASED
from shared.kernel.facts import WRITER, Fact
from tests.support.log import open_log
from tests.support.postgres import Databases

MASTER = MasterKeys(draw_master_key())


class Written(Fact, name="tests.Vault.Written", personal=("text",), about=WRITER):
    """Someone wrote something."""

    n: int
    text: str


class TextWritten(Contract, name="cairn.tests.vault.written.v1", audience="own"):
    """Someone wrote something."""

    n: int
    text: str


@dataclass(frozen=True)
class Book:
    texts: tuple[str, ...] = ()

    def after(self, fact: Fact) -> "Book":
        assert isinstance(fact, Written)
        return replace(self, texts=(*self.texts, fact.text))


TRANSLATION = Translation(published(Written, TextWritten, "texts"))


@dataclass
class Desk:
    """A log whose facts are written by people."""

    recorder: PostgresRecorder
    pool: Pool
    owner: str = ""

    def __post_init__(self) -> None:
        self.vault = Vault(SubjectKeys(self.pool, MASTER))
        self.journal = Journal(self.recorder, TRANSLATION.feed_of, self.vault)

    def another(self) -> "Desk":
        """The same log from another process: nothing in memory."""
        return Desk(self.recorder, self.pool)

    def write(self, who: UUID, book: UUID, *texts: str) -> None:
        facts = [Written(n=n, text=text) for n, text in enumerate(texts)]
        asked = Asked(str(uuid4()), person(who))
        self.journal.decide(asked, lambda work: work.change(Book, book, lambda _: facts) and None)

    def forget(self, who: UUID) -> None:
        with self.pool.connection() as connection:
            connection.execute("SELECT log.begin_erasure(%s, 1)", (who,))

    def told(self) -> list[Any]:
        stretch = FeedReader(self.pool, TRANSLATION, self.vault).stretch("texts", 0, 10_000)
        return [known.data.text for known in stretch.records]  # type: ignore[union-attr]

    def stored(self) -> bytes:
        with self.pool.connection() as connection:
            rows = connection.execute("SELECT state FROM log.facts ORDER BY position").fetchall()
        return b"\n".join(row[0] for row in rows)


@pytest.fixture
def desk(databases: Databases) -> Iterator[Desk]:
    access = databases("goals")
    with open_log(access) as recorder:
        yield Desk(recorder, recorder.pool, access.owner)


def test_what_people_write_is_stored_unreadable_and_told_as_written(desk: Desk) -> None:
    book = uuid4()
    desk.write(uuid4(), book, "one", "two")
    assert b"one" not in desk.stored()
    other = desk.another()
    assert other.journal.load(Book, book).state.texts == ("one", "two")
    assert [one.fact.text for one in other.journal.history(book)] == ["one", "two"]  # type: ignore[attr-defined]
    assert other.told() == ["one", "two"]


def test_after_forgetting_others_words_stay_and_the_stored_bytes_too(desk: Desk) -> None:
    li, wang, book = uuid4(), uuid4(), uuid4()
    desk.write(li, book, "of Li")
    desk.write(wang, book, "of Wang")
    before = desk.stored()
    desk.forget(li)
    other = desk.another()
    assert other.journal.load(Book, book).state.texts == (ERASED, "of Wang")
    assert other.journal.load_many(Book, [book])[book].state.texts == (ERASED, "of Wang")
    assert other.told() == [ERASED, "of Wang"]
    assert desk.stored() == before


def test_nothing_personal_is_recorded_about_someone_forgotten(desk: Desk) -> None:
    li, book = uuid4(), uuid4()
    desk.forget(li)
    with pytest.raises(PersonIsForgotten):
        desk.write(li, book, "of Li")
    assert desk.stored() == b""


def test_a_process_that_kept_the_key_and_the_aggregate_drops_both(desk: Desk) -> None:
    li, book = uuid4(), uuid4()
    desk.write(li, book, "of Li")
    desk.forget(li)
    desk.vault.keys.drop()
    desk.journal.drop()
    assert desk.journal.load(Book, book).state.texts == (ERASED,)


def test_many_writers_cost_two_queries_to_write_and_one_to_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = uuid4()
    for n in range(30):
        desk.write(uuid4(), book, str(n))
    other = desk.another()
    asked: list[object] = []
    stored = SubjectKeys._stored
    monkeypatch.setattr(
        SubjectKeys, "_stored", lambda keys, many: asked.append(many) or stored(keys, many)
    )
    assert len(other.told()) == 30
    assert len(asked) == 1
    again = desk.another()
    assert len(again.journal.history(book)) == 30
    assert len(asked) == 2


def test_a_key_that_was_lost_is_found_missing_and_a_destroyed_one_is_not(
    desk: Desk,
) -> None:
    li, book = uuid4(), uuid4()
    desk.write(li, book, "of Li")
    desk.forget(li)
    assert [one.what for one in verify_log(desk.pool) if one.exceptions] == []
    desk.write(uuid4(), book, "of Wang")
    with psycopg.connect(desk.owner, autocommit=True) as connection:
        connection.execute("DELETE FROM log.subject_keys WHERE wrapped IS NOT NULL")
    found = [one.what for one in verify_log(desk.pool) if one.exceptions]
    assert found == ["every personal field has its person's key, or that was destroyed"]


def test_without_keys_nothing_personal_is_stored(desk: Desk) -> None:
    keyless = Journal(desk.recorder, TRANSLATION.feed_of)
    asked = Asked("any", person(uuid4()))
    with pytest.raises(NoVault):
        keyless.decide(
            asked,
            lambda work: work.change(Book, uuid4(), lambda _: [Written(n=0, text="so")]) and None,
        )
