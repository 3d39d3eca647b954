"""What metrics knows from goals and the directory, read from the tables that follow them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from psycopg.rows import dict_row

from services.metrics.application.premises import Voices
from services.metrics.domain.accountable import Accountable
from services.metrics.domain.subjects import Subject, Voice
from services.metrics.domain.tenant_calendar import TenantCalendar, calendar_of
from services.metrics.feed import relations
from shared.eventing.recorder import Pool
from shared.kernel.actors import Actor

POSITIONS = """
SELECT feed, position FROM objectives.follower
UNION ALL SELECT feed, position FROM organisation.follower
"""
PERIODS = "SELECT code, kind, first, last FROM calendar_period ORDER BY first"
DAYS = "SELECT day, kind FROM calendar_day WHERE upper_inf(during)"
KEY_RESULTS = """
SELECT key_result_id, responsible_id, form, options, kpi_id, open
FROM key_result WHERE upper_inf(during) AND key_result_id = ANY(%(ids)s)
"""
KEEPERS = frozenset({"hr", "executive", "admin"})


class FollowedPremises:
    """The neighbours' present state as far as it has arrived in the tables."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def positions(self) -> Mapping[str, int]:
        """Up to which position each followed feed is known."""
        return {row["feed"]: row["position"] for row in self._rows(POSITIONS)}

    def calendar(self) -> TenantCalendar:
        """The tenant's named periods and days off."""
        rows = [(r["code"], r["kind"], r["first"], r["last"]) for r in self._rows(PERIODS)]
        return calendar_of(rows, [(r["day"], r["kind"]) for r in self._rows(DAYS)])

    def key_results(self, ids: Collection[UUID], today: date) -> Mapping[UUID, Accountable]:
        """Published key results, and who may speak about them today."""
        rows = self._rows(KEY_RESULTS, ids=list(ids))
        people = {row["responsible_id"] for row in rows}
        speakers = self._related(relations.SPEAKERS, people, today)
        return {
            row["key_result_id"]: Accountable(
                id=row["key_result_id"],
                responsible=row["responsible_id"],
                speakers=frozenset(speakers[row["responsible_id"]]),
                form=row["form"],
                options=tuple(row["options"]),
                follows_kpi=row["kpi_id"] is not None,
                open=row["open"],
            )
            for row in rows
        }

    def voices(self, actor: Actor, subjects: Collection[Subject], today: date) -> Voices:
        """How an actor stands to subjects today."""
        asker, hand = _id(actor.person), _id(actor.hand)
        roles = self._rows(relations.ROLES, who=asker, on=today) if asker else []
        scopes = {row["unit_id"] for row in roles if row["role"] in KEEPERS}
        at_large = Voice(service=actor.kind == "service", keeper=relations.EVERYWHERE in scopes)
        people = {s.id for s in subjects if s.kind == "person"}
        units = {s.id for s in subjects if s.kind == "unit"}
        heads = self._related(relations.HEADS, units, today)
        above = self._related(relations.ABOVE_PEOPLE, people, today)
        above_units = self._related(relations.ABOVE_UNITS, units, today)
        within = self._related(relations.UNITS_AROUND, people | units, today)
        of = {}
        for one in subjects:
            own = {one.id} if one.kind == "person" else heads[one.id]
            managers = above[one.id] | above_units[one.id]
            of[one.id] = Voice(
                service=at_large.service,
                subject=bool({asker, hand} & own),
                manager=asker in managers,
                keeper=at_large.keeper or bool(scopes & within[one.id]),
            )
        return Voices(asker, at_large, of)

    def _related(self, query: str, ids: Collection[UUID], today: date) -> dict[UUID, set[UUID]]:
        related: dict[UUID, set[UUID]] = defaultdict(set)
        for row in self._rows(query, ids=list(ids), on=today) if ids else ():
            related[row["of"]].add(row["related"])
        return related

    def _rows(self, query: str, **params: Any) -> Sequence[Mapping[str, Any]]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), params).fetchall()


def _id(person: str | None) -> UUID | None:
    """A person's id; ``None`` for services and for what is no person's id."""
    try:
        return UUID(person) if person else None
    except ValueError:
        return None
