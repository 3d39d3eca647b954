"""One attempt at one command: what was loaded, what follows from it, what was only read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, Self, TypeVar, cast
from uuid import UUID

from shared.eventing.asking import Answer, Asked, IdOfSomethingElse, VersionHasMoved
from shared.eventing.rights import Touched
from shared.kernel.facts import AGGREGATE, Envelope, Fact, Premise, Recorded
from shared.kernel.notices import Notice
from shared.kernel.refusals import NotFound


class Aggregate(Protocol):
    """A blank can be made without arguments; facts are taken in by ``after``."""

    def after(self, fact: Any) -> Self:
        """The same thing once this fact is known."""
        ...


A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[A]):
    """An aggregate and the version of its stream; version 0 is one that nothing happened to yet."""

    state: A
    version: int = 0

    def after(self, recorded: Iterable[Recorded]) -> "Loaded[A]":
        """The aggregate once these facts are known, in order."""
        state, version = self.state, self.version
        for one in recorded:
            state, version = state.after(one.fact), one.version
        return Loaded(state, version)


@dataclass(slots=True)
class _Changed:
    kind: Callable[[], Any]
    loaded: Loaded[Any]
    facts: list[Fact] = field(default_factory=list)
    before: Loaded[Any] | None = None  # once something was asked of it


class Loading(Protocol):
    """Where aggregates come from: a journal."""

    def load(self, kind: Callable[[], A], stream: UUID) -> Loaded[A]:
        """The aggregate of a stream; blank at version 0 when nothing happened to it."""
        ...

    def load_many(self, kind: Callable[[], A], streams: Sequence[UUID]) -> dict[UUID, Loaded[A]]:
        """The aggregates of many streams with one query."""
        ...


class Work:
    """One attempt at one command: what was loaded, what follows, what was only read."""

    def __init__(self, journal: Loading, asked: Asked) -> None:
        self._journal, self.asked = journal, asked
        self._streams: dict[UUID, _Changed] = {}
        self._premises: list[Premise] = []
        self._concerns: dict[UUID, dict[Any, None]] = {}
        self.answer = Answer()
        self.policy_version: int | None = None
        self.rule: str | None = None

    def load(self, kind: Callable[[], A], stream: UUID, what: str | None = None) -> A:
        """The aggregate as it stands, with what this work has done to it so far.

        With ``what`` ("objective") a stream that has no facts is refused as not found.
        """
        return cast("A", self._loaded(kind, stream, what).loaded.state)

    def load_many(self, kind: Callable[[], A], streams: Iterable[UUID]) -> None:
        """Fetch many streams at once, so that the loads that follow ask no more queries."""
        wanted = [stream for stream in dict.fromkeys(streams) if stream not in self._streams]
        for stream, loaded in self._journal.load_many(kind, wanted).items():
            self._streams[stream] = _Changed(kind, loaded)

    def version(self, stream: UUID) -> int:
        """The version of a loaded stream, with what this work has added."""
        return self._streams[stream].loaded.version

    def change(
        self,
        kind: Callable[[], A],
        stream: UUID,
        request: Callable[[A], Iterable[Fact]],
        *,
        expected: int | None = None,
        what: str | None = None,
    ) -> list[Fact]:
        """Ask something of one aggregate and keep the facts; ``expected`` is the version seen
        before.
        """
        changed = self._loaded(kind, stream, what)
        changed.before = changed.before or changed.loaded
        base = changed.before.version
        if expected is not None and expected != base:
            raise VersionHasMoved(field="expected_version", expected=expected, actual=base)
        state, facts = changed.loaded.state, list(request(changed.loaded.state))
        for fact in facts:
            state = state.after(fact)
        changed.facts.extend(facts)
        changed.loaded = Loaded(state, changed.loaded.version + len(facts))
        self.answer.streams[str(stream)] = changed.loaded.version
        return facts

    def warn(self, code: str, sentence: str, **details: Any) -> None:
        """Let the command succeed, and say something about it."""
        self.answer.warnings.append({"code": code, "sentence": sentence, **details})

    def tell(self, notice: Notice, **about: Any) -> None:
        """Warn with a notice, worded for whoever reads the answer; ``about`` says what it is of."""
        details = {name: str(value) for name, value in notice.details.items()}
        self.warn(
            notice.code, notice.sentence, template=notice.template(), details=details, **about
        )

    def on_premise(self, source: str, position: int, **says: Any) -> None:
        """Record on what knowledge from elsewhere the facts were decided."""
        self._premises.append(Premise(source=source, position=position, says=says))

    def _loaded(self, kind: Callable[[], Any], stream: UUID, what: str | None) -> _Changed:
        if stream not in self._streams:
            self._streams[stream] = _Changed(kind, self._journal.load(kind, stream))
        changed = self._streams[stream]
        if changed.kind is not kind and type(changed.loaded.state) is not type(kind()):
            raise IdOfSomethingElse(stream=stream)
        if what is not None and changed.loaded.version == 0:
            raise NotFound(what=what)
        return changed

    def _envelope(self) -> Envelope:
        return self.asked.envelope().model_copy(
            update={
                "policy_version": self.policy_version,
                "rule": self.rule,
                "premises": tuple(self._premises),
            }
        )

    def recorded(self) -> list[Recorded]:
        """Everything that follows from this work, in order, stream by stream."""
        envelope = self._envelope()
        return [
            Recorded(
                fact,
                stream,
                changed.loaded.version - len(changed.facts) + n,
                envelope,
                subject=_said_by(changed.loaded.state, fact),
            )
            for stream, changed in self._streams.items()
            for n, fact in enumerate(changed.facts, 1)
        ]

    def concern(self, stream: UUID, what: Any) -> None:
        """Tell what a stream is about, for deciding who may, where its aggregate cannot say."""
        self._concerns.setdefault(stream, {})[what] = None

    def touched(self) -> list[Touched]:
        """The streams of which something was asked, and those of which the command told what they
        are about; of the others unknown ones only when something followed.
        """
        return list(self._touched())

    def _touched(self) -> Iterator[Touched]:
        for stream, changed in self._streams.items():
            concerns = list(self._concerns.get(stream, ()))
            before = changed.before or (changed.loaded if concerns else None)
            if before is not None and (before.version or changed.facts or concerns):
                stood = before.state if before.version else None
                yield Touched(stream, stood, changed.loaded.state, changed.facts, concerns)

    def guards(self) -> list[tuple[UUID, int]]:
        """The streams that were read and not changed, at the versions they were read."""
        return [(s, c.loaded.version) for s, c in self._streams.items() if not c.facts]

    def states(self) -> dict[UUID, Loaded[Any]]:
        """The aggregates as they stand after this work."""
        return {stream: changed.loaded for stream, changed in self._streams.items()}


Decision = Callable[[Work], None]


def _said_by(state: Any, fact: Fact) -> UUID | None:
    """Whose the fact's personal fields are, where the aggregate is to say so."""
    if fact.personal_fields and fact.personal_of == AGGREGATE:
        return cast("UUID", state.subject)
    return None
