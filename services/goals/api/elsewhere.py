"""What neighbours said, out of the own tables: the premises that commands are decided on."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from services.goals.api.looking import Present
from services.goals.api.proposals import proposals
from services.goals.application.premises import Heard
from services.goals.domain.closing import Proposal
from services.goals.domain.sense import KnownKpi
from shared.eventing.recorder import Pool

KPIS = """
SELECT DISTINCT ON (kpi_id) kpi_id, over_time, direction
  FROM kpis.definitions WHERE kpi_id = ANY(%(ids)s) ORDER BY kpi_id, position DESC
"""
MEASURED = """
SELECT DISTINCT key_result_id FROM measurements.entries
 WHERE key_result_id = ANY(%(ids)s) AND upper_inf(during)
"""
HELD = """
SELECT objective_id FROM objectives.objectives
 WHERE cycle_id = %(cycle)s AND terms -> 'holder' ->> 'id' = %(holder)s
   AND stage IN ('published', 'closed') AND upper_inf(during)
"""
LINE = """
WITH RECURSIVE line AS (
    SELECT 0 AS step, %(person)s::uuid AS person_id
    UNION ALL
    SELECT l.step + 1, m.manager_id
      FROM line l, LATERAL (
          SELECT manager_id FROM organisation.managers
           WHERE person_id = l.person_id AND kind = 'line' AND effective_from <= %(on)s
           ORDER BY position DESC LIMIT 1) m
     WHERE l.step < 20
)
SELECT person_id FROM line WHERE step > 0 AND person_id IS NOT NULL ORDER BY step
"""
POSITIONS = {
    "organisation": "SELECT position FROM organisation.follower",
    "kpis": "SELECT position FROM kpis.follower",
    "measurements": "SELECT position FROM measurements.follower",
}


class OwnTables:
    """Fills the application's port from the tables that the followers write."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def kpis(self, kpi_ids: Collection[UUID]) -> Heard[Mapping[UUID, KnownKpi]]:
        """Those of these KPIs that are defined."""
        position, rows = self._heard("kpis", KPIS, {"ids": list(kpi_ids)})
        return Heard({row[0]: KnownKpi(row[1], row[2]) for row in rows}, "kpis", position)

    def measured(self, key_result_ids: Collection[UUID]) -> Heard[frozenset[UUID]]:
        """Those of these key results that have at least one measurement."""
        position, rows = self._heard("measurements", MEASURED, {"ids": list(key_result_ids)})
        return Heard(frozenset(row[0] for row in rows), "measurements", position)

    def held(self, holder_id: UUID, cycle_id: UUID) -> frozenset[UUID]:
        """The objectives that a person or unit has published in a cycle and not ended."""
        about = {"holder": str(holder_id), "cycle": cycle_id}
        with self._pool.connection() as connection:
            rows = connection.execute(cast("Any", HELD), about).fetchall()
        return frozenset(row[0] for row in rows)

    def line_above(self, person_id: UUID, on: date) -> Heard[tuple[UUID, ...]]:
        """The person's line of managers on a day, the nearest first."""
        position, rows = self._heard("organisation", LINE, {"person": person_id, "on": on})
        return Heard(tuple(row[0] for row in rows), "organisation", position)

    def proposals(
        self, objective_ids: Collection[UUID], on: date
    ) -> Heard[Mapping[UUID, Proposal]]:
        """What the arithmetic proposes as scores at the end of this day."""
        with self._pool.connection() as connection:
            row = connection.execute(cast("Any", POSITIONS["measurements"])).fetchone()
        proposed = proposals(Present(self._pool, on), objective_ids)
        return Heard(proposed, "measurements", row[0] if row else 0)

    def _heard(self, feed: str, query: str, about: Mapping[str, Any]) -> tuple[int, list[Any]]:
        with self._pool.connection() as connection, connection.transaction():
            row = connection.execute(cast("Any", POSITIONS[feed])).fetchone()
            rows = connection.execute(cast("Any", query), about).fetchall()
        return (row[0] if row else 0), rows
