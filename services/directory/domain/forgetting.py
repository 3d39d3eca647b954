"""Erasing what is personal about someone who has left, and holding it for the law."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.directory.domain.forgetting_errors import (
    HeldByLaw,
    HoldIsUnknown,
    HoldMeansAnother,
    StillWorksHere,
)
from shared.kernel.facts import Fact

# What can have happened


class LegalHoldPlaced(Fact, name="directory.Person.LegalHoldPlaced"):
    """Nothing about this person may be erased as long as this hold stands."""

    hold_id: UUID
    reason: str


class LegalHoldReleased(Fact, name="directory.Person.LegalHoldReleased"):
    """This hold stands no longer."""

    hold_id: UUID
    reason: str


class Forgotten(Fact, name="directory.Person.Forgotten"):
    """What was personal about this person is to be erased everywhere, for ever."""

    reason: str


# What can be asked


@dataclass(frozen=True)
class Erasure:
    """What stands in the way of erasing what is personal about someone, and whether it was done."""

    holds: dict[UUID, str] = field(default_factory=dict)
    released: frozenset[UUID] = frozenset()
    forgotten: bool = False

    def place_hold(self, hold_id: UUID, reason: str) -> Iterator[Fact]:
        """Let nothing be erased; the same hold again records nothing."""
        known = self.holds.get(hold_id)
        if hold_id in self.released or known not in (None, reason):
            raise HoldMeansAnother(field="hold_id")
        if known is None:
            yield LegalHoldPlaced(hold_id=hold_id, reason=reason)

    def release_hold(self, hold_id: UUID, reason: str) -> Iterator[Fact]:
        """Let this hold stand no longer; twice records nothing."""
        if hold_id in self.released:
            return
        if hold_id not in self.holds:
            raise HoldIsUnknown(field="hold_id")
        yield LegalHoldReleased(hold_id=hold_id, reason=reason)

    def forget(self, last_day: date | None, today: date, reason: str) -> Iterator[Fact]:
        """Erase what is personal, once the last day has passed and no hold stands; once."""
        if self.forgotten:
            return
        if last_day is None or last_day >= today:
            raise StillWorksHere(field="person_id")
        if self.holds:
            raise HeldByLaw(field="person_id", reasons="; ".join(self.holds.values()))
        yield Forgotten(reason=reason)

    # What is true afterwards

    def after(self, fact: Fact) -> "Erasure":
        """The same once this fact is known; assigns, never judges."""
        match fact:
            case LegalHoldPlaced(hold_id=hold_id, reason=reason):
                return replace(self, holds={**self.holds, hold_id: reason})
            case LegalHoldReleased(hold_id=hold_id):
                left = {known: reason for known, reason in self.holds.items() if known != hold_id}
                return replace(self, holds=left, released=self.released | {hold_id})
            case Forgotten():
                return replace(self, forgotten=True)
        return self
