"""The tenant's calendar as known at an instant, and who belongs to a unit on a day."""

from uuid import UUID

from services.metrics.domain.subjects import Subject
from services.metrics.domain.tenant_calendar import TenantCalendar, calendar_of
from shared.http.reading import Reading

PERIODS = """
SELECT code, kind, first, last FROM calendar_period
WHERE recorded_at <= %(moment)s::timestamptz ORDER BY first
"""
DAYS = "SELECT day, kind FROM calendar_day WHERE during @> %(moment)s::timestamptz"
MEMBERS = """
WITH RECURSIVE parent AS (
    SELECT DISTINCT ON (unit_id) unit_id, parent_id FROM unit_parent
    WHERE recorded_at <= %(moment)s::timestamptz AND effective_from <= %(on)s
    ORDER BY unit_id, position DESC
), below AS (
    SELECT %(unit)s::uuid AS unit_id
    UNION SELECT parent.unit_id FROM parent JOIN below ON parent.parent_id = below.unit_id
)
SELECT 'unit' AS kind, unit_id AS id FROM below
UNION
SELECT 'person', h.person_id FROM (
    SELECT DISTINCT ON (p.unit_id, p.person_id) p.person_id, p.held FROM post p
    WHERE p.unit_id IN (SELECT b.unit_id FROM below b)
      AND p.recorded_at <= %(moment)s::timestamptz AND p.effective_from <= %(on)s
    ORDER BY p.unit_id, p.person_id, p.position DESC) h
WHERE h.held
"""


def calendar_as_of(reading: Reading) -> TenantCalendar:
    """Named periods and days off as known at the instant asked."""
    rows = [(r["code"], r["kind"], r["first"], r["last"]) for r in reading.rows(PERIODS)]
    return calendar_of(rows, [(r["day"], r["kind"]) for r in reading.rows(DAYS)])


def members_of(reading: Reading, unit: UUID) -> list[Subject]:
    """The unit, the units below it, and everyone who holds a post in one of them."""
    return [Subject(kind=r["kind"], id=r["id"]) for r in reading.rows(MEMBERS, {"unit": unit})]
