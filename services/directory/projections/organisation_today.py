"""Who is who in the directory's own tables, for the policy."""

from dataclasses import replace

from shared.access.statements import Statements

KEPT = Statements(
    people="person",
    posts="post",
    managers="manager",
    roles="role",
    parents="unit_parent",
    leads="unit_lead",
    delegations="delegation",
).organisation("directory")

# Here a post has a title while it is held, a role's scope is a text, and ended delegations stay.
ORGANISATION = replace(
    KEPT,
    posts="""
SELECT person, unit FROM (
    SELECT DISTINCT ON (person_id, unit_id) person_id AS person, unit_id AS unit, title
      FROM organisation.post WHERE effective_from <= %(today)s
     ORDER BY person_id, unit_id, position DESC) AS p
 WHERE title IS NOT NULL
""",
    roles="""
SELECT person_id AS person, role,
       coalesce(nullif(scope, ''), '00000000-0000-0000-0000-000000000000')::uuid AS unit
  FROM organisation.role
 WHERE upper_inf(during) AND effective_from <= %(today)s
   AND (expires_on IS NULL OR expires_on >= %(today)s)
""",
    delegations=KEPT.delegations + " AND NOT ended",
)
