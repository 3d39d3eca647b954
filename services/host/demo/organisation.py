"""The rows about people, units and the calendar of the demo quarter."""

from datetime import date, timedelta

from services.host.demo.telling import in_language, plain, told
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

MONTHS = ((2026, 7), (2026, 8), (2026, 9))


def units() -> list[Entry]:
    """The company, its sales department and two teams."""
    story = told("company")
    keys = ("code", "name_zh", "name_en", "kind", "parent", "head", "champion")
    return [
        {
            **plain(unit, *keys),
            "counts_as_department": unit["counts_as_department"],
            "from": story["from"],
        }
        for unit in story["units"]
    ]


def people(language: Language) -> list[Entry]:
    """Eighteen people, each with post, manager and roles."""
    story = told("company")
    return [
        {
            **plain(person, "code", "name", "name_en", "unit", "manager", "roles"),
            "title": in_language(person["title"], language),
            "share": None,
            "locale": "zh-CN" if language == "zh" else "en",
            "from": story["from"],
        }
        for person in story["people"]
    ]


def periods() -> list[Entry]:
    """The year, its last two quarters with their months, and the weeks of the third."""
    named = [
        _period("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
        _period("2026-Q2", "quarter", date(2026, 4, 1), date(2026, 6, 30)),
        _period("2026-Q3", "quarter", date(2026, 7, 1), date(2026, 9, 30)),
    ]
    for year, month in MONTHS:
        first = date(year, month, 1)
        last = date(year, month + 1, 1) - timedelta(days=1)
        named.append(_period(f"{year}-{month:02}", "month", first, last))
    monday = date(2026, 6, 29)
    while monday <= date(2026, 9, 30):
        code = f"{monday:%G}-W{monday:%V}"
        named.append(_period(code, "week", monday, monday + timedelta(days=6)))
        monday += timedelta(days=7)
    return named


def working_days() -> list[Entry]:
    """Holidays and make-up days from July to mid October."""
    story = told("company")
    days = [(day, "day_off") for day in story["days_off"]]
    days += [(day, "make_up") for day in story["make_up_days"]]
    return [{"day": day, "kind": kind} for day, kind in sorted(days)]


def _period(code: str, kind: str, first: date, last: date) -> Entry:
    return {"code": code, "kind": kind, "first": first, "last": last}
