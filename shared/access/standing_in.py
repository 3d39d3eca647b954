"""The ground of acting in somebody else's place."""

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
