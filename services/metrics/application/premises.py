"""What metrics must know from its neighbours before it decides; wiring says where from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from services.metrics.domain.accountable import Accountable
from services.metrics.domain.subjects import Subject, Voice
from services.metrics.domain.tenant_calendar import TenantCalendar
from shared.kernel.actors import Actor


@dataclass(frozen=True)
class Voices:
    """How one actor stands to some subjects; ``keeper`` is how they stand to KPIs at large."""

    asker: UUID | None
    at_large: Voice
    of: Mapping[UUID, Voice]


class Premises(Protocol):
    """A neighbour's state as far as it has arrived."""

    def positions(self) -> Mapping[str, int]:
        """Up to which position each followed feed is known."""
        ...

    def calendar(self) -> TenantCalendar:
        """The tenant's named periods and days off."""
        ...

    def key_results(self, ids: Collection[UUID], today: date) -> Mapping[UUID, Accountable]:
        """Published key results with who may speak about them today; unknown ones are absent."""
        ...

    def voices(self, actor: Actor, subjects: Collection[Subject], today: date) -> Voices:
        """How an actor stands to subjects today: subject, manager, keeper, service."""
        ...
