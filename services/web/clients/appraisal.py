"""What the pages ask appraisal: appraisals, their lineage, and the walls."""

from services.web.clients.asking import Answer, Asking, Neighbour, lines


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

    async def story(self, asking: Asking, appraisal_id: object) -> list[Answer]:
        """What happened to an appraisal, in sentences."""
        return lines(await self._appraisal.ask(asking, f"/appraisals/{appraisal_id}/story"))

    async def separation(self, asking: Asking) -> Answer:
        """Which walls between OKRs and appraisal hold here and now."""
        answer: Answer = await self._appraisal.ask(asking, "/separation")
        return answer
