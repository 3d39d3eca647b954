"""What the tables say about people: who is known, who is above whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from psycopg.rows import dict_row

from shared.eventing.recorder import Pool

# For each person and kind of link, the manager who holds on the day asked.
ABOVE = """
WITH RECURSIVE links AS (
    SELECT DISTINCT ON (person, kind) person, kind, manager FROM manager_links
    WHERE effective_from <= %(day)s ORDER BY person, kind, position DESC
), above (manager, depth, path) AS (
    SELECT manager, 1, ARRAY[person, manager] FROM links WHERE person = %(person)s
    UNION ALL
    SELECT l.manager, a.depth + 1, a.path || l.manager FROM above a
    JOIN links l ON l.person = a.manager AND l.kind = 'line'
    WHERE NOT l.manager = ANY(a.path)
)
SELECT manager FROM above WHERE manager IS NOT NULL GROUP BY manager ORDER BY min(depth)
"""


class SqlPeople:
    """The organisation of now, through the tables."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def are_known(self, people: Sequence[UUID]) -> set[UUID]:
        """Which of these people are registered."""
        query = "SELECT person FROM people WHERE upper_inf(during) AND person = ANY(%(people)s)"
        return {row["person"] for row in self._rows(query, {"people": list(people)})}

    def managers_of(self, person: UUID, day: date) -> Sequence[UUID]:
        """Everyone above: managers of any kind, and their lines, nearest first."""
        rows = self._rows(ABOVE, {"person": person, "day": day})
        return [row["manager"] for row in rows if row["manager"] != person]

    def period(self, code: str) -> tuple[date, date] | None:
        """First and last day of a named period."""
        rows = self._rows(
            "SELECT first, last FROM calendar_periods WHERE upper_inf(during) AND code = %(code)s",
            {"code": code},
        )
        return (rows[0]["first"], rows[0]["last"]) if rows else None

    def position(self) -> int:
        """How far the organisation feed was followed."""
        return int(self._rows("SELECT position FROM organisation.follower", {})[0]["position"])

    def _rows(self, query: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), params).fetchall()
