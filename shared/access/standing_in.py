"""Grounds that ask by whose hand something is done."""

from dataclasses import dataclass

from shared.access.grounds import Alone, Columns
from shared.access.things import Around, Asker, Thing


@dataclass(frozen=True)
class StandingIn(Alone):
    """A delegate acts for somebody else: for what everybody does themselves."""

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """Under a delegation."""
        return asker.stands_in

    def sql(self, columns: Columns) -> str:
        """Under a delegation."""
        return "coalesce(%(hand)s::uuid <> %(asker)s::uuid, false)"


@dataclass(frozen=True)
class InPerson(Alone):
    """A person acts, in their own name or as a delegate; not a service on somebody's behalf."""

    def could(self, asker: Asker) -> bool:
        """For whoever acts with their own hand."""
        return asker.hand is not None

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """For whoever acts with their own hand."""
        return asker.hand is not None

    def sql(self, columns: Columns) -> str:
        """For whoever acts with their own hand."""
        return "%(hand)s::uuid IS NOT NULL"
