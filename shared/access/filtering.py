"""The policy as a condition on rows: the same answer as deciding one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.access.grounds import Columns, among
from shared.access.organisation import Organisation
from shared.access.rules import Action
from shared.access.standing_in import StandingIn
from shared.access.things import Asker


@dataclass(frozen=True)
class Filter:
    """``WITH RECURSIVE {tables} SELECT … WHERE {condition}``; both take ``asking(…)``'s values."""

    tables: str
    condition: str


def rows_that(action: Action, names: Organisation, columns: Columns) -> Filter:
    """The rows to which this action is allowed; ``columns`` maps its parts and marks to SQL."""
    opened = [ground for ground in action.grounds.values() if action.is_open_by(ground)]
    bound = [ground for ground in action.grounds.values() if ground not in opened]
    grounds = [ground.sql(columns) for ground in opened]
    if bound:
        any_of = " OR ".join(ground.sql(columns) for ground in bound)
        grounds.append(f"({_near(action, columns)} AND ({any_of}))")
    barring = [bar.ground for bar in action.bars] + [StandingIn()] * action.in_person
    bars = "".join(f" AND NOT ({ground.sql(columns)})" for ground in barring)
    known = "(%(asker)s::uuid IS NOT NULL OR %(service)s::text IS NOT NULL)"
    return Filter(reach_of(names), f"({known} AND ({' OR '.join(grounds)}){bars})")


def _near(action: Action, columns: Columns) -> str:
    """Whether the row lies in the unit to which a delegation is limited, if it is."""
    limited = "SELECT id FROM access_limit"
    places = [among(columns[part], limited) for part in action.place if part in columns]
    return f"({' OR '.join(['%(in_unit)s::uuid IS NULL', *places])})"


def asking(asker: Asker, today: date) -> Mapping[str, Any]:
    """The values for a filter: who asks, and which day it is."""
    gone = not asker.active
    return {
        "asker": None if gone else asker.person,
        "hand": None if gone else asker.hand,
        "service": asker.service,
        "in_unit": asker.limit,
        "today": today,
    }


def reach_of(names: Organisation) -> str:
    """Whom and what the asker reaches today, as tables of a WITH RECURSIVE.

    ``access_below``: people below the asker. ``access_headed``: the units that the asker or the
    hand heads. ``access_led``: units led, those below them, and
    whoever has a post there, by part. ``access_scope``: the same for roles, by role;
    ``access_everywhere``: roles without a unit. The nil id as a role's unit means everywhere.
    ``access_limit``: the unit of a delegation, those below it, and whoever has a post there.
    """
    managed, below, led = names.managed or names.managers, names.below or names.parents, names.led
    return f"""
access_roles AS (SELECT t.* FROM ({names.roles}) AS t WHERE t.person = %(asker)s::uuid),
access_reach (id, kind) AS (
    SELECT %(asker)s::uuid, 'line'
    UNION SELECT m.person, m.kind FROM access_reach b {_managed(managed)} WHERE b.kind = 'line'
), access_below (id) AS (
    SELECT DISTINCT id FROM access_reach WHERE id <> %(asker)s::uuid
), access_leads (unit, part, person) AS (
    {_leads(names.leads, led)}
), access_headed (unit) AS (
    SELECT unit FROM access_leads WHERE part = 'head'
), access_led_units (id, part) AS (
    SELECT unit, part FROM access_leads WHERE person = %(asker)s::uuid
    UNION SELECT m.unit, b.part FROM access_led_units b
    {_step(below, names.parents, "unit", "parent")}
), access_led (id, part) AS (
    SELECT id, part FROM access_led_units
    UNION SELECT o.person, b.part FROM access_led_units b {_posts(names.posts)}
), access_everywhere (role) AS (
    SELECT r.role FROM access_roles r WHERE r.unit = '00000000-0000-0000-0000-000000000000'
), access_scope_units (id, role) AS (
    SELECT r.unit, r.role FROM access_roles r
    UNION SELECT m.unit, b.role FROM access_scope_units b
    {_step(below, names.parents, "unit", "parent")}
), access_scope (id, role) AS (
    SELECT id, role FROM access_scope_units
    UNION SELECT o.person, b.role FROM access_scope_units b {_posts(names.posts)}
), {_limited(names, below)}"""


def _limited(names: Organisation, below: str) -> str:
    """What lies in the unit to which a delegation is limited."""
    return f"""access_limit_units (id) AS (
    SELECT %(in_unit)s::uuid WHERE %(in_unit)s::uuid IS NOT NULL
    UNION SELECT m.unit FROM access_limit_units b
    {_step(below, names.parents, "unit", "parent")}
), access_limit (id) AS (
    SELECT id FROM access_limit_units
    UNION SELECT o.person FROM access_limit_units b {_posts(names.posts)}
)"""


# ``OFFSET 0`` keeps each step a look-up by index, of few rows, however large the company.
def _step(might: str, holds: str, key: str, above: str) -> str:
    """One step down from ``b.id``: who might be below it, and of these who is, as ``m``."""
    return f"""CROSS JOIN LATERAL (
        SELECT DISTINCT t.{key} FROM ({might}) AS t WHERE t.{above} = b.id OFFSET 0) AS c
    CROSS JOIN LATERAL (
        SELECT t.* FROM ({holds}) AS t
         WHERE t.{key} = c.{key} AND t.{above} = b.id OFFSET 0) AS m"""


def _managed(managed: str) -> str:
    """Whom ``b.id`` manages today, as ``m``: one look-up, for a whole company is gone through."""
    return f"""CROSS JOIN LATERAL (
        SELECT t.person, t.kind FROM ({managed}) AS t WHERE t.manager = b.id OFFSET 0) AS m"""


def _posts(posts: str) -> str:
    return f"""CROSS JOIN LATERAL (
        SELECT t.person FROM ({posts}) AS t WHERE t.unit = b.id OFFSET 0) AS o"""


def _leads(leads: str, led: str) -> str:
    """What the asker or the hand leads today."""
    who = "(%(asker)s::uuid, %(hand)s::uuid)"
    if not led:
        return f"SELECT t.unit, t.part, t.person FROM ({leads}) AS t WHERE t.person IN {who}"
    return f"""SELECT m.unit, m.part, m.person
      FROM (SELECT DISTINCT t.unit FROM ({led}) AS t WHERE t.person IN {who} OFFSET 0) AS c
     CROSS JOIN LATERAL (
        SELECT t.* FROM ({leads}) AS t WHERE t.unit = c.unit AND t.person IN {who} OFFSET 0) AS m"""
