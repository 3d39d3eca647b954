"""What the pages ask metrics: check-ins, the KPI board, the card of a KPI."""

from typing import Any

from services.web.clients.asking import Answer, Asking, Done, Neighbour, lines


class MetricsClient:
    """Questions and commands to metrics."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._metrics = neighbour

    async def check_ins(self, asking: Asking, key_result_id: object) -> list[Answer]:
        """The check-ins on a key result, with corrections."""
        path = f"/key-results/{key_result_id}/check-ins"
        items: list[Answer] = (await self._metrics.ask(asking, path))["items"]
        return items

    async def check_in(self, asking: Asking, entry: Answer, key: str) -> Done:
        """One check-in."""
        return await self._metrics.command(asking, "check-in", {"check_ins": [entry]}, key)

    async def board(self, asking: Asking, **wanted: object) -> Answer:
        """KPI × subject for a period and unit."""
        answer: Answer = await self._metrics.ask(asking, "/kpi-board", **wanted)
        return answer

    async def kpi(self, asking: Asking, kpi_id: object, **wanted: object) -> Answer:
        """One KPI of one subject in one period: commitment, series, entries."""
        answer: Answer = await self._metrics.ask(asking, f"/kpis/{kpi_id}", **wanted)
        return answer

    async def kpi_story(self, asking: Asking, kpi_id: object, **wanted: Any) -> list[Answer]:
        """What happened to a KPI of one subject, in sentences."""
        return lines(await self._metrics.ask(asking, f"/kpis/{kpi_id}/story", **wanted))
