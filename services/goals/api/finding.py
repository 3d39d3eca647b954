"""Which objectives are asked for, and which of them may be seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.goals.api.knowing import ObjectiveEntry
from shared.access.things import Thing
from shared.http.reading import Reading

OPEN_STAGES = frozenset({"published", "closed", "postponed", "cancelled"})

# A superset by the indexes: what was ever said; which of it holds is decided by day and instant.
CANDIDATES = """
SELECT o.objective_id FROM objectives.objectives o
 WHERE o.during @> %(moment)s::timestamptz
   AND (%(cycle)s::uuid IS NULL OR o.cycle_id = %(cycle)s)
   AND (%(holders)s::text[] IS NULL
        OR o.terms -> 'holder' ->> 'id' = ANY(%(holders)s)
        OR o.objective_id IN (SELECT s.objective_id FROM objectives.statements s
                               WHERE s.says -> 'holder' ->> 'id' = ANY(%(holders)s)))
   AND (%(responsible)s::text IS NULL
        OR o.terms ->> 'responsible_id' = %(responsible)s
        OR o.objective_id IN (SELECT s.objective_id FROM objectives.statements s
                               WHERE s.key_result_id IS NULL
                                 AND s.says ->> 'responsible_id' = %(responsible)s))
 ORDER BY o.objective_id
"""

OF_RESPONSIBLE = """
SELECT DISTINCT k.objective_id FROM objectives.key_results k
 WHERE k.during @> %(moment)s::timestamptz
   AND (k.original ->> 'responsible_id' = %(responsible)s
        OR k.key_result_id IN (SELECT s.key_result_id FROM objectives.statements s
                                WHERE s.key_result_id IS NOT NULL
                                  AND s.says ->> 'responsible_id' = %(responsible)s))
"""

OBJECTIVE_OF = """
SELECT k.objective_id FROM objectives.key_results k
 WHERE k.key_result_id = %(key_result)s AND k.during @> %(moment)s::timestamptz
"""

# A unit with everything below it and everybody who holds a post there on the day.
UNIT_AND_PEOPLE = """
WITH RECURSIVE placed AS (
    SELECT DISTINCT ON (p.unit_id) p.unit_id, p.parent_id FROM organisation.parents p
     WHERE p.recorded_at <= %(moment)s::timestamptz AND p.effective_from <= %(on)s
     ORDER BY p.unit_id, p.position DESC
), tree AS (
    SELECT %(unit)s::uuid AS unit_id
     UNION SELECT p.unit_id FROM placed p JOIN tree t ON p.parent_id = t.unit_id
)
SELECT unit_id::text AS holder FROM tree
 UNION
SELECT h.person_id::text FROM (
    SELECT DISTINCT ON (o.unit_id, o.person_id) o.person_id, o.held FROM organisation.posts o
     WHERE o.unit_id IN (SELECT t.unit_id FROM tree t)
       AND o.recorded_at <= %(moment)s::timestamptz AND o.effective_from <= %(on)s
     ORDER BY o.unit_id, o.person_id, o.position DESC) h
 WHERE h.held
"""


@dataclass(frozen=True)
class Sought:
    """What a list of objectives is asked for by; nothing given means everything."""

    cycle: UUID | None = None
    holder: UUID | None = None
    unit: UUID | None = None
    responsible: UUID | None = None
    stages: tuple[str, ...] = ()


def objectives(reading: Reading, sought: Sought) -> list[UUID]:
    """The ids of objectives that may be meant; ``holding`` then says which are."""
    found = reading.rows(
        CANDIDATES,
        {
            "cycle": sought.cycle,
            "holders": _holders(reading, sought),
            "responsible": None if sought.responsible is None else str(sought.responsible),
        },
    )
    return [row["objective_id"] for row in found]


def _holders(reading: Reading, sought: Sought) -> list[str] | None:
    if sought.unit is not None:
        return [row["holder"] for row in reading.rows(UNIT_AND_PEOPLE, {"unit": sought.unit})]
    return None if sought.holder is None else [str(sought.holder)]


def holding(
    reading: Reading, known: Iterable[ObjectiveEntry], sought: Sought
) -> list[ObjectiveEntry]:
    """Those that are meant on the day and may be seen, by level, holder and title."""
    holders = _holders(reading, sought)
    meant = [
        one
        for one in known
        if (holders is None or str(one.holder_on(reading.on).id) in holders)
        and (sought.cycle is None or one.row["cycle_id"] == sought.cycle)
        and (not sought.stages or one.row["stage"] in sought.stages)
        and (sought.responsible is None or _answers(one, sought.responsible, reading))
    ]
    return sorted(may_see(reading, meant), key=lambda one: _place(one, reading))


def _answers(one: ObjectiveEntry, person: UUID, reading: Reading) -> bool:
    return str(one.on(reading.on, "responsible_id")) == str(person)


_LEVELS = ("company", "department", "team", "person")


def _place(one: ObjectiveEntry, reading: Reading) -> tuple[int, str, int, str]:
    level = one.row["terms"].get("level", "person")
    priority = one.on(reading.on, "priority") or 9
    return _LEVELS.index(level), str(one.holder_on(reading.on).id), priority, str(one.id)


def of_responsible(reading: Reading, person: UUID) -> list[UUID]:
    """The objectives of key results that somebody may answer for."""
    found = reading.rows(OF_RESPONSIBLE, {"responsible": str(person)})
    return [row["objective_id"] for row in found]


def objective_of(reading: Reading, key_result: UUID) -> UUID | None:
    """The objective of a key result, if it is known."""
    row = reading.row(OBJECTIVE_OF, {"key_result": key_result})
    return row["objective_id"] if row else None


def may_see(reading: Reading, entries: Iterable[ObjectiveEntry]) -> Sequence[ObjectiveEntry]:
    """Those that who asks may see now, by the policy: see-objectives.

    What is open to all needs no look at who is who.
    """
    known = list(entries)
    hidden = [one for one in known if not _is_open(one)]
    may = reading.may("see-objectives", [_thing(one, reading) for one in hidden])
    shown = {one.id for one, seen in zip(hidden, may, strict=True) if seen}
    return [one for one in known if _is_open(one) or one.id in shown]


def _is_open(one: ObjectiveEntry) -> bool:
    visibility = one.row["terms"].get("visibility", "public")
    return one.row["stage"] in OPEN_STAGES and visibility == "public"


def _thing(one: ObjectiveEntry, reading: Reading) -> Thing:
    people = {kr.agreement.on(reading.on, "responsible_id") for kr in one.key_results}
    people.add(one.on(reading.on, "responsible_id"))
    return Thing(
        {
            "holder": [one.holder_on(reading.on).id],
            "involved": [UUID(str(person)) for person in people if person],
        },
        {"openness": "open" if _is_open(one) else "closed"},
    )
