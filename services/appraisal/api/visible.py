"""Which appraisals a viewer may see: their own, their people's, and HR's and auditors' by scope.

People's roles and lines are those of today, whatever instant is asked for: ``as_of`` shows the
state of then to those who may see it now.
"""

from datetime import date
from typing import Any
from uuid import UUID

from shared.http.reading import Reading
from shared.kernel.refusals import NotFound

SEES_BY_ROLE = ["hr", "auditor"]

# below: people whose line leads up to the viewer; scope: units in which a role of theirs holds.
VISIBLE = """
WITH RECURSIVE links AS (
    SELECT DISTINCT ON (person, kind) person, kind, manager FROM manager_links
    WHERE upper_inf(during) AND effective_from <= %(today)s
    ORDER BY person, kind, effective_from DESC
), line (person) AS (
    SELECT %(viewer)s::uuid
    UNION SELECT l.person FROM line b JOIN links l ON l.manager = b.person AND l.kind = 'line'
), below AS (
    SELECT l.person FROM links l JOIN line b ON b.person = l.manager
), held AS (
    SELECT unit FROM roles
    WHERE upper_inf(during) AND person = %(viewer)s AND role = ANY(%(roles)s)
      AND effective_from <= %(today)s AND (expires_on IS NULL OR expires_on >= %(today)s)
), parents AS (
    SELECT DISTINCT ON (unit) unit, parent FROM unit_parents
    WHERE upper_inf(during) AND effective_from <= %(today)s
    ORDER BY unit, effective_from DESC
), scope (unit) AS (
    SELECT unit FROM held
    UNION SELECT p.unit FROM scope s JOIN parents p ON p.parent = s.unit
), works AS (
    SELECT 1 FROM people WHERE upper_inf(during) AND person = %(viewer)s AND active
      AND employed_from <= %(today)s AND (last_day IS NULL OR last_day >= %(today)s)
)
SELECT a.*, lower(a.during) AS since FROM appraisals a
WHERE a.during @> %(moment)s::timestamptz AND EXISTS (SELECT FROM works)
  AND (a.subject = %(viewer)s OR a.manager = %(viewer)s
       OR a.subject IN (SELECT person FROM below)
       OR a.unit IN (SELECT unit FROM scope)
       OR EXISTS (SELECT FROM held WHERE unit = '00000000-0000-0000-0000-000000000000'))
"""


# The latest periods first; ``after`` is the last appraisal of the page before.
PAGE = """
AND (%(after)s::uuid IS NULL OR EXISTS (
    SELECT FROM appraisals c WHERE c.appraisal = %(after)s AND c.during @> %(moment)s::timestamptz
      AND (a.last < c.last OR (a.last = c.last AND a.appraisal > c.appraisal))))
ORDER BY a.last DESC, a.appraisal LIMIT %(limit)s
"""


def visible(
    reading: Reading,
    condition: str = "",
    *,
    after: UUID | None = None,
    limit: int = 1,
    **params: Any,
) -> list[dict[str, Any]]:
    """The rows of the appraisals that the caller may see, a page of them."""
    if reading.caller.person is None:
        return []
    asked = {
        "viewer": UUID(reading.caller.person),
        "roles": SEES_BY_ROLE,
        "today": reading.reads.clock.today(),
    }
    query = f"{VISIBLE} {condition} {PAGE}"
    return reading.rows(query, {**asked, **params, "after": after, "limit": limit})


def the_visible(reading: Reading, appraisal_id: UUID) -> dict[str, Any]:
    """The row of one appraisal; not found for those who may not see it."""
    rows = visible(reading, "AND a.appraisal = %(appraisal)s", appraisal=appraisal_id)
    if not rows:
        raise NotFound(field="appraisal_id", what="appraisal")
    return rows[0]


def holds_role(reading: Reading, day: date) -> bool:
    """Whether the caller is HR or an auditor everywhere."""
    if reading.caller.person is None:
        return False
    rows = reading.rows(
        "SELECT 1 FROM roles r"
        " JOIN people p ON p.person = r.person AND upper_inf(p.during) AND p.active"
        " WHERE upper_inf(r.during) AND r.person = %(viewer)s AND r.role = ANY(%(roles)s)"
        " AND r.unit = '00000000-0000-0000-0000-000000000000' AND r.effective_from <= %(day)s"
        " AND (r.expires_on IS NULL OR r.expires_on >= %(day)s)"
        " AND (p.last_day IS NULL OR p.last_day >= %(day)s)",
        {"viewer": UUID(reading.caller.person), "roles": SEES_BY_ROLE, "day": day},
    )
    return bool(rows)
