"""What provisioning must know, out of the own tables."""

from collections.abc import Collection, Mapping
from typing import Any, cast
from uuid import UUID

from shared.contracts.accounts import FEED
from shared.eventing.asking import Answer
from shared.eventing.recorder import Pool
from shared.eventing.seen import Followed
from shared.kernel.names import folded

CALLED = "SELECT group_id FROM account_group WHERE upper_inf(during) AND name_key = ANY(%(names)s)"
WITH = "SELECT group_id FROM group_member WHERE upper_inf(during) AND member_id = %(member)s"
UNITS = """
SELECT unit_id, lower(code) = lower(%(name)s) AS by_code FROM unit
WHERE upper_inf(during) AND lower(%(name)s) IN (lower(code), lower(name_zh), lower(name_en))
"""
LONGEST = 10.0  # seconds; followers need a few thousandths of one, on a machine that is not busy
HEAD = "SELECT coalesce(max(position), 0) FROM log.facts WHERE feed = %(feed)s"


class OwnTables:
    """Fills the application's port from the tables that the own follower writes."""

    def __init__(self, pool: Pool, followed: Followed) -> None:
        self._pool, self._followed = pool, followed

    def unit_called(self, name: str) -> UUID | None:
        """The one unit with this code or name; ``None`` when there is none, or several."""
        found = self._rows(UNITS, {"name": name.strip()})
        by_code = [row[0] for row in found if row[1]]
        named = by_code or [row[0] for row in found]
        return cast("UUID", named[0]) if len(named) == 1 else None

    def groups_called(self, names: Collection[str]) -> set[UUID]:
        """The groups that have one of these names, capitals aside."""
        return {row[0] for row in self._rows(CALLED, {"names": [folded(name) for name in names]})}

    def groups_with(self, member_id: UUID) -> set[UUID]:
        """The groups to which this person or group belongs."""
        return {row[0] for row in self._rows(WITH, {"member": member_id})}

    def arrived(self, answer: Answer | None = None) -> bool:
        """Whether the tables show what this answer recorded, or all there is; waits for it, because
        SCIM has no word for what is still arriving.
        """
        if answer is not None and not answer.repeated:
            return self._followed.wait_for(answer.seen, LONGEST)
        head = self._rows(HEAD, {"feed": FEED})[0][0]
        return self._followed.wait_for({FEED: head}, LONGEST)

    def _rows(self, query: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            return connection.execute(cast("Any", query), params).fetchall()
