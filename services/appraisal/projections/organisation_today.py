"""Who is who in the appraisal service's tables, for the policy; nobody leads a unit here."""

from shared.access.organisation import Organisation

# Of several statements that have begun by a day, the one recorded last holds. What was appraised of
# those who left is finished by those whose business it was: theirs are posts and managers of their
# last day.
DAY = """
least(%(today)s::date, (SELECT p.last_day FROM organisation.people AS p
                         WHERE p.person = {of}.person AND upper_inf(p.during)))
"""
ORGANISATION = Organisation(
    people="""
SELECT person FROM organisation.people
 WHERE upper_inf(during) AND active AND employed_from <= %(today)s
   AND (last_day IS NULL OR last_day >= %(today)s)
""",
    posts=f"""
SELECT person, unit FROM (
    SELECT DISTINCT ON (o.person, o.unit) o.person, o.unit, o.held FROM organisation.posts AS o
     WHERE o.effective_from <= {DAY.format(of="o")}
     ORDER BY o.person, o.unit, o.position DESC) AS said
 WHERE held
""",
    managers=f"""
SELECT person, manager, kind FROM (
    SELECT DISTINCT ON (m.person, m.kind) m.person, m.manager, m.kind
      FROM organisation.manager_links AS m
     WHERE m.effective_from <= {DAY.format(of="m")}
     ORDER BY m.person, m.kind, m.position DESC) AS said
 WHERE manager IS NOT NULL
""",
    roles="""
SELECT person, role, unit FROM organisation.roles
 WHERE upper_inf(during) AND effective_from <= %(today)s
   AND (expires_on IS NULL OR expires_on >= %(today)s)
""",
    parents="""
SELECT DISTINCT ON (unit) unit, parent FROM organisation.unit_parents
 WHERE effective_from <= %(today)s
 ORDER BY unit, position DESC
""",
    managed=f"""
SELECT m.person, m.manager, m.kind FROM organisation.manager_links AS m
 WHERE m.effective_from <= {DAY.format(of="m")} AND m.manager IS NOT NULL AND NOT EXISTS (
    SELECT FROM organisation.manager_links AS l
     WHERE l.person = m.person AND l.kind = m.kind
       AND l.effective_from <= {DAY.format(of="l")} AND l.position > m.position)
""",
    below="SELECT unit, parent FROM organisation.unit_parents",
    leads="SELECT NULL::uuid AS unit, NULL::uuid AS person, NULL::text AS part LIMIT 0",
    area="appraisal",
    delegations="""
SELECT delegation AS id, giver, receiver, unit,
       string_to_array(scope, ' ') AS areas
  FROM organisation.delegations
 WHERE upper_inf(during) AND %(today)s BETWEEN first AND last
""",
)
