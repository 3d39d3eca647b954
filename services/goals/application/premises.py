"""What goals must know from elsewhere to decide: ports that wiring fills from the own tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from services.goals.domain.closing import Proposal
from services.goals.domain.sense import KnownKpi

T = TypeVar("T")


@dataclass(frozen=True)
class Heard(Generic[T]):
    """What was known from a feed up to a position."""

    says: T
    source: str
    position: int


class Elsewhere(Protocol):
    """What neighbours said, as far as it has arrived here."""

    def kpis(self, kpi_ids: Collection[UUID]) -> Heard[Mapping[UUID, KnownKpi]]:
        """Those of these KPIs that are defined: how they add up and which way is better."""
        ...

    def measured(self, key_result_ids: Collection[UUID]) -> Heard[frozenset[UUID]]:
        """Those of these key results that have at least one measurement."""
        ...

    def held(self, holder_id: UUID, cycle_id: UUID) -> frozenset[UUID]:
        """The objectives that a person or unit has published in a cycle and not ended."""
        ...

    def line_above(self, person_id: UUID, on: date) -> Heard[tuple[UUID, ...]]:
        """The person's line of managers on a day, the nearest first."""
        ...

    def proposals(
        self, objective_ids: Collection[UUID], on: date
    ) -> Heard[Mapping[UUID, Proposal]]:
        """What the arithmetic proposes as scores at the end of this day."""
        ...
