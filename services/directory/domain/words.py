"""The small words of the directory."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["employee", "hr", "executive", "auditor", "admin"]
ManagerKind = Literal["line", "functional", "project"]
Lead = Literal["head", "champion"]
UnitKind = Literal["company", "department", "team", "store", "region"]
PeriodKind = Literal["day", "week", "month", "quarter", "half", "year"]
DayKind = Literal["working", "day_off", "make_up"]
Area = Literal["all", "goals", "metrics", "appraisal", "directory"]
YearPattern = Literal["months", "4-4-5", "4-5-4", "5-4-4"]


class CalendarPeriod(BaseModel):
    """A named stretch of days, both inclusive: ``2026-Q3``, ``2026-07``, ``2026-W27``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    kind: PeriodKind
    first: date
    last: date


class CalendarDay(BaseModel):
    """A day that departs from the working week, or no longer does (``working``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    kind: DayKind
