"""The calendar of a year: its named periods, and the days that depart from the working week."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.organisation.months import SPECIAL, months_of, weekdays
from services.web.pages.organisation.naming import names_in
from services.web.pages.organisation.rights import AREA, rights_of
from services.web.pages.organisation.words import PERIOD_KINDS
from services.web.pages.visits import Visiting

routes = APIRouter()
FIRST_YEAR, LAST_YEAR = 1901, 2199


@dataclass(frozen=True)
class SpecialDay:
    """A day that departs from the working week: for everybody, or in one unit and below."""

    day: date
    kind: str
    unit: str = ""
    reason: str = ""


@routes.get("/calendar")
async def calendar(visit: Visiting, year: int = 0, done: str = "") -> Response:
    """One year; this one unless another is asked for."""
    today = visit.moment.on or visit.moment.today
    shown = min(max(year, FIRST_YEAR), LAST_YEAR) if year else today.year
    answer = await visit.site.organisation.calendar(visit.asking)
    days = days_of(answer, shown)
    legend = {day.kind for day in days}
    return visit.show(
        "organisation/calendar.html",
        section="organisation",
        here="calendar",
        done=done,
        year=shown,
        periods=periods_of(answer["periods"], shown),
        months=months_of(shown, drawn(days), today, visit.formats.locale),
        weekdays=weekdays(visit.formats.locale),
        days=days,
        names=await names_in(visit, [], unit_ids={day.unit for day in days if day.unit}),
        special=SPECIAL,
        legend=[mark for kind, mark in SPECIAL.items() if kind in legend],
        may_change=rights_of(visit.rights_in(AREA)).keep_calendar and not visit.moment.is_past,
    )


def days_of(answer: Answer, year: int) -> list[SpecialDay]:
    """The special days of a year in order, everybody's before a unit's."""
    marked = [SpecialDay(date.fromisoformat(d["day"]), str(d["kind"])) for d in answer["days"]]
    closed = [
        SpecialDay(date.fromisoformat(c["day"]), "closure", str(c["unit_id"]), str(c["reason"]))
        for c in answer.get("closures", ())
    ]
    here = [day for day in (*marked, *closed) if day.day.year == year]
    return sorted(here, key=lambda day: (day.day, day.unit))


def drawn(days: list[SpecialDay]) -> dict[date, str]:
    """What is drawn into each day's place: what holds for everybody goes before a closure."""
    return {day.day: day.kind for day in reversed(days)}


def periods_of(periods: list[Answer], year: int) -> list[tuple[str, list[Answer]]]:
    """The periods that touch a year, under the words of their kinds, the longest first."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    here = [one for one in periods if one["first"] <= last and one["last"] >= first]
    found = [
        (word, [one for one in here if one["kind"] == kind]) for kind, word in PERIOD_KINDS.items()
    ]
    return [(word, those) for word, those in found if those]
