"""What the pages ask appraisal: appraisals, their lineage, and the walls."""

from services.web.clients.asking import Answer, Asking, Neighbour


class AppraisalClient:
    """Questions to appraisal."""

    def __init__(self, neighbour: Neighbour) -> None:
        self._appraisal = neighbour

    async def appraisals(self, asking: Asking) -> list[Answer]:
        """The appraisals that one may see: one's own, and those one reviews."""
        items: list[Answer] = (await self._appraisal.ask(asking, "/appraisals"))["items"]
        return items

    async def appraisal(self, asking: Asking, appraisal_id: object) -> Answer:
        """One appraisal with its live figures."""
        answer: Answer = await self._appraisal.ask(asking, f"/appraisals/{appraisal_id}")
        return answer
