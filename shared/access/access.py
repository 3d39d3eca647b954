"""The policy of one service over its own tables: what routes, commands and reads ask."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from psycopg_pool import ConnectionPool

from shared.access.deciding import Decision, decide_all, enter
from shared.access.filtering import Filter, asking, rows_that
from shared.access.grounds import Columns
from shared.access.organisation import Organisation, OwnOrganisation
from shared.access.refusals import NoEntry
from shared.access.rules import Policy
from shared.access.things import Asker, Thing
from shared.kernel.actors import Actor


class Access:
    """Decides for one service; everything is asked of today, whatever instant is looked at."""

    def __init__(
        self,
        policy: Policy,
        names: Organisation,
        pool: ConnectionPool[Any],
        today: Callable[[], date],
    ) -> None:
        self.policy, self._names, self._today = policy, names, today
        self._organisation = OwnOrganisation(pool, names)

    def asker(self, actor: Actor) -> Asker:
        """Who this actor is today."""
        return self._organisation.asker(actor, self._today())

    def enter(self, method: str, path: str, asker: Asker) -> None:
        """Refuse a route without an entry, and whoever can do nothing there."""
        action = self.policy.of_route(method, path)
        if action is None:
            raise NoEntry
        enter(action, asker)

    def decide(self, action: str, asker: Asker, things: Sequence[Thing]) -> list[Decision]:
        """A decision for each of these things, in a constant number of queries."""
        return decide_all(self.policy[action], asker, things, self._organisation, self._today())

    def rows_that(self, action: str, columns: Columns) -> Filter:
        """The rows to which this action is allowed, as SQL."""
        return rows_that(self.policy[action], self._names, columns)

    def asking(self, asker: Asker) -> dict[str, Any]:
        """The values for such a filter."""
        return dict(asking(asker, self._today()))
