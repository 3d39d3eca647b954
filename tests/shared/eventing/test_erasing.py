"""Who is forgotten is forgotten in every table, and nobody else; begun is finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shared.contracts.records import Contract
from shared.eventing import erasing, families
from shared.eventing.asking import Asked
from shared.eventing.erasing import Erasing, Forgetful, holding_personal
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import FeedReader, Known, OwnLog
from shared.eventing.followers import Follower
from shared.eventing.journal import Journal
from shared.eventing.listening import Listener
from shared.eventing.master_key import MasterKeys, draw_master_key
from shared.eventing.rebuild import rebuild
from shared.eventing.recorder import PostgresRecorder
from shared.eventing.subject_keys import SubjectKeys
from shared.eventing.tables import Tables, Timed
from shared.eventing.translation import Translation, published
from shared.eventing.vault import Vault
from shared.eventing.verification import verify_log, verify_tables
from shared.kernel.actors import service
from shared.kernel.erased import ERASED
from shared.kernel.facts import Fact
from tests.support.log import open_log
from tests.support.postgres import Databases

DDL = """
CREATE TABLE called (person uuid NOT NULL, name text, day text, during tstzrange NOT NULL);
CREATE UNIQUE INDEX called_now ON called (person) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON called (person, lower(during));
"""
CALLED = Timed("called", ("person",), ("name", "day"))
FORGOTTEN = "cairn.tests.erasing.gone.v1"


class Named(Fact, name="tests.Erasing.Named", personal=("name",)):
    """A person is called so."""

    name: str
    day: str


class Gone(Fact, name="tests.Erasing.Gone"):
    """A person is to be forgotten."""


class PersonNamed(Contract, name="cairn.tests.erasing.named.v1", audience="own"):
    """A person is called so."""

    name: str
    day: str


class PersonGone(Contract, name=FORGOTTEN):
    """A person is to be forgotten."""


class Someone:
    """Whoever it is: nothing is decided on it here."""

    def after(self, _fact: Fact) -> "Someone":
        return self


TRANSLATION = Translation(
    published(Named, PersonNamed, "people"), published(Gone, PersonGone, "people")
)


def project(tables: Tables, records: list[Known]) -> None:
    for known in records:
        if isinstance(known.data, PersonNamed):
            tables.change(CALLED, (known.stream,), known.recorded_at, **known.data.model_dump())


@dataclass
class House:
    """One service with a table of names, that forgets."""

    recorder: PostgresRecorder
    family: Family
    listener: Listener

    def __post_init__(self) -> None:
        self.pool = self.recorder.pool
        self.vault = Vault(SubjectKeys(self.pool, MasterKeys(MASTER)))
        self.journal = Journal(self.recorder, TRANSLATION.feed_of, self.vault)
        self.source = OwnLog(
            FeedReader(self.pool, TRANSLATION, self.vault), "people", self.listener
        )
        self.erasing = Erasing(self.pool, self.source, FORGOTTEN, self.replay, self.vault.keys.drop)

    def replay(self) -> None:
        for family in holding_personal([self.family], TRANSLATION):
            rebuild(self.pool, family, self.source)

    def record(self, person: UUID, *facts: Fact) -> None:
        asked = Asked(str(uuid4()), service("tests"))
        self.journal.decide(
            asked, lambda work: work.change(Someone, person, lambda _: facts) and None
        )

    def follow(self) -> None:
        Follower(self.pool, self.family, self.source).catch_up()

    def names(self) -> list[str]:
        with self.pool.connection() as connection:
            rows = connection.execute("SELECT name FROM called.called ORDER BY during").fetchall()
        return [row[0] for row in rows]

    def states(self) -> bytes:
        with self.pool.connection() as connection:
            rows = connection.execute("SELECT state FROM log.facts ORDER BY position").fetchall()
        return b"\n".join(row[0] for row in rows)


MASTER = draw_master_key()


@pytest.fixture
def house(databases: Databases, tmp_path: Path) -> Iterator[House]:
    ddl = tmp_path / "called.sql"
    ddl.write_text(DDL)
    family = Family("called", "people", ddl, project, catalogue(PersonNamed))
    access = databases("goals")
    with open_log(access) as recorder:
        with recorder.pool.connection() as connection:
            families.create(connection, family)
        listener = Listener(access.runtime, ("facts",)).start()
        try:
            yield House(recorder, family, listener)
        finally:
            listener.stop()


LI, WANG = uuid4(), uuid4()


def tell(house: House) -> None:
    house.record(LI, Named(name="Li", day="1"), Named(name="Li Ming", day="2"))
    house.record(WANG, Named(name="Wang", day="3"))
    house.follow()
    assert house.names() == ["Li", "Li Ming", "Wang"]


def test_every_row_of_the_forgotten_bears_marks_also_the_old_ones(house: House) -> None:
    tell(house)
    house.record(LI, Gone())
    before = house.states()
    assert house.erasing.step() == 1
    assert house.names() == [ERASED, ERASED, "Wang"]
    assert house.states() == before


def test_logs_and_tables_are_verified_as_before(house: House) -> None:
    tell(house)
    house.record(LI, Gone())
    house.erasing.step()
    house.follow()
    findings = [*verify_log(house.pool), *verify_tables(house.pool, house.family, house.source)]
    assert [one.what for one in findings if one.exceptions] == []


def test_what_happens_afterwards_is_followed_as_ever(house: House) -> None:
    tell(house)
    house.record(LI, Gone())
    house.erasing.step()
    house.record(WANG, Named(name="Wang Fang", day="4"))
    house.follow()
    assert house.names() == [ERASED, ERASED, "Wang", "Wang Fang"]


def test_what_was_seen_in_the_old_tables_is_seen_in_the_new_ones_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something happens, and is followed, just before the new tables take over."""
    tell(house)
    dress = families.dress

    def dress_late(*args: object, fully: bool) -> None:
        dress(*args, fully=fully)  # type: ignore[arg-type]
        if fully:
            house.record(WANG, Named(name="Wang Fang", day="4"))
            house.follow()

    monkeypatch.setattr(families, "dress", dress_late)
    house.record(LI, Gone())
    house.erasing.step()
    assert house.names() == [ERASED, ERASED, "Wang", "Wang Fang"]


def test_it_is_done_once(house: House) -> None:
    tell(house)
    house.record(LI, Gone())
    assert [house.erasing.step() for _ in range(3)] == [1, 0, 0]


def test_what_was_begun_when_the_process_ended_is_finished_by_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(house)
    house.record(LI, Gone())
    monkeypatch.setattr(house.erasing, "_replay", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        house.erasing.step()
    assert "Li" in house.names()
    again = House(house.recorder, house.family, house.listener)
    assert again.erasing.step() == 1
    assert house.names() == [ERASED, ERASED, "Wang"]


def test_a_log_that_was_restored_is_looked_through_anew(house: House) -> None:
    tell(house)
    house.erasing._stand_at(1_000)
    house.record(LI, Gone())
    assert [house.erasing.step() for _ in range(2)] == [0, 1]


def test_families_without_anything_personal_are_left_alone(house: House) -> None:
    other = Family("other", "people", house.family.ddl, project, catalogue(PersonGone))
    neighbours = Family("kpis", "kpis", house.family.ddl, project, catalogue(PersonNamed))
    assert holding_personal([other, neighbours, house.family], TRANSLATION) == [house.family]


def test_memory_is_dropped_at_a_notification_and_when_one_was_missed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "LOOKED_EVERY", -1.0)
    drops: list[str] = []
    forgetful = Forgetful(house.pool, lambda: drops.append("dropped"))
    forgetful.hear("")
    assert drops == []
    forgetful.hear(str(LI))
    assert len(drops) == 1
    tell(house)
    house.record(LI, Gone())
    house.erasing.step()
    forgetful.hear("")
    forgetful.hear("")
    assert len(drops) == 2


def test_the_feed_is_read_when_its_follower_came_across_someone_forgotten(house: House) -> None:
    tell(house)
    house.erasing.step()
    house.record(LI, Gone())
    assert house.erasing.step(wait_seconds=0.01) == 0
    assert "Li" in house.names(), "nobody has come across it yet"
    overheard = house.erasing.overheard(house.source)
    Follower(house.pool, house.family, overheard).catch_up()
    assert house.erasing.step(wait_seconds=5) == 1
    assert house.names() == [ERASED, ERASED, "Wang"]


def test_the_feed_is_read_now_and_then_though_nobody_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "LOOKED_EVERY", 0.01)
    tell(house)
    house.erasing.step()
    house.record(LI, Gone())
    assert sum(house.erasing.step(wait_seconds=0.1) for _ in range(2)) == 1


def test_what_could_not_be_finished_is_tried_again_at_the_next_step(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(house)
    house.erasing.step()
    house.record(LI, Gone())
    house.erasing.look()
    with monkeypatch.context() as broken:
        broken.setattr(house.erasing, "_replay", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            house.erasing.step(wait_seconds=5)
    assert house.erasing.step(wait_seconds=5) == 1
