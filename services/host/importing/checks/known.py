"""What is recorded already, as a file's checks and its plan ask for it."""

from datetime import date
from typing import Protocol
from uuid import UUID


class Known(Protocol):
    """The services' tables, asked for what a file names but does not hold."""

    def knows(self, sheet: str, code: str) -> bool:
        """Whether something with this code, of the kind that this sheet lists, is there."""
        ...

    def objective_of(self, key_result: str) -> UUID | None:
        """The objective in which the key result with this code lives."""
        ...

    def unit_of(self, person: str) -> UUID | None:
        """The unit of the first post of the person with this code."""
        ...

    def days_of(self, period: str) -> tuple[date, date] | None:
        """The first and last day of the period with this code."""
        ...

    def is_closed(self, cycle: str) -> bool:
        """Whether the cycle with this code is closed and takes nothing more."""
        ...


class NothingKnown:
    """An installation without a fact: everything has to be in the file."""

    def knows(self, sheet: str, code: str) -> bool:  # noqa: ARG002
        """No."""
        return False

    def objective_of(self, key_result: str) -> UUID | None:  # noqa: ARG002
        """None."""
        return None

    def unit_of(self, person: str) -> UUID | None:  # noqa: ARG002
        """None."""
        return None

    def days_of(self, period: str) -> tuple[date, date] | None:  # noqa: ARG002
        """None."""
        return None

    def is_closed(self, cycle: str) -> bool:  # noqa: ARG002
        """No."""
        return False
