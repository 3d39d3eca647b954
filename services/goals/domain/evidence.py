"""What is known of how a key result stands: its own check-ins, or the figures of a KPI."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.goals.domain.progress import Said
from shared.kernel.periods import Period


class Evidence(Protocol):
    """Says how a key result stands on a day, out of what is known."""

    def said(self, days: Period) -> Said:
        """What is known at the end of these days."""
        ...

    def said_within(self, days: Period) -> Decimal | None:
        """The figure observed in these days themselves."""
        ...

    def last_day(self, days: Period) -> date | None:
        """The last day up to the end of these on which anything was observed."""
        ...

    def days(self) -> Sequence[date]:
        """Every day on which anything was observed, in order, each once."""
        ...
