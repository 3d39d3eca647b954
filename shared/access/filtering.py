"""The policy as a condition on rows: the same answer as deciding one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.access.grounds import Columns
from shared.access.organisation import Organisation
from shared.access.rules import Action
from shared.access.things import Asker


@dataclass(frozen=True)
class Filter:
    """``WITH RECURSIVE {tables} SELECT … WHERE {condition}``; both take ``asking(…)``'s values."""

    tables: str
    condition: str


def rows_that(action: Action, names: Organisation, columns: Columns) -> Filter:
    """The rows to which this action is allowed; ``columns`` maps its parts and marks to SQL."""
    grounds = " OR ".join(ground.sql(columns) for ground in action.grounds.values())
    bars = "".join(f" AND NOT ({bar.ground.sql(columns)})" for bar in action.bars)
    known = "(%(asker)s::uuid IS NOT NULL OR %(service)s::text IS NOT NULL)"
    return Filter(reach_of(names), f"({known} AND ({grounds}){bars})")


def asking(asker: Asker, today: date) -> Mapping[str, Any]:
    """The values for a filter: who asks, and which day it is."""
    gone = not asker.active
    return {
        "asker": None if gone else asker.person,
        "hand": None if gone else asker.hand,
        "service": asker.service,
        "today": today,
    }


def reach_of(names: Organisation) -> str:
    """Whom and what the asker reaches today, as tables of a WITH RECURSIVE.

    ``access_below``: people below the asker. ``access_headed``: the units that the asker or the
    hand heads. ``access_led``: units led, those below them, and
    whoever has a post there, by part. ``access_scope``: the same for roles, by role;
    ``access_everywhere``: roles without a unit. The nil id as a role's unit means everywhere.
    """
    return f"""
access_managers AS NOT MATERIALIZED ({names.managers}),
access_parents AS NOT MATERIALIZED ({names.parents}),
access_posts AS NOT MATERIALIZED ({names.posts}),
access_roles AS ({names.roles}),
access_line (id) AS (
    SELECT %(asker)s::uuid
    UNION SELECT m.person FROM access_line b JOIN access_managers m
       ON m.manager = b.id AND m.kind = 'line'
), access_below (id) AS (
    SELECT DISTINCT m.person FROM access_managers m JOIN access_line b ON b.id = m.manager
     WHERE m.person <> %(asker)s::uuid
), access_headed (unit) AS (
    SELECT l.unit FROM ({names.leads}) AS l
     WHERE l.part = 'head' AND l.person IN (%(asker)s::uuid, %(hand)s::uuid)
), access_led_units (unit, part) AS (
    SELECT l.unit, l.part FROM ({names.leads}) AS l WHERE l.person = %(asker)s::uuid
    UNION SELECT p.unit, l.part FROM access_parents p JOIN access_led_units l ON p.parent = l.unit
), access_led (id, part) AS (
    SELECT unit, part FROM access_led_units
    UNION SELECT o.person, l.part FROM access_posts o JOIN access_led_units l ON l.unit = o.unit
), access_everywhere (role) AS (
    SELECT r.role FROM access_roles r
     WHERE r.person = %(asker)s::uuid AND r.unit = '00000000-0000-0000-0000-000000000000'
), access_scope_units (unit, role) AS (
    SELECT r.unit, r.role FROM access_roles r WHERE r.person = %(asker)s::uuid
    UNION SELECT p.unit, s.role FROM access_parents p JOIN access_scope_units s ON p.parent = s.unit
), access_scope (id, role) AS (
    SELECT unit, role FROM access_scope_units
    UNION SELECT o.person, s.role FROM access_posts o JOIN access_scope_units s ON s.unit = o.unit
)"""
