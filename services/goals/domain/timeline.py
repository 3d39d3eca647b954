"""What holds on which day, when things are said with the day from which they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Timeline:
    """Values in the order of the days from which they hold, as known now.

    Saying something from a day on cancels what was said before to hold from that day or later.
    """

    values: tuple[tuple[date, Any], ...]

    def on(self, day: date) -> Any:
        """The value that holds on this day; before the first day, the first one."""
        holding = [value for since, value in self.values if since <= day]
        return holding[-1] if holding else self.values[0][1]

    def said(self, since: date, value: Any) -> "Timeline":
        """The values once this one was said to hold from this day on."""
        earlier = tuple(entry for entry in self.values if entry[0] < since)
        return Timeline((*earlier, (since, value)))

    def holds(self, since: date, value: Any) -> bool:
        """Whether this value already holds from this day on, for good."""
        later = (known for day, known in self.values if day > since)
        return self.on(since) == value and all(known == value for known in later)


@dataclass(frozen=True)
class Sayings:
    """Everything that is said about one thing, each aspect with its own timeline."""

    aspects: Mapping[str, Timeline]

    def on(self, day: date, aspect: str) -> Any:
        """What is said about this aspect on this day."""
        return self.aspects[aspect].on(day)

    def said(self, since: date, says: Mapping[str, Any]) -> "Sayings":
        """What is said once these values hold from this day on."""
        return replace(
            self, aspects={**self.aspects, **{a: self._with(a, since, v) for a, v in says.items()}}
        )

    def _with(self, aspect: str, since: date, value: Any) -> Timeline:
        known = self.aspects.get(aspect)
        return known.said(since, value) if known else Timeline(((since, value),))

    def holds(self, since: date, says: Mapping[str, Any]) -> bool:
        """Whether all these values already hold from this day on."""
        return all(a in self.aspects and self.aspects[a].holds(since, v) for a, v in says.items())

    def days_from(self, since: date) -> tuple[date, ...]:
        """This day and every later one on which something changes."""
        later = {day for line in self.aspects.values() for day, _ in line.values if day > since}
        return (since, *sorted(later))


def first_said(since: date, says: Mapping[str, Any]) -> Sayings:
    """The sayings that begin with these values."""
    return Sayings({aspect: Timeline(((since, value),)) for aspect, value in says.items()})
