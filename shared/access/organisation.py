"""The organisation in a service's own tables: what is named how, and what is asked of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from psycopg_pool import ConnectionPool

from shared.access.refusals_of_delegates import DelegationDoesNotHold
from shared.access.things import Around, Asker, Lead
from shared.kernel.actors import Actor


@dataclass(frozen=True)
class Organisation:
    """Where a service keeps who is who: each a SELECT of what holds on ``%(today)s``.

    Each is asked for few keys at a time; so let it be one that the key's index can serve.
    """

    people: str  # person: works here and is not deactivated
    posts: str  # person, unit
    managers: str  # person, manager, kind
    roles: str  # person, role, unit; the nil id stands for everywhere
    parents: str  # unit, parent
    leads: str  # unit, person, part: head or champion
    managed: str = ""  # as ``managers``, but by an index on the manager
    below: str = ""  # unit, parent: whatever may be the parent, by an index on the parent
    led: str = ""  # unit, person: whoever may lead, by an index on the person
    delegations: str = (  # id, giver, receiver, unit (null: everywhere), areas as text[]
        "SELECT NULL::uuid AS id, NULL::uuid AS giver, NULL::uuid AS receiver, NULL::uuid AS unit,"
        " NULL::text[] AS areas LIMIT 0"
    )
    area: str = ""  # the work of this service, as delegations name it


EVERY_AREA = "all"


# ``OFFSET 0`` lets the condition reach into the SELECT, so that each step is a look-up by index.
def _of(select: str, key: str, value: str, what: str) -> str:
    return f"LATERAL (SELECT {what} FROM ({select}) AS t WHERE t.{key} = {value} OFFSET 0)"


def asker_query(names: Organisation) -> str:
    """One row: is the person active, and their roles."""
    return f"""
SELECT EXISTS (SELECT FROM ({names.people}) AS p WHERE p.person = %(asker)s) AS active,
       (SELECT coalesce(array_agg(r.role || ' ' || r.unit), '{{}}')
          FROM ({names.roles}) AS r WHERE r.person = %(asker)s) AS roles
"""


def delegation_query(names: Organisation) -> str:
    """The unit and the areas of a delegation that holds from its giver to who acts under it."""
    return f"""
SELECT d.unit, d.areas FROM ({names.delegations}) AS d
 WHERE d.id = %(delegation)s AND d.giver = %(giver)s AND d.receiver = %(hand)s
"""


def above_query(names: Organisation) -> str:
    """Pairs (``of``, ``person``): who is above whom."""
    return f"""
WITH RECURSIVE up (of, person) AS (
    SELECT asked.id, m.manager FROM unnest(%(ids)s::uuid[]) AS asked (id)
    CROSS JOIN {_of(names.managers, "person", "asked.id", "t.manager")} AS m
    UNION
    SELECT up.of, m.manager FROM up
    CROSS JOIN {_of(names.managers, "person", "up.person", "t.manager, t.kind")} AS m
    WHERE m.kind = 'line'
)
SELECT of, person FROM up WHERE person <> of
"""


def around_query(names: Organisation) -> str:
    """Rows (``of``, ``unit``, ``person``, ``part``): the units around, and who leads each."""
    return f"""
WITH RECURSIVE around (of, unit) AS (
    (SELECT asked.id, asked.id FROM unnest(%(ids)s::uuid[]) AS asked (id)
     UNION ALL
     SELECT asked.id, p.unit FROM unnest(%(ids)s::uuid[]) AS asked (id)
     CROSS JOIN {_of(names.posts, "person", "asked.id", "t.unit")} AS p)
    UNION
    SELECT around.of, p.parent FROM around
    CROSS JOIN {_of(names.parents, "unit", "around.unit", "t.parent")} AS p
    WHERE p.parent IS NOT NULL
)
SELECT around.of, around.unit, l.person, l.part FROM around
LEFT JOIN {_of(names.leads, "unit", "around.unit", "t.person, t.part")} AS l ON true
"""


class OwnOrganisation:
    """Asks a service's own tables who is who today."""

    def __init__(self, pool: ConnectionPool[Any], names: Organisation) -> None:
        self._pool, self._area = pool, names.area
        self._asker, self._above = asker_query(names), above_query(names)
        self._delegation = delegation_query(names)
        self._around = around_query(names)

    def asker(self, actor: Actor, today: date) -> Asker:
        """Who this actor is today; one query for a person, three for a delegate, none for a
        service by itself. Refused for whoever claims a delegation that does not hold.
        """
        if actor.stands_in:
            return self._delegate(actor, today)
        service = actor.id if actor.kind == "service" else None
        person = person_id(actor.person)
        return Asker(service=service) if person is None else self._person(person, service, today)

    def _person(self, person: UUID, service: str | None, today: date) -> Asker:
        active, roles = self._rows(self._asker, asker=person, today=today)[0]
        held = (role.split(" ") for role in roles)
        return Asker(
            person=person,
            hand=person if service is None else None,
            service=service,
            active=active,
            roles=frozenset((role, UUID(unit)) for role, unit in held),
        )

    def _delegate(self, actor: Actor, today: date) -> Asker:
        """The giver's rights in another's hand; the hand alone where its areas do not reach."""
        hand, giver = person_id(actor.id), person_id(actor.on_behalf_of)
        delegation = person_id(actor.delegation)
        if hand is None or giver is None or delegation is None:
            raise DelegationDoesNotHold
        given = {"delegation": delegation, "giver": giver, "hand": hand}
        held = self._rows(self._delegation, **given, today=today)
        acts = self._person(hand, None, today)
        if not acts.active:
            return acts
        stands_for = self._person(giver, None, today)
        if not held or not stands_for.active:
            raise DelegationDoesNotHold
        unit, areas = held[0]
        if not {EVERY_AREA, self._area} & set(areas):
            return replace(acts, uncovered=True)
        return replace(stands_for, hand=hand, limit=unit)

    def around(self, ids: Iterable[UUID], today: date) -> Around:
        """What lies around these people and units; two queries, however many they are."""
        asked: Mapping[str, Any] = {"ids": list(ids), "today": today}
        above: dict[UUID, set[UUID]] = defaultdict(set)
        within: dict[UUID, set[UUID]] = defaultdict(set)
        led: dict[UUID, set[Lead]] = defaultdict(set)
        for of, person in self._rows(self._above, **asked):
            above[of].add(person)
        for of, unit, person, part in self._rows(self._around, **asked):
            within[of].add(unit)
            if person is not None:
                led[of].add(Lead(person, part, unit))
        return Around(above, within, led)

    def _rows(self, query: str, **params: Any) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            rows: list[tuple[Any, ...]] = connection.execute(cast("Any", query), params).fetchall()
        return rows


def person_id(told: str | None) -> UUID | None:
    """A person's id, or ``None`` for what is none."""
    try:
        return UUID(told) if told else None
    except ValueError:
        return None
