"""A request to change something, and the answer to it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.kernel.actors import Actor
from shared.kernel.facts import Envelope
from shared.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, under which request id, and the hash of what was asked.

    ``command`` is its name as the policy knows it; ``None`` when a service reacts to a fact.
    The same ``request_id`` and ``body_hash`` within seven days get the stored answer again.
    """

    request_id: str
    actor: Actor
    body_hash: bytes = b""
    command: str | None = None
    correlation: str | None = None
    cause: str | None = None

    def envelope(self) -> Envelope:
        """The envelope of every fact that this request brings about."""
        return Envelope(
            actor=self.actor,
            cause=self.cause or f"request:{self.request_id}",
            correlation=self.correlation,
        )


def hash_of(body: object) -> bytes:
    """SHA-256 of a JSON-able body with sorted keys, so that equal bodies have equal hashes."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


@dataclass(slots=True)
class Answer:
    """What a command answers: the versions its streams have now, warnings, and where to see it.

    ``seen`` maps a feed to the position that a reader's tables must have reached to show it.
    """

    streams: dict[str, int] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)
    repeated: bool = False

    def body(self) -> dict[str, Any]:
        """The answer as clients read it."""
        streams = [{"id": stream, "version": version} for stream, version in self.streams.items()]
        return {"streams": streams, "warnings": self.warnings, **self.more}


class RequestIdReused(Refused):
    """This Idempotency-Key was used before for another request. Use a new key for a new request."""


class IdOfSomethingElse(Refused):
    """The id {stream} is that of something else. Send the id of what you mean, or a fresh one for
    something new.
    """


class VersionHasMoved(Refused):
    """You changed version {expected}, but it is at version {actual} now. Load it again, look at
    the change, and repeat yours.
    """

    status = 412
