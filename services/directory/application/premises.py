"""What a command must know that no single stream says."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class Holdings(Protocol):
    """Where people may be named, as the own tables have followed it."""

    def units_led_by(self, people: Collection[UUID]) -> set[UUID]:
        """The units that one of these people heads or champions, or did."""
        ...

    def people_managed_by(self, people: Collection[UUID]) -> set[UUID]:
        """The people of whom one of these is a manager of any kind, or was."""
        ...

    def units_below(self, units: Collection[UUID]) -> set[UUID]:
        """The units that lie right below one of these, or did."""
        ...

    def people_posted_in(self, units: Collection[UUID]) -> set[UUID]:
        """The people who hold a post in one of these units, or did."""
        ...

    def position(self) -> int:
        """How far the own log was followed; waits a second at most for what is recorded."""
        ...
