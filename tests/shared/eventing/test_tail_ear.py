"""An ear hears its topic again after trouble, and trouble never holds up whoever listens."""

from collections.abc import Iterator, Sequence
from queue import Empty, Queue
from time import monotonic

import pytest

from shared.eventing.cloudevents_binary import Heartbeat, Message, message_of_heartbeat
from shared.eventing.tail_ear import Ear
from tests.support.children import until
from tests.support.feeds import BEGAN


class ScriptedTail:
    """A tail that says what the test puts in, an exception included."""

    def __init__(self) -> None:
        self.says: Queue[list[Message] | Exception] = Queue()
        self.opened = 0
        self.refuses: Exception | None = None

    def open(self) -> None:
        self.opened += 1
        if self.refuses is not None:
            raise self.refuses

    def poll(self, seconds: float) -> Sequence[Message]:
        try:
            said = self.says.get(timeout=min(seconds, 0.02))
        except Empty:
            return []
        if isinstance(said, Exception):
            raise said
        return said

    def close(self) -> None:
        pass


BEAT = Heartbeat(4, BEGAN)
BEATS = [message_of_heartbeat(BEAT, "metrics")]


@pytest.fixture
def tail() -> ScriptedTail:
    return ScriptedTail()


@pytest.fixture
def ear(tail: ScriptedTail) -> Iterator[Ear]:
    ear = Ear("kpis", tail, silence_seconds=0.2)
    yield ear
    ear.close()


def test_what_is_said_is_heard_in_order(tail: ScriptedTail, ear: Ear) -> None:
    later = Heartbeat(6, BEGAN)
    tail.says.put(BEATS)
    tail.says.put([message_of_heartbeat(later, "metrics")])
    assert ear.hear(5) == [BEAT]
    assert ear.hear(5) == [later]


def test_it_listens_only_once_someone_wants_to_hear(tail: ScriptedTail, ear: Ear) -> None:
    assert tail.opened == 0
    ear.hear(0.0)
    until(lambda: tail.opened == 1)


def test_a_foreign_message_is_passed_over(tail: ScriptedTail, ear: Ear) -> None:
    tail.says.put([Message(b"", [], b"hello"), *BEATS])
    assert ear.hear(5) == [BEAT]


def test_after_trouble_the_tail_is_opened_anew(tail: ScriptedTail, ear: Ear) -> None:
    tail.says.put(ConnectionError("gone"))
    tail.says.put(BEATS)
    assert ear.hear(5) == [BEAT]
    assert tail.opened == 2


def test_after_long_silence_the_tail_is_opened_anew(tail: ScriptedTail, ear: Ear) -> None:
    ear.hear(0.0)
    until(lambda: tail.opened >= 2)


def test_a_broker_that_can_not_be_reached_is_silence_not_a_delay(
    tail: ScriptedTail, ear: Ear
) -> None:
    tail.refuses = ConnectionError("refused")
    began = monotonic()
    assert ear.hear(0.05) == []
    assert monotonic() - began < 1.0
    tail.refuses = None
    tail.says.put(BEATS)
    assert ear.hear(5) == [BEAT]


def test_a_slow_listener_holds_back_the_topic_and_loses_nothing(
    tail: ScriptedTail, ear: Ear
) -> None:
    beats = [Heartbeat(n, BEGAN) for n in range(20)]
    for beat in beats:
        tail.says.put([message_of_heartbeat(beat, "metrics")])
    assert [said for _ in beats for said in ear.hear(5)] == beats
