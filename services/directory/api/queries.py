"""Who works here, in which units, and what the calendar says: as of any instant."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["queries"])

PEOPLE = """
SELECT p.person_id, p.name, p.name_en, p.locale, p.time_zone, p.employed_from, p.last_day, p.active,
       coalesce((SELECT json_agg(json_build_object('unit_id', o.unit_id, 'title', o.title,
                    'share', o.share, 'effective_from', o.effective_from) ORDER BY o.title)
                 FROM post o WHERE o.person_id = p.person_id AND o.during @> %(moment)s::timestamptz
                   AND (o.last_day IS NULL OR o.last_day >= %(on)s)), '[]') AS posts,
       coalesce((SELECT json_agg(json_build_object('kind', m.kind, 'manager_id', m.manager_id)
                    ORDER BY m.kind)
                 FROM manager m WHERE m.person_id = p.person_id
                   AND m.during @> %(moment)s::timestamptz), '[]') AS managers,
       coalesce((SELECT json_agg(json_build_object('role', r.role, 'unit_id', nullif(r.scope, ''))
                    ORDER BY r.role, r.scope)
                 FROM role r WHERE r.person_id = p.person_id AND r.during @> %(moment)s::timestamptz
                   AND (r.expires_on IS NULL OR r.expires_on >= %(on)s)), '[]') AS roles
FROM person p
WHERE p.during @> %(moment)s::timestamptz
"""


@router.get("/people")
def people(
    reading: AsOf,
    unit: UUID | None = None,
    person_ids: Annotated[list[UUID] | None, Query(alias="id")] = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> dict[str, Any]:
    """People by id, of a unit, or all; ``next`` is what to send as ``after`` for more."""
    conditions, params = [PEOPLE], {"limit": limit, "after": after, "unit": unit}
    if unit is not None:
        conditions.append(
            "AND EXISTS (SELECT FROM post o WHERE o.person_id = p.person_id"
            " AND o.unit_id = %(unit)s AND o.during @> %(moment)s::timestamptz"
            " AND (o.last_day IS NULL OR o.last_day >= %(on)s))"
        )
    if person_ids is not None:
        conditions.append("AND p.person_id = ANY(%(ids)s)")
    if after is not None:
        conditions.append("AND p.person_id > %(after)s")
    query = " ".join([*conditions, "ORDER BY p.person_id LIMIT %(limit)s"])
    rows = reading.rows(query, {**params, "ids": person_ids})
    following = rows[-1]["person_id"] if len(rows) == limit else None
    return reading.told(people=rows, next=following)


@router.get("/hand-overs", name="hand-overs")
def hand_overs(
    reading: AsOf,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> dict[str, Any]:
    """Who has left or cannot act on the day, and who took over, if anybody."""
    rows = reading.rows(
        "SELECT p.person_id, p.last_day, p.active, h.successor_id, h.effective_from FROM person p"
        " LEFT JOIN hand_over h ON h.person_id = p.person_id"
        " AND h.during @> %(moment)s::timestamptz"
        " WHERE p.during @> %(moment)s::timestamptz AND (NOT p.active OR p.last_day < %(on)s)"
        " AND (%(after)s::uuid IS NULL OR p.person_id > %(after)s)"
        " ORDER BY p.person_id LIMIT %(limit)s",
        {"after": after, "limit": limit},
    )
    following = rows[-1]["person_id"] if len(rows) == limit else None
    return reading.told(people=rows, next=following)


@router.get("/people/{person_id}")
def person(reading: AsOf, person_id: UUID) -> dict[str, Any]:
    """One person with posts, managers and roles."""
    row = reading.row(f"{PEOPLE} AND p.person_id = %(id)s", {"id": person_id})
    if row is None:
        raise NotFound(field="person_id", what="person")
    return reading.told(person=row)


@router.get("/units")
def units(reading: AsOf) -> dict[str, Any]:
    """Every unit with its parent, head and champion, by code."""
    rows = reading.rows(
        "SELECT unit_id, code, kind, parent_id, counts_as_department, name_zh, name_en,"
        " head_id, champion_id, effective_from FROM unit"
        " WHERE during @> %(moment)s::timestamptz ORDER BY code"
    )
    return reading.told(units=rows)


@router.get("/calendar")
def calendar(reading: AsOf) -> dict[str, Any]:
    """Named periods, and the days that depart from the working week."""
    return reading.told(periods=_periods(reading), days=_days(reading))


def _periods(reading: Reading) -> list[dict[str, Any]]:
    return reading.rows(
        "SELECT code, kind, first, last FROM calendar_period"
        " WHERE recorded_at <= %(moment)s::timestamptz ORDER BY first, last DESC"
    )


def _days(reading: Reading) -> list[dict[str, Any]]:
    return reading.rows(
        "SELECT day, kind FROM calendar_day WHERE during @> %(moment)s::timestamptz"
        " AND kind <> 'working' ORDER BY day"
    )
