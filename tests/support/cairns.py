"""Cairns whose stones are laid, mended and taken away: facts, tables and random histories."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.records import Contract
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.mapper import encode
from shared.eventing.recorder import Batch, FeedEvent, PostgresRecorder
from shared.eventing.tables import Opening, Tables, Timed
from shared.eventing.translation import Translation, published
from shared.kernel.actors import Actor, service
from shared.kernel.facts import Envelope, Fact
from tests.support.log import event

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
    height: int | None = Field(ge=-11_000, le=8_848)
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
HEIGHTS = [None, 0, -11_000, 8_848]
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


class Cairns:
    """A log of cairns and of other things, told fact by fact."""

    def __init__(self, recorder: PostgresRecorder, seed: int) -> None:
        self.recorder, self.random = recorder, Random(seed)
        self.versions: dict[UUID, int] = {}
        self.cairns = [self._id() for _ in range(5)]
        self.stones: list[tuple[UUID, UUID]] = []

    def tell(self, cairn: UUID, fact: Fact, state: bytes | None = None) -> None:
        """One more fact of a cairn, perhaps stored as other bytes."""
        self.versions[cairn] = self.versions.get(cairn, 0) + 1
        told = state or encode(fact, self.envelope())
        new = FeedEvent(cairn, self.versions[cairn], fact.stored_name, told, "cairns")
        assert self.recorder.append(Batch([new])).kind == "recorded"

    def lay(self, cairn: UUID, **fields: Any) -> UUID:
        """A stone like no other."""
        new = self.stone(**fields)
        self.tell(cairn, new)
        self.stones.append((cairn, new.stone))
        return new.stone

    def lay_of_old(self, cairn: UUID) -> None:
        """A stone as the first schema stored it, in grams."""
        stone = self.stone(weight=Decimal(1500))
        state = encode(stone, self.envelope()).replace(b'{"_v":2,', b'{"_v":1,', 1)
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

    def stone(self, **fields: Any) -> Laid:
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

    def envelope(self) -> Envelope:
        someone = Actor(kind="person", id=str(self._id()), delegation="a week")
        actor = self.random.choice([someone, service("import", self._text()), service('"it"')])
        return Envelope(actor=actor, cause=self.random.choice(CAUSES))

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _text(self) -> str:
        return self.random.choice(TEXTS)

    def _weight(self) -> Decimal:
        return Decimal(self.random.choice(WEIGHTS))


def family_of_cairns(ddl: Path) -> Family:
    """The tables of cairns, made as this file says."""
    ddl.write_text(DDL)
    return Family(
        "cairns",
        "cairns",
        ddl,
        project,
        catalogue(StoneLaid, StoneMended, StoneTaken),
        {StoneLaid: (FIRST_LAID, FIRST_SHADOW)},
    )
