"""What the pages themselves refused before any page heard of it: lines of web's security log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.web.pages.credentials.rows import Rows


class OwnRefusals:
    """The lines of web's own security log, as the page of refusals shows them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def latest(
        self, most: int, until: datetime | None, person: UUID | None, code: str | None
    ) -> Sequence[dict[str, Any]]:
        """The latest lines before an instant, of one person or reason or of all."""
        rows = await self._rows.ask(
            "SELECT at, identity, person, method, route, status, code, rule, address, times"
            " FROM public.security_log WHERE (%(until)s::timestamptz IS NULL OR at < %(until)s)"
            " AND (%(person)s::text IS NULL OR person = %(person)s)"
            " AND (%(code)s::text IS NULL OR code = %(code)s)"
            " ORDER BY number DESC LIMIT %(most)s",
            until=until,
            person=str(person) if person else None,
            code=code,
            most=most,
        )
        return [{**row, "service": "web", "at": row["at"].isoformat()} for row in rows]
