"""Ids: opaque to readers, reproducible from a natural key where one exists."""

from typing import NewType
from uuid import UUID, uuid5

PersonId = NewType("PersonId", UUID)
UnitId = NewType("UnitId", UUID)

CAIRN = UUID("8f3c1a52-6a0e-5d0c-9d5c-5b1a2f0e7c41")


def id_of(*natural_key: object) -> UUID:
    """The id of the thing with this natural key, the same on every machine: uuid5 over its parts.

    Parts are joined with a separator that cannot occur in a code, so that ("ab","c") ≠ ("a","bc").
    """
    return uuid5(CAIRN, "\x1f".join(str(part) for part in natural_key))
