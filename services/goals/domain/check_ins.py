"""What people said about how a key result stands: its check-ins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.domain.progress import Said
from shared.kernel.periods import Period


@dataclass(frozen=True)
class CheckIn:
    """One entry as it counts: what it says about a business day; of one day the later rank wins."""

    observed_on: date
    rank: int
    value: Decimal | None = None
    milestones_done: frozenset[str] | None = None
    level: str | None = None
    confidence: int | None = None

    def over(self, before: Said) -> Said:
        """What is known after this entry; what it leaves out still holds."""
        done = self.milestones_done
        return Said(
            value=before.value if self.value is None else self.value,
            milestones_done=before.milestones_done if done is None else done,
            level=before.level if self.level is None else self.level,
        )


class CheckIns:
    """The check-ins of one key result; what one of them leaves out still holds from before."""

    def __init__(self, entries: Iterable[CheckIn]) -> None:
        self.entries = sorted(entries, key=lambda e: (e.observed_on, e.rank))

    def said(self, days: Period) -> Said:
        """The latest of everything said up to the last of these days, also before the first."""
        said = Said()
        for entry in self.entries:
            if entry.observed_on > days.last:
                break
            said = entry.over(said)
        return said

    def said_within(self, days: Period) -> Decimal | None:
        """The last figure observed in these days themselves."""
        figures = (e.value for e in reversed(self.entries) if e.observed_on in days)
        return next((value for value in figures if value is not None), None)

    def last_day(self, days: Period) -> date | None:
        """The last day up to the end of these on which anybody checked in."""
        known = (e.observed_on for e in reversed(self.entries) if e.observed_on <= days.last)
        return next(known, None)

    def days(self) -> Sequence[date]:
        """Every day with a check-in, in order, each once."""
        return sorted({entry.observed_on for entry in self.entries})

    def confidence(self, day: date) -> int | None:
        """The confidence 0–10 last given by this day."""
        given = (e.confidence for e in reversed(self.entries) if e.observed_on <= day)
        return next((confidence for confidence in given if confidence is not None), None)
