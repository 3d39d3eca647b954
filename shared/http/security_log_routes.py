"""Reading the security log of a service, for those who watch over it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, LiteralString
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg.rows import dict_row
from pydantic import AwareDatetime

from shared.eventing.recorder import Pool
from shared.http.commanding import Asking
from shared.http.tokens import Caller
from shared.kernel.refusals import Refused

SpeaksFor = Callable[[Caller], bool]

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


class SecurityLogIsNotForYou(Refused):
    """The security log is open to auditors and administrators of the whole company only. Ask one
    of them what you need to know.
    """

    status = 403


def security_log_routes(pool: Pool, may_read: SpeaksFor) -> APIRouter:
    """``GET /security-log``, for whom ``may_read`` lets through."""
    router = APIRouter(tags=["security"])

    @router.get("/security-log", name="security-log")
    def security_log(
        caller: Asking,
        person: UUID | None = None,
        code: Annotated[str | None, Query(pattern=r"^[A-Za-z]{1,100}$")] = None,
        since: Annotated[AwareDatetime | None, Query(description="from this instant")] = None,
        until: Annotated[AwareDatetime | None, Query(description="before this instant")] = None,
        before: Annotated[int | None, Query(ge=0, le=2**63 - 1)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> dict[str, Any]:
        """Refusals, the newest first; ``next`` is what to send as ``before`` for older ones."""
        if not may_read(caller):
            raise SecurityLogIsNotForYou
        wanted = {"code": code, "since": since, "until": until, "before": before, "limit": limit}
        with pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            said = {**wanted, "person": str(person) if person else None}
            rows = cursor.execute(ENTRIES, said).fetchall()
        return {"items": rows, "next": rows[-1]["number"] if len(rows) == limit else None}

    return router


def by_role(pool: Pool, query: LiteralString, today: Callable[[], date]) -> SpeaksFor:
    """Lets a person through for whom ``query`` finds a row: given ``person`` and ``on``."""

    def may_read(caller: Caller) -> bool:
        if caller.actor.kind != "person" or not query:
            return False
        with pool.connection() as connection:
            asked = {"person": caller.person, "on": today()}
            return connection.execute(query, asked).fetchone() is not None

    return may_read
