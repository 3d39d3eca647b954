"""A record as a Kafka message and back: CloudEvents 1.0, binary content mode.

The headers carry the envelope, the value carries the data. Instants travel in ``ce_time`` only;
Kafka's own timestamp stays the moment of sending, because retention counts from it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.records import Record

HEARTBEAT = "cairn.feed.heartbeat.v1"

Headers = list[tuple[str, bytes | None]]


class ForeignMessage(ValueError):
    """A message on a topic that no relay of ours wrote."""


@dataclass(frozen=True, slots=True)
class Message:
    """What travels through the broker: a key, headers, and the data unless it is withheld."""

    key: bytes
    headers: Headers
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The topic is complete up to position ``head`` and through instant ``complete_through``."""

    head: int
    complete_through: datetime


def message_of(record: Record, service: str) -> Message:
    """The record as a message of its owner, keyed by stream."""
    headers = _headers(
        id=f"{service}:{record.position}",
        source=_source(service),
        type=record.name,
        subject=str(record.stream),
        time=record.recorded_at.isoformat(),
        position=record.position,
        previous=record.previous,
        version=record.version,
        actor=record.actor,
        onbehalfof=record.on_behalf_of,
        cause=record.cause,
        withheld="true" if record.withheld else None,
    )
    if record.withheld or record.data is None:
        return Message(str(record.stream).encode(), headers, None)
    headers.append(("content-type", b"application/json"))
    value = json.dumps(record.data, ensure_ascii=False, separators=(",", ":")).encode()
    return Message(str(record.stream).encode(), headers, value)


def message_of_heartbeat(beat: Heartbeat, service: str) -> Message:
    """The heartbeat as a message: an event without subject or data."""
    instant = beat.complete_through.isoformat()
    headers = _headers(
        id=f"{service}:{beat.head}@{instant}",
        source=_source(service),
        type=HEARTBEAT,
        time=instant,
        position=beat.head,
    )
    return Message(b"heartbeat", headers, None)


def read_message(message: Message, feed: str) -> Record | Heartbeat:
    """What a message of this feed says; refused as ForeignMessage when it is not one of ours."""
    try:
        said = {name: value.decode() for name, value in message.headers if value is not None}
        if said["ce_type"] == HEARTBEAT:
            return Heartbeat(int(said["ce_position"]), datetime.fromisoformat(said["ce_time"]))
        return _record(said, message.value, feed)
    except (KeyError, ValueError) as reason:
        raise ForeignMessage(f"not a record of feed {feed}: {reason!r}") from reason


def _record(said: dict[str, str], value: bytes | None, feed: str) -> Record:
    return Record(
        feed=feed,
        position=int(said["ce_position"]),
        previous=int(said["ce_previous"]),
        stream=UUID(said["ce_subject"]),
        version=int(said["ce_version"]),
        recorded_at=datetime.fromisoformat(said["ce_time"]),
        name=said["ce_type"],
        actor=said["ce_actor"],
        on_behalf_of=said.get("ce_onbehalfof"),
        cause=said.get("ce_cause"),
        withheld="ce_withheld" in said,
        data=json.loads(value) if value else None,
    )


def _headers(**attributes: object) -> Headers:
    given = {"specversion": "1.0", **attributes}
    return [(f"ce_{name}", str(says).encode()) for name, says in given.items() if says is not None]


def _source(service: str) -> str:
    return f"/cairn/{service}"
