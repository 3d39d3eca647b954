"""Group commit: alone at once and in the own thread, in a crowd together, a bad one by itself."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, get_ident
from typing import Any

import psycopg
import pytest

from services.host.provisioning import Access
from shared.eventing.group_commit import GroupCommit
from tests.support.postgres import Databases


@dataclass(frozen=True)
class Pebble:
    colour: str
    on: str = ""

    def touched(self) -> set[object]:
        return {self.on or self}


@dataclass
class Hand:
    """Writes down each call; holds the first until told to let go."""

    calls: list[list[str]] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    holds: Event = field(default_factory=Event)
    lets_go: Event = field(default_factory=Event)

    def opened(
        self, _connection: psycopg.Connection[Any]
    ) -> Callable[[Sequence[Pebble]], list[str]]:
        return self.write

    def write(self, batches: Sequence[Pebble]) -> list[str]:
        self.calls.append([one.colour for one in batches])
        self.threads.append(get_ident())
        if len(self.calls) == 1:
            self.holds.set()
            assert self.lets_go.wait(10)
        if any(one.colour == "bad" for one in batches):
            raise ValueError("a bad one")
        return [one.colour.upper() for one in batches]


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def commit(databases: Databases, hand: Hand) -> Iterator[GroupCommit[Pebble, str]]:
    access: Access = databases("goals")
    made = GroupCommit[Pebble, str](access.runtime, hand.opened)
    yield made
    hand.lets_go.set()
    made.close()


def _crowd(
    commit: GroupCommit[Pebble, str], hand: Hand, pebbles: Sequence[Pebble]
) -> list[str | BaseException]:
    """The first is held until the others wait behind it."""
    with ThreadPoolExecutor(len(pebbles)) as pool:
        asked = [pool.submit(commit.submit, pebbles[0])]
        assert hand.holds.wait(10)
        asked += [pool.submit(commit.submit, pebble) for pebble in pebbles[1:]]
        while commit.waiting < len(pebbles) - 1:
            hand.holds.wait(0)
        hand.lets_go.set()
        return [one.exception() or one.result() for one in asked]


def test_who_comes_alone_writes_in_their_own_thread(
    commit: GroupCommit[Pebble, str], hand: Hand
) -> None:
    hand.lets_go.set()
    assert [commit.submit(Pebble("red")), commit.submit(Pebble("blue"))] == ["RED", "BLUE"]
    assert hand.calls == [["red"], ["blue"]]
    assert set(hand.threads) == {get_ident()}


def test_those_who_wait_together_are_written_together(
    commit: GroupCommit[Pebble, str], hand: Hand
) -> None:
    told = _crowd(commit, hand, [Pebble(colour) for colour in ("red", "blue", "green", "grey")])
    assert told == ["RED", "BLUE", "GREEN", "GREY"]
    assert [sorted(call) for call in hand.calls] == [["red"], ["blue", "green", "grey"]]


def test_what_depends_on_another_waits_for_the_next_call(
    commit: GroupCommit[Pebble, str], hand: Hand
) -> None:
    _crowd(commit, hand, [Pebble("red"), Pebble("blue", on="sill"), Pebble("green", on="sill")])
    assert [len(call) for call in hand.calls] == [1, 1, 1]


def test_a_bad_one_fails_alone_whatever_its_error(
    commit: GroupCommit[Pebble, str], hand: Hand
) -> None:
    red, bad, green = _crowd(commit, hand, [Pebble("red"), Pebble("bad"), Pebble("green")])
    assert (red, green) == ("RED", "GREEN")
    assert isinstance(bad, ValueError)


def test_closing_writes_what_waits_and_then_refuses(
    commit: GroupCommit[Pebble, str], hand: Hand
) -> None:
    told = _crowd(commit, hand, [Pebble("red"), Pebble("blue")])
    commit.close()
    assert told == ["RED", "BLUE"]
    with pytest.raises(RuntimeError):
        commit.submit(Pebble("green"))
