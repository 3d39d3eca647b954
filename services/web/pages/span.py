"""Over which days the time slider slides: from the first cycle on, until shortly after the last."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from time import monotonic

from services.web.clients.asking import Answer, Asking, RefusedByService, Unreachable
from services.web.clients.goals import GoalsClient

# Results are signed off in the weeks after a cycle.
AFTERWARDS = timedelta(days=21)
KEPT_SECONDS = 60


@dataclass
class KnownCycles:
    """The cycles as goals last told them, asked again after a minute."""

    goals: GoalsClient
    _told: list[Answer] = field(default_factory=list)
    _until: float = 0.0

    async def all(self, asking: Asking) -> list[Answer]:
        """Every cycle; the last ones known when goals does not answer."""
        if monotonic() >= self._until:
            try:
                self._told = await self.goals.cycles(asking.at_present())
                self._until = monotonic() + KEPT_SECONDS
            except (Unreachable, RefusedByService):
                return self._told
        return self._told

    async def span(self, asking: Asking, today: date) -> tuple[date, date]:
        """The first and the last day of the slider; without cycles, this year until today."""
        cycles = await self.all(asking)
        if not cycles:
            return today.replace(month=1, day=1), today
        first = min(date.fromisoformat(cycle["first"]) for cycle in cycles)
        last = max(date.fromisoformat(cycle["last"]) for cycle in cycles) + AFTERWARDS
        return min(first, today), max(min(last, today), min(first, today))
