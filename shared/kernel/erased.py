"""What stands where something personal was erased."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

# Short, the same in every language and table; pages say it in words.
ERASED = "[erased]"

_EMPTY: dict[Any, Any] = {tuple: [], list: [], set: [], frozenset: [], dict: {}}


def is_erased(value: object) -> bool:
    """Whether this stands where something personal was erased."""
    return value == ERASED


def erased_like(annotation: Any) -> Any:
    """What stands in a field of this type once it is erased: the mark in a text, else nothing.

    A type that can hold neither can't be marked as personal: TypeError.
    """
    kinds = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    if str in kinds:
        return ERASED
    if NoneType in kinds:
        return None
    origin = get_origin(annotation) or annotation
    if origin in _EMPTY:
        return _EMPTY[origin]
    raise TypeError(f"{annotation} has no value that says that it was erased: let it be None")
