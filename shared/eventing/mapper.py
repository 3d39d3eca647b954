"""Facts to stored bytes and back, whatever schema version they were written in."""

import json
from functools import lru_cache
from typing import Any, cast

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from shared.kernel.facts import Envelope, Fact, Recorded, fact_named

_SEPARATOR = b"\n"


def encode(fact: Fact, envelope: Envelope) -> bytes:
    """Two lines of JSON: the envelope with the body's schema version ``_v``, then the body."""
    head = _envelope_line(envelope, fact.schema_version)
    return head + _SEPARATOR + fact.model_dump_json().encode()


def decode(name: str, state: bytes) -> tuple[Fact, Envelope]:
    """The fact and envelope behind stored bytes; older schema versions are lifted by ``upcast``."""
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

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Stored form of a fact that is about to be recorded."""
        recorded = cast("Recorded", domain_event)
        return StoredEvent(
            originator_id=recorded.stream,
            originator_version=recorded.version,
            topic=recorded.fact.stored_name,
            state=encode(recorded.fact, recorded.envelope),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The fact with its envelope, as it was recorded."""
        fact, envelope = decode(stored_event.topic, stored_event.state)
        return Recorded(
            fact=fact,
            stream=cast("Any", stored_event.originator_id),
            version=stored_event.originator_version,
            envelope=envelope,
        )
