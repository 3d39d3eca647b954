"""Who may act for whom."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from shared.http.reading import AsOf, Reading

router = APIRouter(tags=["queries"])

DELEGATIONS = """
SELECT d.delegation_id, d.giver_id, d.receiver_id, string_to_array(d.scope, ' ') AS scope,
       d.unit_id, d.first, d.last, d.ended
  FROM delegation d WHERE d.during @> %(moment)s::timestamptz
   AND (d.giver_id = %(person)s OR d.receiver_id = %(person)s)
 ORDER BY d.first, d.delegation_id
"""


# For whom a person may act today: the giver works here too.
HELD = """
SELECT d.delegation_id, d.giver_id, string_to_array(d.scope, ' ') AS scope, d.unit_id, d.last
  FROM delegation d
 WHERE d.receiver_id = %(person)s AND upper_inf(d.during) AND NOT d.ended
   AND %(today)s BETWEEN d.first AND d.last
   AND EXISTS (SELECT FROM person p WHERE p.person_id = d.giver_id AND upper_inf(p.during)
               AND p.active AND p.employed_from <= %(today)s
               AND (p.last_day IS NULL OR p.last_day >= %(today)s))
 ORDER BY d.last, d.delegation_id
"""


def held_today(reading: Reading, person: UUID) -> list[dict[str, Any]]:
    """The delegations under which this person may act today, whatever moment is looked at."""
    return reading.rows(HELD, {"person": person, "today": reading.reads.clock.today()})


@router.get("/delegations", name="delegations")
def delegations(reading: AsOf, person: UUID) -> dict[str, Any]:
    """What this person delegated to others, and others to this person; ended ones say so."""
    return reading.told(delegations=reading.rows(DELEGATIONS, {"person": person}))
