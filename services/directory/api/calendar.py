"""Named periods, and on which days people work: in the enterprise, or in one unit."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.directory.api.on_the_day import PARENT
from services.directory.domain.errors import DaysBackwards
from shared.http.reading import FIRST_DAY, LAST_DAY, AsOf

router = APIRouter(tags=["queries"])
SATURDAY = 5

PERIODS = """
SELECT code, kind, first, last FROM calendar_period
 WHERE recorded_at <= %(moment)s::timestamptz ORDER BY first, last DESC
"""
DAYS = """
SELECT day, kind FROM calendar_day WHERE during @> %(moment)s::timestamptz
   AND kind <> 'working' ORDER BY day
"""
CLOSURES = """
SELECT c.unit_id, c.day, c.reason FROM closure c WHERE c.during @> %(moment)s::timestamptz
 ORDER BY c.day, c.unit_id
"""
RESTING = f"""
WITH RECURSIVE up AS (
    SELECT %(unit)s::uuid AS unit_id
    UNION
    SELECT ({PARENT.format(unit="up.unit_id")}) FROM up WHERE up.unit_id IS NOT NULL
)
SELECT DISTINCT c.day FROM closure c JOIN up USING (unit_id)
 WHERE c.during @> %(moment)s::timestamptz
"""


@router.get("/calendar", name="calendar")
def calendar(reading: AsOf) -> dict[str, Any]:
    """Named periods, the days that depart from the working week, and days on which units rest."""
    return reading.told(
        periods=reading.rows(PERIODS), days=reading.rows(DAYS), closures=reading.rows(CLOSURES)
    )


@router.get("/calendar/working-days", name="working-days")
def working_days(
    reading: AsOf,
    first: Annotated[date, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY)],
    last: Annotated[date, Query(alias="to", ge=FIRST_DAY, le=LAST_DAY)],
    unit: UUID | None = None,
) -> dict[str, Any]:
    """The days on which people work from one day to another, both inclusive: Monday to Friday and
    make-up days, without days off and without the closures of the unit and of those above it.
    """
    if last < first:
        raise DaysBackwards(field="to")
    marked = {row["day"]: row["kind"] for row in reading.rows(DAYS)}
    resting = {row["day"] for row in reading.rows(RESTING, {"unit": unit})} if unit else set()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if day not in resting and _works(day, marked.get(day))]
    return reading.told(working_days=len(working), days=working, unit=unit)


def _works(day: date, kind: str | None) -> bool:
    return kind == "make_up" or (kind != "day_off" and day.weekday() < SATURDAY)
