"""Reading the security log of a service, for those who watch over it."""

from typing import Annotated, Any, LiteralString
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg.rows import dict_row
from pydantic import AwareDatetime

from shared.eventing.recorder import Pool
from shared.http.commanding import Asking

ENTRIES: LiteralString = """
SELECT number, at, identity, person, method, route, status, code, field, rule, correlation,
       address, times
  FROM public.security_log
 WHERE (%(person)s::text IS NULL OR person = %(person)s)
   AND (%(code)s::text IS NULL OR code = %(code)s)
   AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
   AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
   AND (%(before)s::bigint IS NULL OR number < %(before)s)
 ORDER BY number DESC LIMIT %(limit)s
"""


def security_log_routes(pool: Pool) -> APIRouter:
    """``GET /security-log``, for whom the policy lets in."""
    router = APIRouter(tags=["security"])

    @router.get("/security-log", name="security-log")
    def security_log(
        _caller: Asking,
        person: UUID | None = None,
        code: Annotated[str | None, Query(pattern=r"^[A-Za-z]{1,100}$")] = None,
        since: Annotated[AwareDatetime | None, Query(description="from this instant")] = None,
        until: Annotated[AwareDatetime | None, Query(description="before this instant")] = None,
        before: Annotated[int | None, Query(ge=0, le=2**63 - 1)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> dict[str, Any]:
        """Refusals, the newest first; ``next`` is what to send as ``before`` for older ones."""
        wanted = {"code": code, "since": since, "until": until, "before": before, "limit": limit}
        with pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            said = {**wanted, "person": str(person) if person else None}
            rows = cursor.execute(ENTRIES, said).fetchall()
        return {"items": rows, "next": rows[-1]["number"] if len(rows) == limit else None}

    return router
