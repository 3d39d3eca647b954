"""Words that several checks share: the order of days, and going up without coming back."""

from collections.abc import Iterator, Mapping

from services.host.importing.faults import Fault
from services.host.importing.rows import Row
from services.host.importing.values import too_fine


def in_order(row: Row, *keys: str) -> Iterator[Fault]:
    """A fault where a day lies before the one that the columns name before it."""
    before = None
    for key in keys:
        day = row.day(key)
        if before is not None and day is not None and day < before:
            yield row.fault(key, "days_reversed", before=before)
        before = day or before


def fine_enough(row: Row, key: str, places: int) -> Iterator[Fault]:
    """A fault where a number has more decimal places than are kept."""
    value = row.figure(key)
    if value is not None and too_fine(value, places):
        yield row.fault(key, "too_fine", places=places)


def circles(above: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every code from which going up leads back to itself."""
    for start in above:
        seen: set[str] = set()
        ahead = list(above[start])
        while ahead:
            code = ahead.pop()
            if code == start:
                yield start
                break
            if code not in seen:
                seen.add(code)
                ahead += above.get(code, ())
