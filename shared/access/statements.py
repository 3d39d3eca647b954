"""An organisation kept statement by statement, each with the day from which it holds."""

from dataclasses import dataclass

from shared.access.organisation import Organisation


@dataclass(frozen=True)
class Statements:
    """What a service calls its tables, in the schema ``organisation``.

    ``people`` and ``roles`` are tables with time; of the others' rows for a key that have begun by
    a day, the one recorded last holds (greatest ``position``). Columns are called alike everywhere:
    ``person_id``, ``unit_id``, ``manager_id``, ``parent_id``, ``effective_from``.
    """

    people: str
    posts: str
    managers: str
    roles: str
    parents: str
    leads: str
    delegations: str

    def organisation(self, area: str) -> Organisation:
        """Who is who on a day by these tables, for the service whose work delegations call so."""
        return Organisation(
            people=self._people,
            posts=self._posts,
            managers=self._managers,
            managed=self._managed,
            roles=self._roles,
            parents=self._parents,
            below=f"SELECT unit_id AS unit, parent_id AS parent FROM organisation.{self.parents}",
            leads=self._leads,
            led=f"SELECT unit_id AS unit, person_id AS person FROM organisation.{self.leads}",
            delegations=self._delegations,
            area=area,
        )

    @property
    def _people(self) -> str:
        return f"""
SELECT person_id AS person FROM organisation.{self.people}
 WHERE upper_inf(during) AND active AND employed_from <= %(today)s
   AND (last_day IS NULL OR last_day >= %(today)s)
"""

    @property
    def _posts(self) -> str:
        return f"""
SELECT person, unit FROM (
    SELECT DISTINCT ON (person_id, unit_id) person_id AS person, unit_id AS unit, held
      FROM organisation.{self.posts} WHERE effective_from <= %(today)s
     ORDER BY person_id, unit_id, position DESC) AS said
 WHERE held
"""

    @property
    def _managers(self) -> str:
        return f"""
SELECT person, manager, kind FROM (
    SELECT DISTINCT ON (person_id, kind) person_id AS person, manager_id AS manager, kind
      FROM organisation.{self.managers} WHERE effective_from <= %(today)s
     ORDER BY person_id, kind, position DESC) AS said
 WHERE manager IS NOT NULL
"""

    @property
    def _managed(self) -> str:
        return f"""
SELECT m.person_id AS person, m.manager_id AS manager, m.kind
  FROM organisation.{self.managers} AS m
 WHERE m.effective_from <= %(today)s AND m.manager_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM organisation.{self.managers} AS l
     WHERE l.person_id = m.person_id AND l.kind = m.kind AND l.effective_from <= %(today)s
       AND l.position > m.position)
"""

    @property
    def _roles(self) -> str:
        return f"""
SELECT person_id AS person, role, unit_id AS unit FROM organisation.{self.roles}
 WHERE upper_inf(during) AND effective_from <= %(today)s
   AND (expires_on IS NULL OR expires_on >= %(today)s)
"""

    @property
    def _parents(self) -> str:
        return f"""
SELECT DISTINCT ON (unit_id) unit_id AS unit, parent_id AS parent
  FROM organisation.{self.parents} WHERE effective_from <= %(today)s
 ORDER BY unit_id, position DESC
"""

    @property
    def _leads(self) -> str:
        return f"""
SELECT DISTINCT ON (unit_id, part) unit_id AS unit, person_id AS person, part
  FROM organisation.{self.leads} WHERE effective_from <= %(today)s
 ORDER BY unit_id, part, position DESC
"""

    @property
    def _delegations(self) -> str:
        return f"""
SELECT delegation_id AS id, giver_id AS giver, receiver_id AS receiver, unit_id AS unit,
       string_to_array(scope, ' ') AS areas
  FROM organisation.{self.delegations}
 WHERE upper_inf(during) AND %(today)s BETWEEN first AND last
"""
