"""Values as PostgreSQL takes and gives them in its binary form, faster than a driver's adapters.

Only what the log's functions need: bigint, int, uuid, text, bytea and timestamptz, and arrays of
these without nulls.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct, pack
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
    lengths_and_values = [4] * (2 * len(values))
    lengths_and_values[1::2] = values
    items = pack(f"!{len(lengths_and_values)}i", *lengths_and_values)
    return _head(INT4, len(values)) + items


def uuids(values: Sequence[UUID | str]) -> bytes:
    """A ``uuid[]``; made for lists that repeat a few objects."""
    places = list(map(id, values))  # an id's hash costs more than its place in memory
    forms = {
        place: _framed(uuid(value))
        for place, value in dict(zip(places, values, strict=True)).items()
    }
    return _head(UUID_, len(values)) + b"".join([forms[place] for place in places])


def texts(values: Sequence[str]) -> bytes:
    """A ``text[]``; made for lists that repeat a few words."""
    forms = {value: _framed(value.encode()) for value in set(values)}
    return _head(TEXT, len(values)) + b"".join([forms[value] for value in values])


def byteas(values: Sequence[bytes]) -> bytes:
    """A ``bytea[]``."""
    return _head(BYTEA, len(values)) + b"".join([int4(len(value)) + value for value in values])


def _head(kind: int, count: int) -> bytes:
    return _HEAD.pack(1, 0, kind, count, 1) if count else _EMPTY.pack(0, 0, kind)


def _framed(item: bytes) -> bytes:
    return int4(len(item)) + item


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
