"""Who may: a command is judged on the streams it touched, before anything is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import pytest

from shared.eventing.asking import Asked
from shared.eventing.journal import Journal, Work
from shared.eventing.rights import Touched
from shared.kernel.facts import Fact
from shared.kernel.refusals import NotAllowed, Refused
from tests.support.log import TRANSLATION, Piled, asked, open_journal
from tests.support.postgres import Databases


class Full(Refused):
    """This cairn is high enough."""


@dataclass(frozen=True)
class Cairn:
    stones: tuple[str, ...] = ()

    def pile(self, stone: str) -> Iterator[Fact]:
        if len(self.stones) == 2:
            raise Full
        if stone not in self.stones:
            yield Piled(stone=stone)

    def after(self, fact: Fact) -> "Cairn":
        return replace(self, stones=(*self.stones, fact.stone)) if isinstance(fact, Piled) else self


@dataclass
class Judge:
    """Allows or refuses as it is told, and keeps what it was asked about."""

    closed: bool = False
    heard: list[Sequence[Touched]] = field(default_factory=list)

    def must(self, asked: Asked, touched: Sequence[Touched]) -> str | None:
        """As told; a command that touched nothing needs no right."""
        self.heard.append(touched)
        if self.closed and touched:
            raise NotAllowed(why="it is not yours")
        return "pile:anyone" if touched else None


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def journal(databases: Databases, judge: Judge) -> Iterator[Journal]:
    with open_journal(databases("goals")) as plain:
        yield Journal(plain.recorder, TRANSLATION.feed_of, rights=judge)


def pile(journal: Journal, stream: UUID, stone: str) -> None:
    def decide(work: Work) -> None:
        work.change(Cairn, stream, lambda cairn: cairn.pile(stone))

    journal.decide(asked(str(uuid4())), decide)


def test_the_rule_that_allowed_it_is_in_the_envelope(journal: Journal) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")
    assert [one.envelope.rule for one in journal.history(stream)] == ["pile:anyone"]


def test_it_is_judged_on_the_stream_as_it_was_and_as_it_would_be(
    journal: Journal, judge: Judge
) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")
    pile(journal, stream, "round")
    first, second = judge.heard
    assert first == [Touched(stream, None, Cairn(("flat",)), [Piled(stone="flat")], [])]
    assert second == [
        Touched(stream, Cairn(("flat",)), Cairn(("flat", "round")), [Piled(stone="round")], [])
    ]


def test_what_is_refused_is_not_recorded(journal: Journal, judge: Judge) -> None:
    stream = uuid4()
    judge.closed = True
    with pytest.raises(NotAllowed):
        pile(journal, stream, "flat")
    assert journal.history(stream) == []


def test_whoever_may_not_hears_that_and_not_what_else_is_in_the_way(
    journal: Journal, judge: Judge
) -> None:
    stream = uuid4()
    pile(journal, stream, "flat")
    pile(journal, stream, "round")
    with pytest.raises(Full):
        pile(journal, stream, "sharp")
    judge.closed = True
    with pytest.raises(NotAllowed):
        pile(journal, stream, "sharp")


def test_what_was_only_read_is_not_judged(journal: Journal, judge: Judge) -> None:
    stream, other = uuid4(), uuid4()
    pile(journal, other, "flat")

    def decide(work: Work) -> None:
        work.load(Cairn, other)
        work.change(Cairn, stream, lambda cairn: cairn.pile("round"))

    journal.decide(asked(str(uuid4())), decide)
    assert [one.stream for one in judge.heard[-1]] == [stream]


def test_an_unknown_stream_of_which_nothing_came_gives_nothing_away(
    journal: Journal, judge: Judge
) -> None:
    judge.closed = True

    def decide(work: Work) -> None:
        work.change(Cairn, uuid4(), lambda _: [])

    journal.decide(asked(str(uuid4())), decide)
    assert judge.heard == [[]]
