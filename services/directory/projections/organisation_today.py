"""Who is who in the directory's own tables, for the policy."""

from shared.access.organisation import Organisation

# Of several statements that have begun by a day, the one recorded last holds.
ORGANISATION = Organisation(
    people="""
SELECT person_id AS person FROM organisation.person
 WHERE upper_inf(during) AND active AND employed_from <= %(today)s
   AND (last_day IS NULL OR last_day >= %(today)s)
""",
    posts="""
SELECT person, unit FROM (
    SELECT DISTINCT ON (person_id, unit_id) person_id AS person, unit_id AS unit, title
      FROM organisation.post WHERE effective_from <= %(today)s
     ORDER BY person_id, unit_id, position DESC) AS p
 WHERE title IS NOT NULL
""",
    managers="""
SELECT person, manager, kind FROM (
    SELECT DISTINCT ON (person_id, kind) person_id AS person, manager_id AS manager, kind
      FROM organisation.manager WHERE effective_from <= %(today)s
     ORDER BY person_id, kind, position DESC) AS m
 WHERE manager IS NOT NULL
""",
    roles="""
SELECT person_id AS person, role,
       coalesce(nullif(scope, ''), '00000000-0000-0000-0000-000000000000')::uuid AS unit
  FROM organisation.role
 WHERE upper_inf(during) AND effective_from <= %(today)s
   AND (expires_on IS NULL OR expires_on >= %(today)s)
""",
    parents="""
SELECT DISTINCT ON (unit_id) unit_id AS unit, parent_id AS parent
  FROM organisation.unit_parent WHERE effective_from <= %(today)s
 ORDER BY unit_id, position DESC
""",
    managed="""
SELECT m.person_id AS person, m.manager_id AS manager, m.kind FROM organisation.manager AS m
 WHERE m.effective_from <= %(today)s AND m.manager_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM organisation.manager AS l
     WHERE l.person_id = m.person_id AND l.kind = m.kind AND l.effective_from <= %(today)s
       AND l.position > m.position)
""",
    below="SELECT unit_id AS unit, parent_id AS parent FROM organisation.unit_parent",
    led="SELECT unit_id AS unit, person_id AS person FROM organisation.unit_lead",
    leads="""
SELECT DISTINCT ON (unit_id, part) unit_id AS unit, person_id AS person, part
  FROM organisation.unit_lead WHERE effective_from <= %(today)s
 ORDER BY unit_id, part, position DESC
""",
    area="directory",
    delegations="""
SELECT delegation_id AS id, giver_id AS giver, receiver_id AS receiver, unit_id AS unit,
       string_to_array(scope, ' ') AS areas
  FROM organisation.delegation
 WHERE upper_inf(during) AND NOT ended AND %(today)s BETWEEN first AND last
""",
)
