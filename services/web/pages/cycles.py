"""Which cycle a page speaks of when none was chosen."""

from collections.abc import Sequence
from datetime import date

from services.web.clients.asking import Answer


def running(cycles: Sequence[Answer], day: date) -> Answer | None:
    """The shortest cycle that the day lies in, else the one that ended last before it."""
    here = [c for c in cycles if c["first"] <= day.isoformat() <= c["last"]]
    if here:
        return min(here, key=_days)
    begun = [c for c in cycles if c["first"] <= day.isoformat()] or list(cycles)
    return max(begun, key=lambda c: str(c["last"])) if begun else None


def chosen(cycles: Sequence[Answer], cycle_id: str, day: date) -> Answer | None:
    """The cycle with this id, else the running one."""
    return next((c for c in cycles if str(c["id"]) == cycle_id), None) or running(cycles, day)


def _days(cycle: Answer) -> int:
    return (date.fromisoformat(cycle["last"]) - date.fromisoformat(cycle["first"])).days
