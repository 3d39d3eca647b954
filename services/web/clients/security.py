"""What the pages ask every service: who was refused what."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.web.clients.asking import Answer, Asking, Neighbour, Unreachable


@dataclass(frozen=True)
class Refusals:
    """Entries of all security logs, the newest first, and the services that did not answer."""

    entries: Sequence[Answer]
    silent: Sequence[str]


class SecurityClient:
    """Questions to the security logs of all services at once."""

    def __init__(self, neighbours: Sequence[Neighbour]) -> None:
        self._neighbours = neighbours

    async def refusals(self, asking: Asking, **wanted: Any) -> Refusals:
        """What was refused anywhere; refused itself when one may not look."""
        told = await gather(*(self._ask(one, asking, wanted) for one in self._neighbours))
        entries = [entry for found in told for entry in found or ()]
        silent = [
            one.name for one, found in zip(self._neighbours, told, strict=True) if found is None
        ]
        if len(silent) == len(self._neighbours):
            raise Unreachable(silent[0])
        return Refusals(sorted(entries, key=_instant, reverse=True), silent)

    async def _ask(
        self, neighbour: Neighbour, asking: Asking, wanted: dict[str, Any]
    ) -> list[Answer] | None:
        try:
            answer = await neighbour.ask(asking.at_present(), "/security-log", **wanted)
        except Unreachable:
            return None
        return [{**entry, "service": neighbour.name} for entry in answer["items"]]


def _instant(entry: Answer) -> datetime:
    return datetime.fromisoformat(str(entry["at"]))
