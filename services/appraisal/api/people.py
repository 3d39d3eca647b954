"""What the tables say about people: who is known, who holds which role, who is above whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from psycopg.rows import dict_row

from shared.eventing.recorder import Pool

EVERYWHERE = UUID(int=0)

# For each person and kind of link, the manager who holds on the day asked.
ABOVE = """
WITH RECURSIVE links AS (
    SELECT DISTINCT ON (person, kind) person, kind, manager FROM manager_links
    WHERE upper_inf(during) AND effective_from <= %(day)s
    ORDER BY person, kind, effective_from DESC
), above (manager, depth, path) AS (
    SELECT manager, 1, ARRAY[person, manager] FROM links WHERE person = %(person)s
    UNION ALL
    SELECT l.manager, a.depth + 1, a.path || l.manager FROM above a
    JOIN links l ON l.person = a.manager AND l.kind = 'line'
    WHERE NOT l.manager = ANY(a.path)
)
SELECT manager FROM above GROUP BY manager ORDER BY min(depth)
"""
HELD = """
SELECT unit FROM roles
WHERE upper_inf(during) AND person = %(person)s AND role = %(role)s
  AND effective_from <= %(day)s AND (expires_on IS NULL OR expires_on >= %(day)s)
"""
UNITS_ABOVE = """
WITH RECURSIVE parents AS (
    SELECT DISTINCT ON (unit) unit, parent FROM unit_parents
    WHERE upper_inf(during) AND effective_from <= %(day)s
    ORDER BY unit, effective_from DESC
), above (unit) AS (
    SELECT %(unit)s::uuid UNION SELECT p.parent FROM above a JOIN parents p ON p.unit = a.unit
)
SELECT unit FROM above WHERE unit IS NOT NULL
"""


class SqlPeople:
    """The organisation of now, through the tables."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def are_known(self, people: Sequence[UUID]) -> set[UUID]:
        """Which of these people are registered."""
        query = "SELECT person FROM people WHERE upper_inf(during) AND person = ANY(%(people)s)"
        return {row["person"] for row in self._rows(query, {"people": list(people)})}

    def works_here(self, person: UUID, day: date) -> bool:
        """Whether the person is employed on this day and may act."""
        query = (
            "SELECT 1 FROM people WHERE upper_inf(during) AND person = %(person)s AND active"
            " AND employed_from <= %(day)s AND (last_day IS NULL OR last_day >= %(day)s)"
        )
        return bool(self._rows(query, {"person": person, "day": day}))

    def holds(self, person: UUID, role: str, units: Sequence[UUID], day: date) -> bool:
        """Whether the person works here and holds the role everywhere, or above each unit."""
        if not self.works_here(person, day):
            return False
        asked = {"person": person, "role": role, "day": day}
        held = {row["unit"] for row in self._rows(HELD, asked)}
        if EVERYWHERE in held:
            return True
        return bool(units) and all(held & self._units_above(unit, day) for unit in units)

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

    def _units_above(self, unit: UUID, day: date) -> set[UUID]:
        return {row["unit"] for row in self._rows(UNITS_ABOVE, {"unit": unit, "day": day})}

    def _rows(self, query: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), params).fetchall()
