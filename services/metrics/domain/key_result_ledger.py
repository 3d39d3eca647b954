"""What was said of one key result, when, and by whom it was put right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain.accountable import Accountable
from services.metrics.domain.errors import (
    DayLiesAhead,
    EntryIsUnknown,
    EntrySaysOtherwise,
    EntryWasWithdrawn,
    NothingSaid,
)
from services.metrics.domain.known import Known
from services.metrics.domain.standing import NO_WORDS, ReportedStatus, Standing, Words
from services.metrics.domain.subjects import Origin
from shared.kernel.actors import Actor
from shared.kernel.facts import WRITER, Fact

# What can have happened


class Says(Fact):
    """A fact that says how the key result stands, in the fields of ``Standing``."""

    observed_on: date
    value: Decimal | None = None
    milestones_done: tuple[str, ...] | None = None
    level: str | None = None
    confidence: int | None = None
    reported_status: ReportedStatus | None = None

    @property
    def standing(self) -> Standing:
        """What is said."""
        return Standing.model_construct(**{n: getattr(self, n) for n in Standing.model_fields})


class CheckedIn(Says, name="metrics.KeyResultLedger.CheckedIn"):
    """Someone said how the key result stands."""

    key_result_id: UUID
    entry_id: UUID
    responsible_id: UUID
    origin: Origin
    source: str | None = None
    external_id: str | None = None


class CheckInWorded(
    Fact,
    name="metrics.KeyResultLedger.CheckInWorded",
    personal=("progress", "obstacles", "support_needed"),
    about=WRITER,
):
    """The words beside an entry's figures; apart from them, because words can be erased."""

    key_result_id: UUID
    entry_id: UUID
    progress: str
    obstacles: str
    support_needed: str


class CheckInCorrected(Says, name="metrics.KeyResultLedger.CheckInCorrected"):
    """An entry should have said this from the beginning; its rank in time stays."""

    key_result_id: UUID
    entry_id: UUID
    correction_id: UUID
    reason: str


class CheckInWithdrawn(Fact, name="metrics.KeyResultLedger.CheckInWithdrawn"):
    """An entry counts no longer."""

    key_result_id: UUID
    entry_id: UUID
    reason: str


# What can be asked


class CheckIn(BaseModel):
    """What is said: figures, words, and where they come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry_id: UUID
    standing: Standing
    words: Words = NO_WORDS
    origin: Origin = "typed"
    source: str | None = None
    external_id: str | None = None


class Correction(BaseModel):
    """Everything an entry should have said, and why it changes; no words keep the first ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry_id: UUID
    correction_id: UUID
    standing: Standing
    words: Words = NO_WORDS
    reason: str


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger: what it says now, all it ever said, and whether it counts."""

    standing: Standing
    words: Words = NO_WORDS
    said: tuple[Standing, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True)
class KeyResultLedger:
    """The ledger of one key result: entries follow each other; wrong ones are corrected or
    withdrawn by further facts, and nothing that was once said is lost.
    """

    entries: Known[UUID, Entry] = field(default_factory=Known)
    external: Known[tuple[str, str], UUID] = field(default_factory=Known)
    corrections: Known[UUID, UUID] = field(default_factory=Known)
    latest: UUID | None = None

    def check_in(
        self, key_result: Accountable, said: CheckIn, by: Actor, today: date
    ) -> Iterator[Fact]:
        """Say how it stands; an entry known already, or the same said twice, records nothing."""
        key_result.must_hear(by)
        if self._knows(said):
            return
        key_result.must_be_open()
        self._must_say_something(said.standing, said.words)
        self._must_have_come(said.standing.observed_on, today)
        key_result.must_be_measured_so(said.standing)
        yield CheckedIn(
            key_result_id=key_result.id,
            entry_id=said.entry_id,
            **dict(said.standing),
            responsible_id=key_result.responsible,
            origin=said.origin,
            source=said.source,
            external_id=said.external_id,
        )
        if said.words != NO_WORDS:
            yield CheckInWorded(
                key_result_id=key_result.id, entry_id=said.entry_id, **dict(said.words)
            )

    def correct(
        self, key_result: Accountable, right: Correction, by: Actor, today: date
    ) -> Iterator[Fact]:
        """Say what an entry should have said, its day included; its first words stay readable."""
        key_result.must_hear(by)
        if right.correction_id in self.corrections:
            return
        entry = self._entry(right.entry_id)
        if entry.withdrawn:
            raise EntryWasWithdrawn(field="entry_id")
        self._must_say_something(right.standing, right.words)
        self._must_have_come(right.standing.observed_on, today)
        key_result.must_be_measured_so(right.standing)
        if right.standing != entry.standing:
            yield CheckInCorrected(
                key_result_id=key_result.id,
                entry_id=right.entry_id,
                correction_id=right.correction_id,
                **dict(right.standing),
                reason=right.reason,
            )
        if right.words not in (NO_WORDS, entry.words):
            yield CheckInWorded(
                key_result_id=key_result.id, entry_id=right.entry_id, **dict(right.words)
            )

    def withdraw(
        self, key_result: Accountable, entry_id: UUID, reason: str, by: Actor
    ) -> Iterator[Fact]:
        """Let an entry count no longer; withdrawing it twice records nothing."""
        key_result.must_hear(by)
        if not self._entry(entry_id).withdrawn:
            yield CheckInWithdrawn(key_result_id=key_result.id, entry_id=entry_id, reason=reason)

    def _knows(self, said: CheckIn) -> bool:
        """Whether this was said before: under its id, under its external id, or just now."""
        outside = (said.source or "", said.external_id or "")
        known = said.entry_id if said.entry_id in self.entries else None
        if known is None and said.external_id:
            known = self.external.get(outside)
        if known is None:
            return self._repeats_the_latest(said)
        if said.standing not in self._entry(known).said:
            name = said.external_id or said.entry_id
            raise EntrySaysOtherwise(field="entry_id", entry=str(name))
        return True

    def _repeats_the_latest(self, said: CheckIn) -> bool:
        latest = self.entries.get(self.latest) if self.latest else None
        return (
            latest is not None
            and not latest.withdrawn
            and (latest.standing, latest.words) == (said.standing, said.words)
        )

    def _entry(self, entry_id: UUID) -> Entry:
        entry = self.entries.get(entry_id)
        if entry is None:
            raise EntryIsUnknown(field="entry_id")
        return entry

    def _must_say_something(self, standing: Standing, words: Words) -> None:
        if standing.silent and words == NO_WORDS:
            raise NothingSaid

    def _must_have_come(self, day: date, today: date) -> None:
        if day > today:
            raise DayLiesAhead(field="observed_on", day=day.isoformat())

    # What is true afterwards

    def after(self, fact: Fact) -> "KeyResultLedger":
        """The ledger once this fact is known; assigns, never judges."""
        match fact:
            case CheckedIn():
                return self._having_heard(fact)
            case CheckInWorded(entry_id=entry_id):
                words = Words(**{name: getattr(fact, name) for name in Words.model_fields})
                return self._with(entry_id, lambda entry: replace(entry, words=words))
            case CheckInCorrected(entry_id=entry_id, standing=now):
                seen = self.corrections.knowing(fact.correction_id, entry_id)
                return replace(self, corrections=seen)._with(
                    entry_id, lambda entry: replace(entry, standing=now, said=(*entry.said, now))
                )
            case CheckInWithdrawn(entry_id=entry_id):
                return self._with(entry_id, lambda entry: replace(entry, withdrawn=True))
        return self

    def _having_heard(self, fact: CheckedIn) -> "KeyResultLedger":
        entry = Entry(standing=fact.standing, said=(fact.standing,))
        external = self.external
        if fact.external_id:
            external = external.knowing((fact.source or "", fact.external_id), fact.entry_id)
        entries = self.entries.knowing(fact.entry_id, entry)
        return replace(self, entries=entries, external=external, latest=fact.entry_id)

    def _with(self, entry_id: UUID, change: Callable[[Entry], Entry]) -> "KeyResultLedger":
        entry = self.entries.get(entry_id)
        if entry is None:
            return self
        return replace(self, entries=self.entries.knowing(entry_id, change(entry)))
