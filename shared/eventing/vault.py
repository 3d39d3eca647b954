"""Seals personal fields on their way into the log, and opens them on their way out."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import EventStore, StoredEvent

from shared.eventing import sealing
from shared.eventing.subject_keys import Cipher, SubjectKeys
from shared.kernel.facts import Recorded, subject_of


class NoVault(RuntimeError):
    """Personal fields were to be stored or read where no keys are at hand: a defect of wiring."""


class Vault:
    """Personal fields under people's keys; keys are fetched for many facts at once."""

    def __init__(self, keys: SubjectKeys | None = None) -> None:
        self._keys = keys

    @property
    def keys(self) -> SubjectKeys:
        """People's keys; refused as NoVault where there are none."""
        if self._keys is None:
            raise NoVault(str(NoVault.__doc__))
        return self._keys

    def prepare(self, recorded: Iterable[Recorded]) -> None:
        """Have the keys at hand of everybody whom these facts are about, with one query.

        Refused as PersonIsForgotten when one of them is.
        """
        subjects = {_subject(one) for one in recorded if one.fact.personal_fields}
        if subjects:
            self.keys.for_writing(subjects)

    def seal(self, recorded: Recorded) -> bytes:
        """The third line of this fact; nothing when it has no personal fields."""
        if not recorded.fact.personal_fields:
            return b""
        subject = _subject(recorded)
        key = self.keys.for_writing((subject,))[subject]
        return sealing.seal(recorded.fact, subject, key, recorded.stream, recorded.version)

    def open(self, stored: Sequence[tuple[UUID, int, str, bytes]]) -> list[bytes]:
        """Stored bytes, given with stream, version and name, as if nothing were sealed in them.

        Marks stand for the fields of who is forgotten.
        """
        found = {n: parts for n, one in enumerate(stored) if (parts := sealing.sealed(one[3]))}
        states = [one[3] for one in stored]
        keys = self._keys_of({parts.subject for parts in found.values()})
        for n, parts in found.items():
            stream, version, name, _ = stored[n]
            states[n] = _open(parts, keys[parts.subject], stream, version, name)
        return states

    def open_one(self, stream: UUID, version: int, name: str, state: bytes) -> bytes:
        """The same for one fact, quicker where its key is at hand."""
        parts = sealing.sealed(state)
        if parts is None:
            return state
        return _open(parts, self._keys_of({parts.subject})[parts.subject], stream, version, name)

    def fetch(self, states: Iterable[bytes]) -> None:
        """Have the keys at hand under which these were sealed, with one query."""
        self._keys_of({parts.subject for state in states if (parts := sealing.sealed(state))})

    def _keys_of(self, subjects: set[str]) -> dict[str, Cipher]:
        return self.keys.for_reading(subjects) if subjects else {}


class SealedEvents(EventStore[Any]):
    """The library's store of events; people's keys are fetched for a whole stream at once."""

    def __init__(self, mapper: Any, recorder: Any, vault: Vault) -> None:
        super().__init__(mapper, recorder)
        self._vault = vault

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The facts of one stream in order."""
        return self.known(self.recorder.select_events(*args, **kwargs))

    def known(self, events: Iterable[StoredEvent]) -> Any:
        """What these stored facts say."""
        events = list(events)
        self._vault.fetch(event.state for event in events)
        return map(self.mapper.to_domain_event, events)


def _subject(recorded: Recorded) -> str:
    return subject_of(recorded).hex


def _open(parts: sealing.Sealed, key: Cipher, stream: UUID, version: int, name: str) -> bytes:
    if key is None:
        return sealing.erased(parts, name)
    return sealing.opened(parts, key, stream, version)
