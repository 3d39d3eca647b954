"""The separation report: what this service can reach, and what people typed into its figures."""

import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.appraisal.api.answers import told
from services.appraisal.api.reads import record_read
from shared.http.reading import AsOf, Reading

FORBIDDEN = (
    "shared.contracts.objectives",
    "shared.contracts.objective_revisions",
    "shared.contracts.objective_terms",
    "shared.contracts.measurements",
    "services.goals",
)
ALLOWED_FEEDS = frozenset({"appraisals", "kpis", "organisation"})

# Whether the role could enter each database of this server.
DOORS = """
SELECT datname, has_database_privilege(current_user, datname, 'CONNECT') AS may_enter
FROM pg_database
WHERE datallowconn AND NOT datistemplate AND datname NOT IN (current_database(), 'postgres')
"""
TYPED = """
SELECT e.kpi, e.subject, e.period, e.observed_on, e.value, e.origin, e.source, e.author,
       e.corrected, e.position, lower(e.during) AS recorded_at
FROM kpi_entries e
WHERE e.during @> %(moment)s::timestamptz AND (e.origin IN ('typed', 'imported') OR e.corrected)
  AND (%(kpi)s::uuid IS NULL OR e.kpi = %(kpi)s) ORDER BY e.position DESC LIMIT %(limit)s
"""
COUNTED = """
SELECT origin, author, corrected, count(*) AS figures FROM kpi_entries
WHERE during @> %(moment)s::timestamptz GROUP BY origin, author, corrected
ORDER BY figures DESC, origin, author
"""
BONUSES = """
SELECT x.appraisal, a.subject, x.entry, x.kind, x.points, x.author, x.reason, x.given_at
FROM extras x JOIN appraisals a ON a.appraisal = x.appraisal
 AND a.during @> %(moment)s::timestamptz
WHERE x.during @> %(moment)s::timestamptz ORDER BY x.given_at DESC
"""


def separation_routes(feeds: Sequence[str]) -> APIRouter:
    """``/separation`` for everyone who is signed in; ``/separation/typed`` for HR and auditors."""
    router = APIRouter(tags=["separation"])

    @router.get("/separation")
    def separation(reading: AsOf) -> dict[str, Any]:
        """Which walls hold here and now, each with what was looked at."""
        return reading.told(
            follows=sorted(feeds),
            modules=_loaded(),
            role=_role(reading),
            checks=[_feeds_check(feeds), _modules_check(), _doors_check(reading)],
        )

    @router.get("/separation/typed")
    def typed(reading: AsOf, kpi: UUID | None = None, limit: int = 500) -> dict[str, Any]:
        """Typed, imported and corrected KPI values, and every bonus, with their authors."""
        params = {"kpi": kpi, "limit": min(max(limit, 1), 5000)}
        extras = [row for row in reading.rows(BONUSES) if not _of_both(reading, row["subject"])]
        record_read(reading, extras, "separation")
        return reading.told(
            counts=reading.rows(COUNTED),
            values=[told(row) for row in reading.rows(TYPED, params)],
            extras=[told(row) for row in extras],
        )

    return router


def _of_both(reading: Reading, subject: UUID) -> bool:
    """Whether a delegate would be told of their own appraisal, or of the giver's."""
    asker = reading.asker
    return asker.stands_in and subject in (asker.person, asker.hand)


def _loaded() -> list[str]:
    """Topics of the published language and other services whose code is in this process."""
    found = (
        name if name.startswith("shared.") else ".".join(name.split(".")[:2])
        for name in sys.modules
        if name.startswith(("shared.contracts.", "services."))
    )
    return sorted(set(found) - {"services.appraisal"})


def _role(reading: Reading) -> dict[str, Any]:
    return reading.rows(
        "SELECT current_user AS role, current_database() AS database, rolsuper AS superuser"
        " FROM pg_roles WHERE rolname = current_user"
    )[0]


def _feeds_check(feeds: Sequence[str]) -> dict[str, Any]:
    says = "follows " + ", ".join(sorted(feeds))
    return {"wall": "feeds", "holds": set(feeds) <= ALLOWED_FEEDS, "says": says}


def _modules_check() -> dict[str, Any]:
    """In a process shared with other services this wall cannot stand: that is said, not hidden."""
    found = [name for name in _loaded() if name.startswith(FORBIDDEN)]
    neighbours = any(name.startswith("services.") for name in _loaded())
    if not found:
        return {"wall": "modules", "holds": True, "says": "no OKR contract is loaded"}
    says = "not enforced in this shape: other services share the process"
    return {"wall": "modules", "holds": None if neighbours else False, "says": says}


def _doors_check(reading: Reading) -> dict[str, Any]:
    rows = reading.rows(DOORS)
    role = _role(reading)
    open_doors = [row["datname"] for row in rows if row["may_enter"]]
    says = f"role {role['role']} may not enter any of {len(rows)} other databases"
    if open_doors:
        says = f"role {role['role']} may enter " + ", ".join(sorted(open_doors))
    return {"wall": "database", "holds": not open_doors and not role["superuser"], "says": says}
