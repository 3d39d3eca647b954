"""The tree of units on a day, with those who lead them and how many work in each."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.directory.api.on_the_day import LEAD, PARENT, POSTED, TREE
from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["queries"])

UNIT = f"""
SELECT n.unit_id, n.code, n.kind, ({PARENT.format(unit="n.unit_id")}) AS parent_id,
       n.counts_as_department, n.name_zh, n.name_en,
       ({LEAD.format(unit="n.unit_id", part="head")}) AS head_id,
       ({LEAD.format(unit="n.unit_id", part="champion")}) AS champion_id,
       n.effective_from,
       CASE WHEN n.reopened_from <= %(on)s THEN NULL ELSE n.last_day END AS last_day,
       CASE WHEN n.reopened_from > %(on)s THEN n.reopened_from END AS reopens_on
FROM unit n WHERE n.during @> %(moment)s::timestamptz
"""
OPEN = "(n.last_day IS NULL OR n.last_day >= %(on)s OR n.reopened_from <= %(on)s)"
PATH = f"""
WITH RECURSIVE up AS (
    SELECT 0 AS step, %(unit)s::uuid AS unit_id
    UNION ALL
    SELECT up.step + 1, ({PARENT.format(unit="up.unit_id")}) FROM up
     WHERE up.unit_id IS NOT NULL AND up.step < 100
)
SELECT n.unit_id, n.code, n.name_zh, n.name_en FROM up
  JOIN unit n ON n.unit_id = up.unit_id AND n.during @> %(moment)s::timestamptz
 WHERE up.step > 0 ORDER BY up.step DESC
"""
# Conditions on which units are told, and what they need before them.
AMONG = "AND n.unit_id = ANY(%(ids)s)"
AMONG_AND_ABOVE = "AND n.unit_id IN (SELECT unit_id FROM up)"
UP = f"""
WITH RECURSIVE up AS (
    SELECT id AS unit_id FROM unnest(%(ids)s::uuid[]) AS asked (id)
    UNION SELECT ({PARENT.format(unit="up.unit_id")}) FROM up WHERE up.unit_id IS NOT NULL
)
"""
LED = f"""
AND n.unit_id IN (SELECT s.unit_id FROM unit_lead s WHERE s.person_id = %(lead)s)
AND %(lead)s IN (({LEAD.format(unit="n.unit_id", part="head")}),
                 ({LEAD.format(unit="n.unit_id", part="champion")}))
"""
CALLED = "lower(concat_ws(chr(10), n.code, n.name_zh, n.name_en))"
FOUND = f"AND strpos({CALLED}, lower(%(search)s)) > 0"
# whatever begins so stands first
FOUND_FIRST = f"strpos(chr(10) || {CALLED}, chr(10) || lower(%(search)s)) = 0,"
NOT_BELOW = f"""
AND NOT EXISTS (
    WITH RECURSIVE line AS (
        SELECT n.unit_id
        UNION SELECT ({PARENT.format(unit="line.unit_id")}) FROM line
               WHERE line.unit_id IS NOT NULL
    ) SELECT FROM line WHERE line.unit_id = %(outside)s)
"""
# For each of the units asked for: who works in it, who in it and below, and how many units lie
# right below; closed ones count no more.
COUNTS = f"""
WITH RECURSIVE living AS MATERIALIZED (
    SELECT t.unit_id, t.parent_id FROM ({TREE}) t
      JOIN unit n ON n.unit_id = t.unit_id AND n.during @> %(moment)s::timestamptz AND {OPEN}
), down AS (
    SELECT id AS top, id AS unit_id FROM unnest(%(ids)s::uuid[]) AS asked (id)
    UNION SELECT down.top, l.unit_id FROM down JOIN living l ON l.parent_id = down.unit_id
), below AS MATERIALIZED (SELECT DISTINCT unit_id FROM down), posted AS MATERIALIZED ({POSTED})
SELECT down.top AS unit_id, count(DISTINCT posted.person_id) AS people_below,
       count(posted.person_id) FILTER (WHERE posted.unit_id = down.top) AS people,
       (SELECT count(*) FROM living l WHERE l.parent_id = down.top) AS children
  FROM down LEFT JOIN posted ON posted.unit_id = down.unit_id GROUP BY down.top
"""


@router.get("/units", name="units")
def units(
    reading: AsOf,
    unit_ids: Annotated[list[UUID] | None, Query(alias="id")] = None,
    above: Annotated[bool, Query(description="with all that lie above those named by id")] = False,
    lead: Annotated[UUID | None, Query(description="that this person heads or champions")] = None,
    search: Annotated[
        str | None, Query(max_length=100, description="a part of the code or of a name")
    ] = None,
    outside: Annotated[
        UUID | None, Query(description="neither this unit nor one that lies below it")
    ] = None,
    still_open: Annotated[bool, Query(alias="open", description="without closed ones")] = False,
    limit: Annotated[int | None, Query(ge=1, le=1_000)] = None,
) -> dict[str, Any]:
    """Units with parent, head and champion, by code, closed ones with their last day: all, or
    those that fit everything asked for; of a search those first that begin so.
    """
    conditions = {
        AMONG_AND_ABOVE if above else AMONG: unit_ids is not None,
        LED: lead is not None,
        FOUND: search is not None,
        NOT_BELOW: outside is not None,
        f"AND {OPEN}": still_open,
    }
    asked = " ".join(condition for condition, holds in conditions.items() if holds)
    before = UP if above and unit_ids is not None else ""
    order = f"ORDER BY {FOUND_FIRST if search is not None else ''} n.code LIMIT %(limit)s"
    wanted = {"ids": unit_ids, "lead": lead, "search": search, "outside": outside, "limit": limit}
    return reading.told(units=reading.rows(f"{before} {UNIT} {asked} {order}", wanted))


@router.get("/units/children", name="tops")
def tops(reading: AsOf) -> dict[str, Any]:
    """The units at the top of the tree, with how many work in them and below."""
    return reading.told(units=_below(reading, None))


@router.get("/units/{unit_id}", name="unit")
def unit(reading: AsOf, unit_id: UUID) -> dict[str, Any]:
    """One unit, the way up from it, and how many work in it and below."""
    row = reading.row(f"{UNIT} AND n.unit_id = %(unit)s", {"unit": unit_id})
    if row is None:
        raise NotFound(field="unit_id", what="unit")
    (told,) = _counted(reading, [row])
    return reading.told(unit={**told, "path": reading.rows(PATH, {"unit": unit_id})})


@router.get("/units/{unit_id}/children", name="children")
def children(reading: AsOf, unit_id: UUID) -> dict[str, Any]:
    """The open units right below a unit, with how many work in them and below."""
    return reading.told(units=_below(reading, unit_id))


def _below(reading: Reading, unit_id: UUID | None) -> list[dict[str, Any]]:
    query = (
        f"SELECT * FROM ({UNIT} AND {OPEN}) u"
        " WHERE u.parent_id IS NOT DISTINCT FROM %(unit)s::uuid ORDER BY u.code"
    )
    return _counted(reading, reading.rows(query, {"unit": unit_id}))


def _counted(reading: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counts = reading.rows(COUNTS, {"ids": [row["unit_id"] for row in rows]})
    by_unit = {count["unit_id"]: count for count in counts}
    return [{**row, **by_unit[row["unit_id"]]} for row in rows]
