"""The tree of units on a day, with those who lead them and how many work in each."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

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
def units(reading: AsOf) -> dict[str, Any]:
    """Every unit with its parent, head and champion, by code; closed ones with their last day."""
    return reading.told(units=reading.rows(f"{UNIT} ORDER BY n.code"))


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
