"""Rows that the server opens itself are those that a replay record by record would have opened."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Literal
from uuid import UUID

import pytest
from psycopg import sql
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.contracts.records import Contract
from shared.eventing import families, openings
from shared.eventing import rebuild as rebuilding
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import FeedReader, Known, OwnLog
from shared.eventing.listening import Listener
from shared.eventing.mapper import encode
from shared.eventing.openings import taken_by_server
from shared.eventing.others import Others
from shared.eventing.rebuild import rebuild
from shared.eventing.recorder import Batch, FeedEvent, PostgresRecorder
from shared.eventing.tables import Opening, Tables, Timed
from shared.eventing.translation import Translation, published
from shared.eventing.verification import verify_tables
from shared.kernel.actors import Actor, service
from shared.kernel.facts import Envelope, Fact
from tests.support.log import event, open_log
from tests.support.postgres import Databases

DDL = """
CREATE TABLE stone (
    stone uuid NOT NULL, rank bigint NOT NULL, kind text NOT NULL, weight numeric NOT NULL,
    day date, hill uuid NOT NULL, seen_from jsonb, marks jsonb, told text, height int,
    heavy boolean, laid_by text NOT NULL, laid_for text, cause text, told_at timestamptz NOT NULL,
    gone boolean NOT NULL, during tstzrange NOT NULL
);
CREATE UNIQUE INDEX stone_now ON stone (stone) WHERE upper_inf(during);
CREATE UNIQUE INDEX stone_since ON stone (stone, lower(during));
CREATE TABLE shadow (
    cairn uuid NOT NULL, version int NOT NULL, stone uuid NOT NULL, long boolean NOT NULL,
    during tstzrange NOT NULL
);
CREATE UNIQUE INDEX shadow_now
    ON shadow (cairn, version)
    WHERE upper_inf(during);
CREATE UNIQUE INDEX shadow_since ON shadow (cairn, version, lower(during));
CREATE INDEX shadow_of ON shadow (stone);
CREATE TABLE mending (position bigint PRIMARY KEY, stone uuid NOT NULL);
"""
STONE = Timed(
    "stone",
    ("stone",),
    (
        "rank",
        "kind",
        "weight",
        "day",
        "hill",
        "seen_from",
        "marks",
        "told",
        "height",
        "heavy",
        "laid_by",
        "laid_for",
        "cause",
        "told_at",
        "gone",
    ),
)
SHADOW = Timed("shadow", ("cairn", "version"), ("stone", "long"))


class Place(BaseModel):
    """Where a stone lies, or is seen from."""

    model_config = ConfigDict(frozen=True)

    hill: UUID
    name: str | None = None


class Laid(Fact, name="tests.Openings.Laid", schema=2):
    """A stone was laid; the first schema said its weight in grams."""

    stone: UUID
    kind: Literal["flat", "round"]
    weight: Decimal
    day: date | None
    place: Place
    seen_from: Place | None
    marks: tuple[str, ...] | None
    told: str | None
    height: int | None
    heavy: bool | None

    @classmethod
    def upcast(cls, body: dict[str, Any], stored_version: int) -> dict[str, Any]:
        """Kilograms."""
        return {**body, "weight": str(Decimal(body["weight"]) / 1000)}


class Mended(Fact, name="tests.Openings.Mended"):
    """A stone was mended."""

    stone: UUID
    weight: Decimal
    told: str


class Taken(Fact, name="tests.Openings.Taken"):
    """A stone was taken away."""

    stone: UUID


class StoneLaid(Contract, name="cairn.tests.openings.laid.v1"):
    """A stone was laid."""

    stone: UUID
    kind: Literal["flat", "round"]
    weight: Decimal
    day: date | None
    place: Place
    seen_from: Place | None
    marks: tuple[str, ...] | None
    told: str | None
    height: int | None = Field(ge=-(2**31), le=2**31 - 1)
    heavy: bool | None


class StoneMended(Contract, name="cairn.tests.openings.mended.v1"):
    """A stone was mended."""

    stone: UUID
    weight: Decimal
    told: str


class StoneTaken(Contract, name="cairn.tests.openings.taken.v1"):
    """A stone was taken away."""

    stone: UUID


TRANSLATION = Translation(
    published(Laid, StoneLaid, "cairns"),
    published(Mended, StoneMended, "cairns"),
    published(Taken, StoneTaken, "cairns"),
)
FIRST_LAID = Opening(
    STONE,
    {
        "stone": "data.stone",
        "rank": "position",
        "kind": "data.kind",
        "weight": "data.weight",
        "day": "data.day",
        "hill": "data.place.hill",
        "seen_from": "data.seen_from",
        "marks": "data.marks",
        "told": "data.told",
        "height": "data.height",
        "heavy": "data.heavy",
        "laid_by": "actor",
        "laid_for": "on_behalf_of",
        "cause": "cause",
        "told_at": "recorded_at",
    },
    gone=False,
)
FIRST_SHADOW = Opening(
    SHADOW, {"cairn": "stream", "version": "version", "stone": "data.stone"}, long=True
)
TEXTS = [
    "",
    " ",
    "flat",
    "\\",
    "\\N",
    "\\.",
    "tab\tline\nreturn\r\x08\x01\x7f",
    'said "so"',
    "it's",
    "null",
    "{0} %s %(a)s :a",
    "山上的石头",
    "𝄞 \u2028 \ufeff é e\u0301",
    "[erased]",
    '","marks":[',
]
WEIGHTS = ["0", "-0.00", "1.50", "1E+30", "-1E-20", "123456789012345678901234567890.0123456789"]
DAYS = [None, date.min, date.max, date(2024, 2, 29), date(1900, 1, 1)]
HEIGHTS = [None, 0, -(2**31), 2**31 - 1]
HAPPENINGS = {"laid": 9, "laid of old": 2, "mended": 5, "taken": 2, "elsewhere": 2}
CAUSES = [None, "directory:7", 'a "cause"\\']


def project(tables: Tables, records: Sequence[Known]) -> None:
    """What is said of stones that lie already."""
    for known in records:
        at = known.recorded_at
        match known.data:
            case StoneMended(told="poison"):
                raise ValueError("this can't be shown")
            case StoneMended(stone=stone, weight=weight, told=told):
                tables.change(STONE, (stone,), at, weight=weight, told=told, laid_by=known.actor)
                tables.insert("mending", {"position": known.position, "stone": stone})
            case StoneTaken(stone=stone) if stone.int % 2:
                tables.change(STONE, (stone,), at, gone=True)
            case StoneTaken(stone=stone):
                tables.end(STONE, (stone,), at)


class Log:
    """A log of cairns and of other things, told fact by fact."""

    def __init__(self, recorder: PostgresRecorder, seed: int) -> None:
        self.recorder, self.random = recorder, Random(seed)
        self.versions: dict[UUID, int] = {}
        self.cairns = [self._id() for _ in range(5)]
        self.stones: list[tuple[UUID, UUID]] = []

    def tell(self, cairn: UUID, fact: Fact, state: bytes | None = None) -> None:
        """One more fact of a cairn, perhaps stored as other bytes."""
        self.versions[cairn] = self.versions.get(cairn, 0) + 1
        told = state or encode(fact, self._envelope())
        new = FeedEvent(cairn, self.versions[cairn], fact.stored_name, told, "cairns")
        assert self.recorder.append(Batch([new])).kind == "recorded"

    def lay(self, cairn: UUID, **fields: Any) -> UUID:
        """A stone like no other."""
        stone = self._laid(**fields)
        self.tell(cairn, stone)
        self.stones.append((cairn, stone.stone))
        return stone.stone

    def lay_of_old(self, cairn: UUID) -> None:
        """A stone as the first schema stored it, in grams."""
        stone = self._laid(weight=Decimal(1500))
        state = encode(stone, self._envelope()).replace(b'{"_v":2,', b'{"_v":1,', 1)
        self.tell(cairn, stone, state)
        self.stones.append((cairn, stone.stone))

    def happen(self, times: int) -> None:
        """Anything, so many times."""
        for _ in range(times):
            cairn = self.random.choice(self.cairns)
            match self.random.choices(list(HAPPENINGS), list(HAPPENINGS.values()))[0]:
                case "laid":
                    self.lay(cairn)
                case "laid of old":
                    self.lay_of_old(cairn)
                case "mended" if self.stones:
                    cairn, stone = self.random.choice(self.stones)
                    self.tell(cairn, Mended(stone=stone, weight=self._weight(), told=self._text()))
                case "taken" if self.stones:
                    cairn, stone = self.stones.pop(self.random.randrange(len(self.stones)))
                    self.tell(cairn, Taken(stone=stone))
                case _:
                    self.recorder.append(Batch([event(self._id(), 1)]))

    def _laid(self, **fields: Any) -> Laid:
        pick = self.random.choice
        says: dict[str, Any] = {
            "stone": self._id(),
            "kind": pick(["flat", "round"]),
            "weight": self._weight(),
            "day": pick(DAYS),
            "place": Place(hill=self._id(), name=pick([None, self._text()])),
            "seen_from": pick([None, Place(hill=self._id(), name=pick([None, self._text()]))]),
            "marks": pick([None, (), (self._text(), self._text())]),
            "told": pick([None, self._text()]),
            "height": pick(HEIGHTS),
            "heavy": pick([None, True, False]),
        }
        return Laid(**{**says, **fields})

    def _envelope(self) -> Envelope:
        someone = Actor(kind="person", id=str(self._id()), delegation="a week")
        actor = self.random.choice([someone, service("import", self._text()), service('"it"')])
        return Envelope(actor=actor, cause=self.random.choice(CAUSES))

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _text(self) -> str:
        return self.random.choice(TEXTS)

    def _weight(self) -> Decimal:
        return Decimal(self.random.choice(WEIGHTS))


@pytest.fixture
def recorder(databases: Databases) -> Iterator[PostgresRecorder]:
    with open_log(databases("goals")) as made:
        yield made


@pytest.fixture
def log(recorder: PostgresRecorder, request: pytest.FixtureRequest) -> Log:
    return Log(recorder, getattr(request, "param", 0))


@pytest.fixture
def source(recorder: PostgresRecorder) -> Iterator[OwnLog]:
    listener = Listener(recorder.conninfo, ("facts",)).start()
    yield OwnLog(FeedReader(recorder.pool, TRANSLATION), "cairns", listener)
    listener.stop()


@pytest.fixture
def family(tmp_path: Path, recorder: PostgresRecorder) -> Family:
    ddl = tmp_path / "cairns.sql"
    ddl.write_text(DDL)
    made = Family(
        "cairns",
        "cairns",
        ddl,
        project,
        catalogue(StoneLaid, StoneMended, StoneTaken),
        {StoneLaid: (FIRST_LAID, FIRST_SHADOW)},
    )
    with recorder.pool.connection() as connection:
        families.create(connection, made)
    return made


@pytest.fixture(autouse=True)
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many stretches and batches in little time."""
    monkeypatch.setattr(openings, "STRETCH", 17)
    monkeypatch.setattr(rebuilding, "BATCH", 3)


def rows(log: Log, query: str) -> list[Any]:
    with log.recorder.pool.connection() as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def exceptions(log: Log, family: Family, source: OwnLog) -> dict[str, int]:
    """Where the tables differ from a replay record by record."""
    found = verify_tables(log.recorder.pool, family, source)
    return {finding.what: finding.exceptions for finding in found if finding.exceptions}


def replayed_record_by_record(caplog: pytest.LogCaptureFixture) -> bool:
    return any("record by record" in message for message in caplog.messages)


@pytest.mark.parametrize("log", range(8), indirect=True)
def test_tables_are_those_of_a_plain_replay(
    log: Log, family: Family, source: OwnLog, caplog: pytest.LogCaptureFixture
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
    log: Log, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
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
    log: Log, family: Family, source: OwnLog
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


def test_readers_find_every_index(log: Log, family: Family, source: OwnLog) -> None:
    log.happen(10)
    rebuild(log.recorder.pool, family, source)
    names = rows(log, "SELECT indexname FROM pg_indexes WHERE schemaname = 'cairns'")
    assert {("stone_now",), ("stone_since",), ("shadow_now",), ("shadow_of",)} <= set(names)


def _twice(log: Log) -> None:
    stone = log.lay(log.cairns[0])
    log.lay(log.cairns[1], stone=stone)


def _too_high(log: Log) -> None:
    log.lay(log.cairns[0], height=2**40)


def _unreadable(log: Log) -> None:
    fact = log._laid(told="flat")
    state = encode(fact, log._envelope()).replace(b'"flat"', b'"\\u0000"')
    log.tell(log.cairns[0], fact, state)


def _unsaid(log: Log) -> None:
    fact = log._laid()
    state = encode(fact, log._envelope()).replace(b'"weight":', b'"mass":')
    log.tell(log.cairns[0], fact, state)


def _with_a_third_line(log: Log) -> None:
    fact = log._laid()
    log.tell(log.cairns[0], fact, encode(fact, log._envelope()) + b"\n{}")


def _mended_before_it_was_laid(log: Log) -> None:
    stone = log._laid()
    log.tell(log.cairns[0], Mended(stone=stone.stone, weight=Decimal(1), told="early"))
    log.tell(log.cairns[0], stone)


def _poison(log: Log) -> None:
    stone = log.lay(log.cairns[0])
    log.tell(log.cairns[0], Mended(stone=stone, weight=Decimal(1), told="poison"))


@pytest.mark.parametrize("defect", [_twice, _unreadable, _mended_before_it_was_laid, _poison])
def test_what_cant_be_shown_is_parked_as_a_plain_replay_parks_it(
    log: Log, family: Family, source: OwnLog, caplog: pytest.LogCaptureFixture, defect: Any
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
    log: Log, family: Family, source: OwnLog, defect: Any
) -> None:
    log.happen(20)
    defect(log)
    with pytest.raises(ValidationError):
        rebuild(log.recorder.pool, family, source)
    assert rows(log, "SELECT position FROM cairns.follower") == [(0,)]


# Broken on purpose


def test_changes_written_before_the_rows_are_opened_would_be_noticed(
    log: Log, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
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
    log: Log, family: Family, source: OwnLog, monkeypatch: pytest.MonkeyPatch
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
