"""Facts to stored bytes and back, whatever schema version they were written in."""

import json
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from shared.eventing.vault import Vault
from shared.kernel.facts import Envelope, Fact, Recorded, fact_named

_SEPARATOR = b"\n"


def encode(fact: Fact, envelope: Envelope) -> bytes:
    """Two lines of JSON: the envelope with the body's schema version ``_v``, then the body.

    Personal fields are left out: they are sealed into a third line (``sealing``).
    """
    head = _envelope_line(envelope, fact.schema_version)
    if not fact.personal_fields:
        return head + _SEPARATOR + fact.model_dump_json().encode()
    body = fact.model_dump_json(exclude=set(fact.personal_fields))
    return head + _SEPARATOR + body.encode()


def decode(name: str, state: bytes) -> tuple[Fact, Envelope]:
    """The fact and envelope behind stored bytes whose third line, if any, was opened before.

    Older schema versions are lifted by ``upcast``.
    """
    head, body = state.split(_SEPARATOR, 1)
    envelope, stored_version = envelope_of(head)
    kind = fact_named(name)
    if stored_version == kind.schema_version:
        return kind.model_validate_json(body), envelope
    lifted = kind.upcast(json.loads(body), stored_version)
    return kind.model_validate(lifted), envelope


def split(state: bytes) -> tuple[bytes, bytes]:
    """The envelope line and the body line of stored bytes."""
    head, body = state.split(_SEPARATOR, 1)
    return head, body


@lru_cache(maxsize=4096)
def envelope_of(head: bytes) -> tuple[Envelope, int]:
    """The envelope in a stored first line, and the schema version of the body that follows it."""
    told: dict[str, Any] = json.loads(head)
    stored_version = told.pop("_v")
    return Envelope.model_validate(told), stored_version


@lru_cache(maxsize=1024)
def _cached_line(envelope_json: str, schema_version: int) -> bytes:
    return f'{{"_v":{schema_version},{envelope_json[1:]}'.encode()


def _envelope_line(envelope: Envelope, schema_version: int) -> bytes:
    return _cached_line(envelope.model_dump_json(exclude_defaults=True), schema_version)


class FactMapper(Mapper[Any]):
    """The library's mapper seam over our codec: ``Recorded`` instead of the library's events."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._vault = vault

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Stored form of a fact that is about to be recorded."""
        recorded = cast("Recorded", domain_event)
        return StoredEvent(
            originator_id=recorded.stream,
            originator_version=recorded.version,
            topic=recorded.fact.stored_name,
            state=encode(recorded.fact, recorded.envelope) + self._vault.seal(recorded),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The fact with its envelope, as it was recorded."""
        stream, version = cast("UUID", stored_event.originator_id), stored_event.originator_version
        name = stored_event.topic
        state = self._vault.open_one(stream, version, name, stored_event.state)
        fact, envelope = decode(name, state)
        return Recorded(
            fact=fact,
            stream=stream,
            version=version,
            envelope=envelope,
        )
