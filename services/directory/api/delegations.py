"""Who may act for whom."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from shared.http.reading import AsOf

router = APIRouter(tags=["queries"])

DELEGATIONS = """
SELECT d.delegation_id, d.giver_id, d.receiver_id, string_to_array(d.scope, ' ') AS scope,
       d.unit_id, d.first, d.last, d.ended
  FROM delegation d WHERE d.during @> %(moment)s::timestamptz
   AND (d.giver_id = %(person)s OR d.receiver_id = %(person)s)
 ORDER BY d.first, d.delegation_id
"""


@router.get("/delegations", name="delegations")
def delegations(reading: AsOf, person: UUID) -> dict[str, Any]:
    """What this person delegated to others, and others to this person; ended ones say so."""
    return reading.told(delegations=reading.rows(DELEGATIONS, {"person": person}))
