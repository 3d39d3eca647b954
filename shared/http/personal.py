"""What a service holds about one person: asked before they are forgotten, and while it happens."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from psycopg import sql

from shared.eventing.families import Family
from shared.eventing.recorder import Pool
from shared.http.commanding import Asking

FACTS = """
SELECT name, count(*) AS facts FROM log.facts
 WHERE position(convert_to(E'\\np1:' || replace(%s::text, '-', '') || ':', 'UTF8') IN state) > 0
 GROUP BY name ORDER BY name
"""
REQUESTS = """
SELECT count(DISTINCT r.request_id) FROM log.requests r
  JOIN log.facts f ON f.position BETWEEN r.first AND r.last
 WHERE position(convert_to(E'\\np1:' || replace(%s::text, '-', '') || ':', 'UTF8') IN f.state) > 0
"""
ERASURE = "SELECT began_at, finished_at FROM log.erasures WHERE subject = %s"
TABLES = """
SELECT schemaname, tablename FROM pg_tables
 WHERE schemaname = ANY(%s) AND tablename NOT IN ('follower', 'parked')
 ORDER BY schemaname, tablename
"""


def personal_routes(pool: Pool, families: list[Family]) -> APIRouter:
    """The route that tells what is held."""
    router = APIRouter(tags=["forgetting"])

    @router.get("/personal/{person_id}", name="personal")
    def personal(person_id: UUID, _caller: Asking) -> dict[str, Any]:
        """How many facts hold personal fields of this person, how many rows name them in the
        tables that show such fields, and how far forgetting them has come.
        """
        with pool.connection() as connection:
            facts = connection.execute(FACTS, (str(person_id),)).fetchall()
            requests = connection.execute(REQUESTS, (str(person_id),)).fetchone()
            erasure = connection.execute(ERASURE, (person_id,)).fetchone()
            tables = connection.execute(TABLES, ([f.name for f in families],)).fetchall()
            rows = {
                f"{schema}.{table}": _rows(connection, schema, table, person_id)
                for schema, table in tables
            }
        return {
            "person_id": person_id,
            "facts": dict(facts),
            "rows": {table: count for table, count in rows.items() if count},
            "requests": requests[0] if requests else 0,
            "forgetting": {"began_at": erasure[0], "finished_at": erasure[1]} if erasure else None,
        }

    return router


def _rows(connection: Any, schema: str, table: str, person_id: UUID) -> int:
    """How many rows name this person, in whatever column."""
    query = sql.SQL("SELECT count(*) FROM {} t WHERE position(%s IN t::text) > 0").format(
        sql.Identifier(schema, table)
    )
    return int(connection.execute(query, (str(person_id),)).fetchone()[0])
