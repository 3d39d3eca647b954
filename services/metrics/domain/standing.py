"""How a key result stands on a day, in figures and in words."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

ReportedStatus = Literal["on_track", "behind", "at_risk", "achieved"]


class Standing(BaseModel):
    """Figures of one business day; what is absent was not said, and the earlier value holds.

    A boolean key result says 1 or 0; ``milestones_done`` names all that are reached so far;
    ``level`` the rubric level chosen; ``confidence`` runs from 0 to 10.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    observed_on: date
    value: Annotated[Decimal, Field(allow_inf_nan=False)] | None = None
    milestones_done: tuple[str, ...] | None = None
    level: str | None = None
    confidence: Annotated[int, Field(ge=0, le=10)] | None = None
    reported_status: ReportedStatus | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing at all is said about the day."""
        said = (self.value, self.milestones_done, self.level, self.confidence, self.reported_status)
        return all(one is None for one in said)


class Words(BaseModel):
    """The three questions answered in words: personal text, which can be erased."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    progress: str = ""
    obstacles: str = ""
    support_needed: str = ""


NO_WORDS = Words()
