"""The calendar of a year: its named periods, and the days that depart from the working week."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.organisation.months import SPECIAL, months_of, weekdays
from services.web.pages.organisation.rights import rights_of
from services.web.pages.organisation.words import PERIOD_KINDS
from services.web.pages.visits import Visiting

routes = APIRouter()
FIRST_YEAR, LAST_YEAR = 1901, 2199


@routes.get("/calendar")
async def calendar(visit: Visiting, year: int = 0, done: str = "") -> Response:
    """One year; this one unless another is asked for."""
    today = visit.moment.on or visit.moment.today
    shown = min(max(year, FIRST_YEAR), LAST_YEAR) if year else today.year
    answer = await visit.site.organisation.calendar(visit.asking)
    special = {date.fromisoformat(said["day"]): str(said["kind"]) for said in answer["days"]}
    here = sorted((day, kind) for day, kind in special.items() if day.year == shown)
    return visit.show(
        "organisation/calendar.html",
        section="organisation",
        here="calendar",
        done=done,
        year=shown,
        periods=periods_of(answer["periods"], shown),
        months=months_of(shown, special, today, visit.formats.locale),
        weekdays=weekdays(visit.formats.locale),
        days=[(day, SPECIAL[kind]) for day, kind in here],
        special=SPECIAL,
        legend=[mark for kind, mark in SPECIAL.items() if kind in {kind for _, kind in here}],
        may_change=rights_of(visit.me).keep() and not visit.moment.is_past,
    )


def periods_of(periods: list[Answer], year: int) -> list[tuple[str, list[Answer]]]:
    """The periods that touch a year, under the words of their kinds, the longest first."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    here = [one for one in periods if one["first"] <= last and one["last"] >= first]
    found = [
        (word, [one for one in here if one["kind"] == kind]) for kind, word in PERIOD_KINDS.items()
    ]
    return [(word, those) for word, those in found if those]
