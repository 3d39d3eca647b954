"""What the pages ask goals: cycles, objectives, key results, their stories and revisions."""

from typing import Any

from services.web.clients.asking import Answer, Asking, Done, Neighbour, lines


class GoalsClient:
    """Questions and commands to goals."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._goals = neighbour

    async def cycles(self, asking: Asking) -> list[Answer]:
        """All cycles."""
        items: list[Answer] = (await self._goals.ask(asking, "/cycles"))["items"]
        return items

    async def objectives(self, asking: Asking, **wanted: object) -> Answer:
        """Objectives with their key results; by holder, unit, responsible, cycle."""
        answer: Answer = await self._goals.ask(asking, "/objectives", **wanted)
        return answer

    async def objective(self, asking: Asking, objective_id: object) -> Answer:
        """One objective with its key results."""
        answer: Answer = await self._goals.ask(asking, f"/objectives/{objective_id}")
        return answer

    async def key_result(self, asking: Asking, key_result_id: object) -> Answer:
        """One key result with its series: actual, plan, and every target."""
        answer: Answer = await self._goals.ask(asking, f"/key-results/{key_result_id}")
        return answer

    async def due(self, asking: Asking, person: object) -> list[Answer]:
        """The key results of a person that wait for a check-in."""
        wanted: dict[str, Any] = {"responsible": person, "due": "true"}
        items: list[Answer] = (await self._goals.ask(asking, "/key-results", **wanted))["items"]
        return items

    async def story(self, asking: Asking, objective_id: object) -> list[Answer]:
        """What happened to an objective, in sentences, in order."""
        return lines(await self._goals.ask(asking, f"/objectives/{objective_id}/story"))

    async def key_result_story(self, asking: Asking, key_result_id: object) -> list[Answer]:
        """What happened to a key result, check-ins included."""
        return lines(await self._goals.ask(asking, f"/key-results/{key_result_id}/story"))

    async def revise(self, asking: Asking, revision: Answer, key: str) -> Done:
        """One revision of a published objective."""
        return await self._goals.command(
            asking, "revise-objectives", {"revisions": [revision]}, key
        )
