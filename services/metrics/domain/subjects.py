"""Whose figure it is, and who may speak about it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.errors import OnlySystemsReport
from shared.access.refusals_of_figures import (
    NotAKpiKeeper,
    NotTheSubject,
    NotYourFigures,
    OwnFigures,
)

Origin = Literal["system", "typed", "imported", "derived"]


class Subject(BaseModel):
    """A person or a unit, by the directory's id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["person", "unit"]
    id: UUID


class About(BaseModel):
    """Which KPI, whose figures, which period: the natural key of a commitment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod


@dataclass(frozen=True)
class Voice:
    """Who asks, and how they stand to the subject and the KPI.

    ``subject``: the figures are theirs, or of the one for whom or by whom they act; of a unit's
    figures its head is the subject. ``manager``: in the line above the subject. ``keeper``: HR,
    executive or administrator. ``service``: a connected system or an import, known by its token.
    """

    service: bool = False
    subject: bool = False
    manager: bool = False
    owner: bool = False
    keeper: bool = False

    def must_keep_kpis(self) -> None:
        """Definitions are made by keepers and services."""
        if not (self.keeper or self.service):
            raise NotAKpiKeeper

    def must_answer_for_figures(self) -> None:
        """Figures, terms and seals are made by owner, managers, keepers and services, of others."""
        if self.subject:
            raise OwnFigures
        if not (self.owner or self.manager or self.keeper or self.service):
            raise NotYourFigures

    def must_be_the_subject(self) -> None:
        """Agreement is the subject's, or what a service brings that was signed elsewhere."""
        if not (self.subject or self.service):
            raise NotTheSubject

    def must_report(self, origin: Origin) -> None:
        """Only a service reports as a system, whoever it is about; the rest is typing."""
        if origin in ("system", "derived"):
            if not self.service:
                raise OnlySystemsReport(field="origin")
            return
        self.must_answer_for_figures()
