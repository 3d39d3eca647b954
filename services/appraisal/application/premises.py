"""What the appraisal service must know from elsewhere to decide: people, calendar, KPIs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from services.appraisal.domain.appraising import Known
from services.appraisal.domain.facts import Plan
from services.appraisal.domain.rules import Rules


class People(Protocol):
    """The organisation as its feed has told it so far."""

    def are_known(self, people: Sequence[UUID]) -> set[UUID]:
        """Which of these people are registered."""
        ...

    def managers_of(self, person: UUID, day: date) -> Sequence[UUID]:
        """Everyone above the person by line, functional and project links, nearest first."""
        ...

    def period(self, code: str) -> tuple[date, date] | None:
        """First and last day of a named period."""
        ...

    def position(self) -> int:
        """How far the organisation feed was followed."""
        ...


class Kpis(Protocol):
    """KPIs as their feed has told them so far."""

    def known(self, plans: Sequence[Plan], rules: Mapping[tuple[UUID, int], Rules]) -> Known:
        """Definitions, entries and commitments that these plans need under their schemes' rules."""
        ...

    def position(self) -> int:
        """How far the kpis feed was followed."""
        ...
