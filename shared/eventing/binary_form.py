"""Values as PostgreSQL takes and gives them in its binary form, faster than a driver's adapters.

Only what the log's functions need: bigint, int, uuid, text, bytea and timestamptz, and arrays of
these without nulls.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from uuid import UUID

INT8, INT4, TEXT, BYTEA, UUID_ = 20, 23, 25, 17, 2950
INT4S, TEXTS, BYTEAS, UUIDS = 1007, 1009, 1001, 2951

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_INT4, _INT8 = Struct("!i"), Struct("!q")
_EMPTY, _HEAD = Struct("!iii"), Struct("!iiiii")
int4 = _INT4.pack


def uuid(value: UUID | str) -> bytes:
    """The 16 bytes of an id."""
    return value.bytes if isinstance(value, UUID) else UUID(value).bytes


def int4s(values: Sequence[int]) -> bytes:
    """An ``int[]``."""
    return _of_one_length(INT4, [int4(value) for value in values], 4)


def uuids(values: Sequence[UUID | str]) -> bytes:
    """A ``uuid[]``."""
    return _of_one_length(UUID_, [uuid(value) for value in values], 16)


def texts(values: Sequence[str]) -> bytes:
    """A ``text[]``."""
    return _of_any_length(TEXT, [value.encode() for value in values])


def byteas(values: Sequence[bytes]) -> bytes:
    """A ``bytea[]``."""
    return _of_any_length(BYTEA, values)


def _of_one_length(kind: int, items: Sequence[bytes], length: int) -> bytes:
    if not items:
        return _EMPTY.pack(0, 0, kind)
    mark = int4(length)
    return _HEAD.pack(1, 0, kind, len(items), 1) + mark + mark.join(items)


def _of_any_length(kind: int, items: Sequence[bytes]) -> bytes:
    if not items:
        return _EMPTY.pack(0, 0, kind)
    parts = [_HEAD.pack(1, 0, kind, len(items), 1)]
    for item in items:
        parts.append(int4(len(item)))
        parts.append(item)
    return b"".join(parts)


def as_int8(value: bytes | None) -> int | None:
    """A ``bigint``."""
    return None if value is None else int(_INT8.unpack(value)[0])


def as_instant(value: bytes | None) -> datetime | None:
    """A ``timestamptz``: microseconds since 2000."""
    if value is None:
        return None
    return EPOCH + timedelta(microseconds=_INT8.unpack(value)[0])


def as_int4s(value: bytes | None) -> Iterable[int]:
    """The elements of an ``int[]``; none of a null."""
    if value is None:
        return ()
    return (_INT4.unpack_from(value, at)[0] for at in range(24, len(value), 8))
