"""A refusal of a part of a command says which part it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.kernel.refusals import Refused


@contextmanager
def placed(items: str, number: int | None = None) -> Iterator[None]:
    """Refusals from inside name their field as ``items[number].field``, or ``part.field``."""
    try:
        yield
    except Refused as refusal:
        place = items if number is None else f"{items}[{number}]"
        refusal.field = f"{place}.{refusal.field}" if refusal.field else place
        raise
