"""Load, ask, save: how an application service decides on aggregates and records what follows."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from random import random
from time import sleep
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, LRUCache, Repository

from shared.eventing.asking import Answer, Asked, IdOfSomethingElse, RequestIdReused
from shared.eventing.mapper import FactMapper
from shared.eventing.recorder import Batch, FeedEvent, Outcome, PostgresRecorder
from shared.eventing.rights import Rights
from shared.eventing.vault import SealedEvents, Vault
from shared.eventing.work import A, Aggregate, Decision, Loaded, Work
from shared.kernel.facts import Fact, Recorded
from shared.kernel.refusals import Moved, Refused

__all__ = ["Aggregate", "Decision", "Journal", "Loaded", "Work"]

CACHED_STREAMS = 5_000
TRIES = 8
STEP_BACK = 0.004  # seconds for each race lost, times chance: rivals part company


class Journal:
    """The log of one service as its application sees it."""

    def __init__(
        self,
        recorder: PostgresRecorder,
        feed_of: Callable[[type[Fact]], str],
        vault: Vault | None = None,
        rights: Rights | None = None,
    ) -> None:
        self._rights = rights
        self.recorder, self._feed_of, self._vault = recorder, feed_of, vault or Vault()
        self._store = SealedEvents(FactMapper(self._vault), recorder, self._vault)
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
            self._judged(work, decision)
            recorded = work.recorded()
            outcome = self._append(asked, work, recorded)
            if outcome.kind in ("repeated", "reused"):
                return _stored_answer(outcome)
            if outcome.kind == "recorded":
                self._remember(work, recorded)
                work.answer.seen = self._seen(recorded, outcome)
                return work.answer
        raise Moved

    def _judged(self, work: Work, decision: Decision) -> None:
        """Decide, and see that it may be asked; whoever may not is told that and nothing else."""
        try:
            decision(work)
        except Refused:
            self._may(work)
            raise
        self._may(work)

    def _may(self, work: Work) -> None:
        if self._rights is not None:
            work.rule = self._rights.must(work.asked, work.touched())

    def load(self, kind: Callable[[], A], stream: UUID) -> Loaded[A]:
        """The aggregate of a stream; blank at version 0 when nothing happened to it.

        Refused as ``IdOfSomethingElse`` when its facts are those of another kind.
        """
        try:
            found: Any = self.repository.get(
                stream, projector_func=_fold(kind), deepcopy_from_cache=False
            )
        except AggregateNotFoundError:
            return Loaded(kind())
        return self._of_kind(kind, stream, found)

    def load_many(self, kind: Callable[[], A], streams: Sequence[UUID]) -> dict[UUID, Loaded[A]]:
        """The aggregates of many streams with one query."""
        found: dict[UUID, Loaded[A]] = {s: self._cached(s) or Loaded(kind()) for s in streams}
        after = [(stream, loaded.version) for stream, loaded in found.items()]
        news: dict[UUID, list[Recorded]] = {}
        for recorded in self._store.known(self.recorder.select_streams(after)):
            news.setdefault(recorded.stream, []).append(recorded)
        for stream, recorded_list in news.items():
            found[stream] = found[stream].after(recorded_list)
        return {stream: self._of_kind(kind, stream, loaded) for stream, loaded in found.items()}

    def history(self, stream: UUID) -> list[Recorded]:
        """Every fact of one stream in order."""
        return list(cast("Iterable[Recorded]", self._store.get(stream)))

    def drop(self) -> None:
        """Keep no aggregate in memory."""
        assert self.repository.cache is not None
        self.repository.cache = LRUCache(CACHED_STREAMS)

    def close(self) -> None:
        """Record what waits, then stop."""
        self.recorder.close()

    def _append(self, asked: Asked, work: Work, recorded: list[Recorded]) -> Outcome:
        self._vault.prepare(recorded)
        events = [self._stored(one) for one in recorded]
        answer = json.dumps(
            {
                "body": work.answer.body(),
                # how far before the last fact each feed's own last one lies
                "feeds": {e.feed: len(events) - n for n, e in enumerate(events, 1)},
            }
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

    def _of_kind(self, kind: Callable[[], A], stream: UUID, loaded: Loaded[Any]) -> Loaded[A]:
        """What was loaded, unless it is something else: facts that leave a thing blank are not its
        own.
        """
        blank = kind()
        if loaded.version and (type(loaded.state) is not type(blank) or loaded.state == blank):
            assert self.repository.cache is not None
            with suppress(KeyError):
                self.repository.cache.get(stream, evict=True)
            raise IdOfSomethingElse(stream=stream)
        return loaded

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
    back = told.get("feeds", {}) if outcome.last is not None else {}
    seen = {feed: cast("int", outcome.last) - before for feed, before in back.items()}
    return Answer(streams, warnings, body, seen, repeated=True)
