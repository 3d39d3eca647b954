"""Who works here: by id, by unit, by manager, by how names are written and sound."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.directory.api.delegations import held_today
from services.directory.api.on_the_day import (
    MANAGERS_OF,
    POSTED,
    POSTS_OF,
    ROLES_OF,
    SAID,
    TREE,
)
from services.directory.api.stories import may_be_told
from services.directory.projections.names import folded
from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["queries"])
AFTER_ALL = "\U0010ffff"

PERSON = f"""
SELECT p.person_id, p.name, p.name_en, p.locale, p.time_zone, p.employed_from, p.last_day, p.active,
       coalesce((SELECT json_agg(to_json(o) ORDER BY o.title)
                 FROM ({POSTS_OF.format(person="p.person_id")}) o
                 WHERE o.title IS NOT NULL), '[]') AS posts,
       coalesce((SELECT json_agg(to_json(m) ORDER BY m.kind)
                 FROM ({MANAGERS_OF.format(person="p.person_id")}) m
                 WHERE m.manager_id IS NOT NULL), '[]') AS managers,
       coalesce((SELECT json_agg(to_json(r) ORDER BY r.role, r.unit_id)
                 FROM ({ROLES_OF.format(person="p.person_id")}) r), '[]') AS roles
"""
KNOWN = "WHERE p.during @> %(moment)s::timestamptz"
HERE = "here AS MATERIALIZED (SELECT %(unit)s::uuid AS unit_id)"
HERE_AND_BELOW = f"""
tree AS MATERIALIZED ({TREE}), here AS (
    SELECT %(unit)s::uuid AS unit_id
    UNION SELECT tree.unit_id FROM here JOIN tree ON tree.parent_id = here.unit_id
)"""
IN_UNITS = f""",
{{here}}, below AS MATERIALIZED (SELECT unit_id FROM here),
posted AS MATERIALIZED ({POSTED})"""
MANAGED = f"""
AND p.person_id IN (
    SELECT c.person_id FROM manager c WHERE c.manager_id = %(manager)s AND c.position = (
        SELECT max(m.position) FROM manager m
         WHERE m.person_id = c.person_id AND m.kind = c.kind AND {SAID.format(t="m")}))
"""
EVERYBODY = f"person p {KNOWN}"
# From the names found to the people, one by one by their key (``OFFSET 0``): a letter finds
# thousands, and the server cannot be trusted to know that.
FOUND = f"""(
    SELECT DISTINCT k.person_id, k.named_at FROM name_key k
     WHERE k.key >= %(key)s AND k.key < %(end)s) found
CROSS JOIN LATERAL (
    SELECT * FROM person p {KNOWN} AND p.person_id = found.person_id OFFSET 0
) p WHERE p.named_at = found.named_at"""
# By name; ``after`` is the last person of the page before. What is told of people is looked up for
# those of the page alone, one by one by their key (``OFFSET 0``), whatever the server may expect.
PAGE = """
WITH RECURSIVE page AS MATERIALIZED (
    SELECT p.person_id, coalesce(p.{sort}, '') AS sort FROM {among} {conditions}
       AND (%(after)s::uuid IS NULL OR (coalesce(p.{sort}, ''), p.person_id) > (
             SELECT coalesce(c.{sort}, ''), c.person_id FROM person c
              WHERE c.person_id = %(after)s AND c.during @> %(moment)s::timestamptz))
     ORDER BY 2, 1 LIMIT %(limit)s
){more}
{person} FROM page CROSS JOIN LATERAL (
    SELECT * FROM person p {known} AND p.person_id = page.person_id OFFSET 0
) p ORDER BY page.sort, page.person_id
"""


@router.get("/people", name="people")
def people(
    reading: AsOf,
    unit: UUID | None = None,
    below: Annotated[bool, Query(description="those of the units below too")] = False,
    manager: Annotated[UUID | None, Query(description="whom this person manages")] = None,
    search: Annotated[
        str | None, Query(max_length=100, description="how a name begins, or its sound")
    ] = None,
    person_ids: Annotated[list[UUID] | None, Query(alias="id")] = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> dict[str, Any]:
    """People by name: of a unit, of a manager, by id, found by name, or all; ``next`` is what to
    send as ``after`` for more.
    """
    more, conditions = "", []
    if unit is not None:
        more = IN_UNITS.format(here=HERE_AND_BELOW if below else HERE)
        conditions.append("AND p.person_id IN (SELECT person_id FROM posted)")
    if manager is not None:
        conditions.append(MANAGED)
    if person_ids is not None:
        conditions.append("AND p.person_id = ANY(%(ids)s)")
    sort = "sort_zh" if reading.language.startswith("zh") else "sort_en"
    among = EVERYBODY if search is None else FOUND
    parts = {"more": more, "known": KNOWN, "among": among, "sort": sort}
    key = folded(search or "")
    asked = {"unit": unit, "manager": manager, "key": key, "end": key + AFTER_ALL}
    rows = reading.rows(
        PAGE.format(person=PERSON, conditions=" ".join(conditions), **parts),
        {**asked, "ids": person_ids, "after": after, "limit": limit},
    )
    following = rows[-1]["person_id"] if len(rows) == limit else None
    return reading.told(people=rows, next=following)


@router.get("/people/{person_id}", name="person")
def person(reading: AsOf, person_id: UUID) -> dict[str, Any]:
    """One person with posts, managers and roles, for whom they may act today, and whether their
    story is told to the reader.
    """
    known = _known(reading, person_id)
    known["stands_in_for"] = held_today(reading, person_id)
    return reading.told(person=known, story_is_told=may_be_told(reading, person_id))


@router.get("/people/{person_id}/held", name="held")
def held(reading: AsOf, person_id: UUID) -> dict[str, Any]:
    """What somebody who goes would leave behind: units, people, roles and delegations."""
    roles = _known(reading, person_id)["roles"]
    me = {"person": person_id}
    return reading.told(units=reading.rows(LED, me), manages=reading.rows(MANAGES, me), roles=roles)


LED = f"""
SELECT unit_id, part FROM (
    SELECT DISTINCT s.unit_id, s.part FROM unit_lead s WHERE s.person_id = %(person)s) asked
 WHERE %(person)s = (SELECT l.person_id FROM unit_lead l
        WHERE l.unit_id = asked.unit_id AND l.part = asked.part AND {SAID.format(t="l")}
        ORDER BY l.position DESC LIMIT 1)
 ORDER BY unit_id, part
"""
MANAGES = f"""
SELECT person_id, kind FROM (
    SELECT DISTINCT s.person_id, s.kind FROM manager s WHERE s.manager_id = %(person)s) asked
 WHERE %(person)s = (SELECT m.manager_id FROM manager m
        WHERE m.person_id = asked.person_id AND m.kind = asked.kind AND {SAID.format(t="m")}
        ORDER BY m.position DESC LIMIT 1)
 ORDER BY person_id, kind
"""


@router.get("/hand-overs", name="hand-overs")
def hand_overs(
    reading: AsOf,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> dict[str, Any]:
    """Who has left or cannot act on the day, and who took over, if anybody."""
    rows = reading.rows(HANDED_OVER, {"after": after, "limit": limit})
    following = rows[-1]["person_id"] if len(rows) == limit else None
    return reading.told(people=rows, next=following)


HANDED_OVER = """
SELECT p.person_id, p.last_day, p.active, h.successor_id, h.effective_from FROM person p
  LEFT JOIN hand_over h ON h.person_id = p.person_id AND h.during @> %(moment)s::timestamptz
 WHERE p.during @> %(moment)s::timestamptz AND (NOT p.active OR p.last_day < %(on)s)
   AND (%(after)s::uuid IS NULL OR p.person_id > %(after)s)
 ORDER BY p.person_id LIMIT %(limit)s
"""


def _known(reading: Reading, person_id: UUID) -> dict[str, Any]:
    row = reading.row(f"{PERSON} FROM person p {KNOWN} AND p.person_id = %(id)s", {"id": person_id})
    if row is None:
        raise NotFound(field="person_id", what="person")
    return row
