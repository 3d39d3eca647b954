"""Who is above whom on a day: lines of managers, units and their heads and champions, in SQL.

Each query answers pairs (``of``, ``related``) for the ``ids`` asked. Of several statements that
have begun by the day ``on`` the one recorded last holds; circles end where they begin.
"""

from uuid import UUID

EVERYWHERE = UUID(int=0)

_MANAGER = """
(SELECT m.manager_id FROM manager_link m WHERE m.person_id = {person} AND m.kind = 'line'
   AND m.effective_from <= %(on)s ORDER BY m.position DESC LIMIT 1)
"""
_PARENT = """
(SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = {unit}
   AND p.effective_from <= %(on)s ORDER BY p.position DESC LIMIT 1)
"""
_LEAD = """
(SELECT l.person_id FROM unit_lead l WHERE l.unit_id = {unit} AND l.part = '{part}'
   AND l.effective_from <= %(on)s ORDER BY l.position DESC LIMIT 1)
"""
_LINE = f"""
line AS (
    SELECT id AS of, id AS person FROM unnest(%(ids)s::uuid[]) AS asked (id)
    UNION
    SELECT line.of, m.manager_id FROM line
    CROSS JOIN LATERAL {_MANAGER.format(person="line.person")} m
)
"""
_POSTS = """
posts AS (
    SELECT of, unit FROM (
        SELECT DISTINCT ON (id, p.unit_id) id AS of, p.unit_id AS unit, p.held
          FROM unnest(%(ids)s::uuid[]) AS asked (id)
          JOIN post p ON p.person_id = id AND p.effective_from <= %(on)s
         ORDER BY id, p.unit_id, p.position DESC) AS said
     WHERE held
)
"""
_TREE = f"""
tree AS (
    SELECT of, unit FROM {{start}} s
    UNION
    SELECT tree.of, p.parent_id FROM tree
    CROSS JOIN LATERAL {_PARENT.format(unit="tree.unit")} p WHERE p.parent_id IS NOT NULL
)
"""
_UNITS = "units AS (SELECT id AS of, id AS unit FROM unnest(%(ids)s::uuid[]) AS asked (id))"

ROLES = """
SELECT role, unit_id FROM role WHERE person_id = %(who)s AND upper_inf(during)
AND effective_from <= %(on)s AND (expires_on IS NULL OR expires_on >= %(on)s)
AND EXISTS (SELECT FROM person p WHERE p.person_id = %(who)s AND upper_inf(p.during) AND p.active)
"""
ABOVE_PEOPLE = f"""
WITH RECURSIVE {_LINE} SELECT of, person AS related FROM line WHERE person <> of
"""
HEADS = f"""
WITH {_UNITS} SELECT units.of, l.person_id AS related FROM units
CROSS JOIN LATERAL {_LEAD.format(unit="units.unit", part="head")} l WHERE l.person_id IS NOT NULL
"""
ABOVE_UNITS = f"""
WITH RECURSIVE {_UNITS}, {_TREE.format(start="units")}
SELECT tree.of, l.person_id AS related FROM tree
CROSS JOIN LATERAL {_LEAD.format(unit="tree.unit", part="head")} l
 WHERE tree.unit <> tree.of AND l.person_id IS NOT NULL
"""
UNITS_AROUND = f"""
WITH RECURSIVE {_POSTS}, {_UNITS},
{_TREE.format(start="(SELECT of, unit FROM posts UNION ALL SELECT of, unit FROM units)")}
SELECT of, unit AS related FROM tree
"""
SPEAKERS = f"""
WITH RECURSIVE {_LINE}, {_POSTS}, {_TREE.format(start="posts")}
SELECT of, person AS related FROM line WHERE person <> of
UNION
SELECT tree.of, l.person_id FROM tree
CROSS JOIN LATERAL {_LEAD.format(unit="tree.unit", part="champion")} l WHERE l.person_id IS NOT NULL
"""
