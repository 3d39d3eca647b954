"""Which appraisals a reader may see: those that the policy's ``see-appraisals`` lets them.

People's roles and lines are those of today, whatever instant is asked for: ``as_of`` shows the
state of then to those who may see it now.
"""

from typing import Any
from uuid import UUID

from shared.access.refusals import NoEntry
from shared.access.things import Thing
from shared.http.reading import Reading
from shared.kernel.refusals import NotFound

COLUMNS = {"subject": "a.subject", "manager": "a.manager"}
VISIBLE = """
WITH RECURSIVE {tables}
SELECT a.*, lower(a.during) AS since FROM appraisals a
WHERE a.during @> %(moment)s::timestamptz AND {condition}
"""
ONE = """
SELECT a.*, lower(a.during) AS since FROM appraisals a
WHERE a.appraisal = %(appraisal)s AND a.during @> %(moment)s::timestamptz
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
    if reading.access is None:
        raise NoEntry
    found = reading.access.rows_that("see-appraisals", COLUMNS)
    query = VISIBLE.format(tables=found.tables, condition=found.condition)
    asked = {**reading.access.asking(reading.asker), **params}
    return reading.rows(f"{query} {condition} {PAGE}", {**asked, "after": after, "limit": limit})


def the_visible(reading: Reading, appraisal_id: UUID) -> dict[str, Any]:
    """The row of one appraisal; not found for those who may not see it."""
    row = reading.row(ONE, {"appraisal": appraisal_id})
    if row is None or not all(reading.may("see-appraisals", [about(row)])):
        raise NotFound(field="appraisal_id", what="appraisal")
    return row


def about(row: dict[str, Any]) -> Thing:
    """An appraisal as the policy knows it."""
    return Thing({"subject": [row["subject"]], "manager": [row["manager"]]})
