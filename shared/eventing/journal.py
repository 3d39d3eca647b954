"""Load, ask, save: how an application service decides on aggregates and records what follows."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import random
from time import sleep
from typing import Any, Generic, Protocol, Self, TypeVar, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Repository
from eventsourcing.persistence import EventStore

from shared.eventing.asking import Answer, Asked, RequestIdReused, VersionHasMoved
from shared.eventing.mapper import FactMapper
from shared.eventing.recorder import Batch, FeedEvent, Outcome, PostgresRecorder
from shared.kernel.facts import Envelope, Fact, Premise, Recorded
from shared.kernel.notices import Notice
from shared.kernel.refusals import Moved, NotFound

CACHED_STREAMS = 5_000
TRIES = 8
STEP_BACK = 0.004  # seconds for each race lost, times chance: rivals part company


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


class Work:
    """One attempt at one command: what was loaded, what follows, what was only read."""

    def __init__(self, journal: "Journal", asked: Asked) -> None:
        self._journal, self.asked = journal, asked
        self._streams: dict[UUID, _Changed] = {}
        self._premises: list[Premise] = []
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
        base = changed.loaded.version - len(changed.facts)
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
            Recorded(fact, stream, changed.loaded.version - len(changed.facts) + n, envelope)
            for stream, changed in self._streams.items()
            for n, fact in enumerate(changed.facts, 1)
        ]

    def guards(self) -> list[tuple[UUID, int]]:
        """The streams that were read and not changed, at the versions they were read."""
        return [(s, c.loaded.version) for s, c in self._streams.items() if not c.facts]

    def states(self) -> dict[UUID, Loaded[Any]]:
        """The aggregates as they stand after this work."""
        return {stream: changed.loaded for stream, changed in self._streams.items()}


Decision = Callable[[Work], None]


class Journal:
    """The log of one service as its application sees it."""

    def __init__(self, recorder: PostgresRecorder, feed_of: Callable[[type[Fact]], str]) -> None:
        self.recorder, self._feed_of = recorder, feed_of
        self._store: EventStore[Any] = EventStore(FactMapper(), recorder)
        self.repository: Repository[Any] = Repository(
            self._store, cache_maxsize=CACHED_STREAMS, deepcopy_from_cache=False
        )

    def decide(self, asked: Asked, decision: Decision) -> Answer:
        """Run a command: decide on what is known, record at once; decide anew when it moved
        meanwhile.

        A request answered before gets that answer. Refused as ``Moved`` after eight lost races, as
        ``RequestIdReused`` when the id was used for something else.
        """
        before = self.recorder.answered(asked.request_id, asked.body_hash)
        if before is not None:
            return _stored_answer(before)
        for lost in range(TRIES):
            _step_back(lost)
            work = Work(self, asked)
            decision(work)
            recorded = work.recorded()
            outcome = self._append(asked, work, recorded)
            if outcome.kind in ("repeated", "reused"):
                return _stored_answer(outcome)
            if outcome.kind == "recorded":
                self._remember(work, recorded)
                work.answer.seen = self._seen(recorded, outcome)
                return work.answer
        raise Moved

    def load(self, kind: Callable[[], A], stream: UUID) -> Loaded[A]:
        """The aggregate of a stream; blank at version 0 when nothing happened to it."""
        try:
            return cast(
                "Loaded[A]",
                self.repository.get(stream, projector_func=_fold(kind), deepcopy_from_cache=False),
            )
        except AggregateNotFoundError:
            return Loaded(kind())

    def load_many(self, kind: Callable[[], A], streams: Sequence[UUID]) -> dict[UUID, Loaded[A]]:
        """The aggregates of many streams with one query."""
        found: dict[UUID, Loaded[A]] = {s: self._cached(s) or Loaded(kind()) for s in streams}
        after = [(stream, loaded.version) for stream, loaded in found.items()]
        news: dict[UUID, list[Recorded]] = {}
        for event in self.recorder.select_streams(after):
            recorded = cast("Recorded", self._store.mapper.to_domain_event(event))
            news.setdefault(recorded.stream, []).append(recorded)
        for stream, recorded_list in news.items():
            found[stream] = found[stream].after(recorded_list)
        return found

    def history(self, stream: UUID) -> list[Recorded]:
        """Every fact of one stream in order."""
        return list(cast("Iterable[Recorded]", self._store.get(stream)))

    def close(self) -> None:
        """Record what waits, then stop."""
        self.recorder.close()

    def _append(self, asked: Asked, work: Work, recorded: list[Recorded]) -> Outcome:
        events = [self._stored(one) for one in recorded]
        answer = json.dumps(
            {"body": work.answer.body(), "feeds": sorted({e.feed for e in events})}
        ).encode()
        return self.recorder.append(
            Batch(events, asked.request_id, asked.body_hash, answer, work.guards())
        )

    def _stored(self, recorded: Recorded) -> FeedEvent:
        event = self._store.mapper.to_stored_event(cast("Any", recorded))
        return FeedEvent(
            event.originator_id,
            event.originator_version,
            event.topic,
            event.state,
            self._feed_of(type(recorded.fact)),
        )

    def _seen(self, recorded: list[Recorded], outcome: Outcome) -> dict[str, int]:
        """The last position on each feed among the facts just recorded."""
        if outcome.first is None:
            return {}
        return {self._feed_of(type(one.fact)): outcome.first + n for n, one in enumerate(recorded)}

    def _cached(self, stream: UUID) -> Loaded[Any] | None:
        try:
            assert self.repository.cache is not None
            return cast("Loaded[Any]", self.repository.cache.get(stream))
        except KeyError:
            return None

    def _remember(self, work: Work, recorded: list[Recorded]) -> None:
        assert self.repository.cache is not None
        states = work.states()
        for stream in {one.stream for one in recorded}:
            self.repository.cache.put(stream, cast("Any", states[stream]))


def _step_back(lost: int) -> None:
    if lost:
        sleep(lost * STEP_BACK * random())  # noqa: S311 - no secret depends on it


def _fold(kind: Callable[[], Any]) -> Any:
    def project(initial: Loaded[Any] | None, events: Iterable[Recorded]) -> Loaded[Any] | None:
        folded = (initial or Loaded(kind())).after(events)
        return folded if folded.version else None

    return project


def _stored_answer(outcome: Outcome) -> Answer:
    if outcome.kind == "reused":
        raise RequestIdReused(field="Idempotency-Key")
    told = json.loads(outcome.answer or b"{}")
    body = told.get("body", {})
    streams = {one["id"]: one["version"] for one in body.pop("streams", [])}
    warnings = body.pop("warnings", [])
    seen = {feed: outcome.last for feed in told.get("feeds", ()) if outcome.last is not None}
    return Answer(streams, warnings, body, seen, repeated=True)
