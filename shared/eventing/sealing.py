"""Personal fields in stored bytes: a third line, readable only under the person's own key.

``p1:<person>:<fields>:<blob>`` follows the envelope and the body. The blob is base64 of a random
96-bit nonce and the fields as JSON under AES-256-GCM; stream, version and what stands before the
blob are authenticated with it, so that it can't be moved to another fact.
"""

import json
from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from os import urandom
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kernel.erased import ERASED
from shared.kernel.facts import Fact, fact_named

MARK = b"\np1:"
NONCE_BYTES = 12


class Sealed(NamedTuple):
    """Stored bytes whose third line was found: whose it is, and what it is made of."""

    subject: str
    fields: str
    plain: bytes
    head: bytes
    blob: bytes


def seal(fact: Fact, subject: str, key: AESGCM, stream: UUID, version: int) -> bytes:
    """The third line of a fact with personal fields."""
    personal = fact.model_dump_json(include=set(fact.personal_fields)).encode()
    head = f"{subject}:{','.join(fact.personal_fields)}:".encode()
    nonce = urandom(NONCE_BYTES)
    cipher = key.encrypt(nonce, personal, _bound_to(stream, version, head))
    return MARK + head + b2a_base64(nonce + cipher, newline=False)


def sealed(state: bytes) -> Sealed | None:
    """The parts of stored bytes that have a third line; ``None`` of those that have not."""
    at = state.rfind(MARK)
    if at < 0:
        return None
    end = state.rindex(b":") + 1
    head = state[at + len(MARK) : end]
    subject, fields, _ = head.decode().split(":")
    return Sealed(subject, fields, state[:at], head, state[end:])


def opened(parts: Sealed, key: AESGCM, stream: UUID, version: int) -> bytes:
    """The two lines with the personal fields back in the body; InvalidTag if anything was
    altered.
    """
    blob = a2b_base64(parts.blob)
    personal = key.decrypt(
        blob[:NONCE_BYTES], blob[NONCE_BYTES:], _bound_to(stream, version, parts.head)
    )
    return _joined(parts.plain, personal)


def erased(parts: Sealed, name: str) -> bytes:
    """The two lines with marks where the personal fields were."""
    return _joined(parts.plain, _marks(name, parts.fields))


@lru_cache(maxsize=1024)
def _marks(name: str, fields: str) -> bytes:
    values = fact_named(name).erased_values
    return json.dumps({field: values.get(field, ERASED) for field in fields.split(",")}).encode()


def _joined(plain: bytes, personal: bytes) -> bytes:
    between = b"" if plain.endswith(b"\n{}") else b","
    return plain[:-1] + between + personal[1:]


def _bound_to(stream: UUID, version: int, head: bytes) -> bytes:
    return stream.bytes + version.to_bytes(4) + head
