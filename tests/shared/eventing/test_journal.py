"""Load, ask, save: decisions on what is known, recorded once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from shared.eventing.asking import IdOfSomethingElse, RequestIdReused, VersionHasMoved
from shared.eventing.journal import Journal, Work
from shared.eventing.mapper import encode
from shared.eventing.recorder import FeedEvent
from shared.kernel.facts import Fact
from shared.kernel.refusals import Moved, NotFound, Refused
from tests.support.log import Piled, Toppled, asked, open_journal
from tests.support.postgres import Databases


class TooHigh(Refused):
    """This cairn is high enough."""


@dataclass(frozen=True)
class Cairn:
    stones: tuple[str, ...] = ()

    def pile(self, stone: str) -> Iterator[Fact]:
        if len(self.stones) >= 3:
            raise TooHigh
        if stone not in self.stones:
            yield Piled(stone=stone)

    def after(self, fact: Fact) -> "Cairn":
        match fact:
            case Piled(stone=stone):
                return replace(self, stones=(*self.stones, stone))
        return self


@pytest.fixture
def journal(databases: Databases) -> Iterator[Journal]:
    with open_journal(databases("goals")) as made:
        yield made


def pile(journal: Journal, stream: UUID, stone: str, request: str | None = None) -> dict[str, int]:
    answer = journal.decide(
        asked(request or str(uuid4()), stone.encode()),
        lambda work: _pile(work, stream, stone),
    )
    return answer.streams


def _pile(work: Work, stream: UUID, stone: str) -> None:
    work.change(Cairn, stream, lambda cairn: cairn.pile(stone))


def test_what_is_decided_is_recorded_and_loaded_again(journal: Journal) -> None:
    stream = uuid4()
    assert pile(journal, stream, "flat") == {str(stream): 1}
    assert pile(journal, stream, "round") == {str(stream): 2}
    loaded = journal.load(Cairn, stream)
    assert (loaded.state.stones, loaded.version) == (("flat", "round"), 2)
    assert journal.load_many(Cairn, [stream])[stream] == loaded


@dataclass(frozen=True)
class Wall:
    height: int = 0

    def after(self, fact: Fact) -> "Wall":
        return replace(self, height=self.height + 1) if isinstance(fact, Toppled) else self


@pytest.mark.parametrize("fresh", [False, True], ids=["remembered", "read anew"])
def test_the_stream_of_something_else_is_refused_and_stays_what_it_is(
    journal: Journal, fresh: bool
) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")
    if fresh:
        journal.drop()
    with pytest.raises(IdOfSomethingElse):
        journal.load(Wall, stream)
    with pytest.raises(IdOfSomethingElse):
        journal.load_many(Wall, [stream])
    assert journal.load(Cairn, stream).state == Cairn(("flat",))


def test_an_unknown_stream_is_blank_and_not_found_where_it_must_exist(journal: Journal) -> None:
    assert journal.load(Cairn, uuid4()).version == 0
    with pytest.raises(NotFound):
        journal.decide(asked("r"), lambda work: _ignore(work.load(Cairn, uuid4(), "cairn")))


def _ignore(_: object) -> None:
    return None


def test_doing_it_again_records_nothing(journal: Journal) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")
    pile(journal, stream, "flat")
    assert journal.load(Cairn, stream).version == 1


def test_a_repeated_request_is_answered_from_the_request_row_even_if_it_would_be_refused_now(
    journal: Journal,
) -> None:
    stream = uuid4()
    first = journal.decide(asked("r1", b"flat"), lambda work: _pile(work, stream, "flat"))
    for stone in ("round", "long"):
        pile(journal, stream, stone)
    with pytest.raises(TooHigh):
        pile(journal, stream, "another")
    again = journal.decide(asked("r1", b"flat"), lambda work: _pile(work, stream, "too high"))
    assert again.repeated
    assert (again.body(), again.seen) == (first.body(), dict(first.seen))
    assert journal.load(Cairn, stream).version == 3


def test_a_request_id_used_for_something_else_is_refused(journal: Journal) -> None:
    stream = uuid4()
    pile(journal, stream, "flat", request="r1")
    with pytest.raises(RequestIdReused):
        pile(journal, stream, "round", request="r1")


def test_a_refusal_records_nothing_of_any_stream(journal: Journal) -> None:
    high, other = uuid4(), uuid4()
    for stone in ("flat", "round", "long"):
        pile(journal, high, stone)

    def decide(work: Work) -> None:
        _pile(work, other, "flat")
        _pile(work, high, "another")

    with pytest.raises(TooHigh):
        journal.decide(asked("r"), decide)
    assert journal.load(Cairn, other).version == 0


def test_an_expected_version_that_has_moved_is_refused(journal: Journal) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")

    def decide(work: Work) -> None:
        work.change(Cairn, stream, lambda cairn: cairn.pile("round"), expected=0)

    with pytest.raises(VersionHasMoved):
        journal.decide(asked("r"), decide)


def test_who_loses_a_race_decides_again_on_what_is_known_then(journal: Journal) -> None:
    stream, together = uuid4(), Barrier(2)
    tries: list[int] = []

    def rival() -> None:
        together.wait()
        pile(journal, stream, "theirs")
        together.wait()

    def decide(work: Work) -> None:
        tries.append(len(work.load(Cairn, stream).stones))
        _pile(work, stream, "mine")
        if len(tries) == 1:
            together.wait()
            together.wait()

    thread = Thread(target=rival)
    thread.start()
    journal.decide(asked("r"), decide)
    thread.join()
    assert tries == [0, 1]
    assert journal.load(Cairn, stream).state.stones == ("theirs", "mine")


def test_what_was_only_read_is_guarded(journal: Journal) -> None:
    read, written = uuid4(), uuid4()
    tries: list[int] = []

    def decide(work: Work) -> None:
        tries.append(len(work.load(Cairn, read).stones))
        _pile(work, written, f"on {tries[-1]}")
        if len(tries) == 1:
            pile(journal, read, "flat")

    journal.decide(asked("r"), decide)
    assert tries == [0, 1]
    assert journal.load(Cairn, written).state.stones == ("on 1",)


def test_one_id_does_not_stand_for_two_things_in_one_command(journal: Journal) -> None:
    stream = uuid4()

    def decide(work: Work) -> None:
        work.load(Wall, stream)
        _pile(work, stream, "flat")

    with pytest.raises(IdOfSomethingElse):
        journal.decide(asked("both"), decide)


def test_a_repeated_request_names_each_feed_s_own_last_position(databases: Databases) -> None:
    def feed_of(kind: type[Fact]) -> str:
        return "stones" if kind is Piled else "falls"

    def decide(work: Work) -> None:
        work.change(Cairn, uuid4(), lambda _: [Piled(stone="flat"), Piled(stone="round")])
        work.change(Wall, uuid4(), lambda _: [Toppled()])

    with open_journal(databases("goals")) as plain:
        journal = Journal(plain.recorder, feed_of)
        first = journal.decide(asked("once"), decide)
        again = journal.decide(asked("once"), decide)
    assert again.repeated
    assert again.seen == first.seen
    assert first.seen["falls"] == first.seen["stones"] + 1


def test_who_loses_every_race_is_told_so(journal: Journal) -> None:
    stream = uuid4()
    pile(journal, stream, "first")

    def decide(work: Work) -> None:
        _pile(work, stream, "mine")
        journal.recorder.insert_events([_theirs(journal, stream)])

    with pytest.raises(Moved):
        journal.decide(asked("r"), decide)


def _theirs(journal: Journal, stream: UUID) -> FeedEvent:
    version = journal.load(Cairn, stream).version + 1
    state = encode(Toppled(), asked("theirs").envelope())
    return FeedEvent(stream, version, Toppled.stored_name, state, "stones")


def test_the_envelope_says_who_and_on_what_premises(journal: Journal) -> None:
    stream = uuid4()

    def decide(work: Work) -> None:
        work.on_premise("kpis", 7, direction="higher")
        work.rule = "tests.rule"
        _pile(work, stream, "flat")

    journal.decide(asked("r1"), decide)
    envelope = journal.history(stream)[0].envelope
    assert (envelope.actor.id, envelope.cause, envelope.rule) == (
        "tests",
        "request:r1",
        "tests.rule",
    )
    assert [(p.source, p.position, p.says) for p in envelope.premises] == [
        ("kpis", 7, {"direction": "higher"})
    ]
