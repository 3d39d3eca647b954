"""On which days people work: the week, days off and make-up days, and each unit's closures."""

from collections.abc import Iterator

import pytest

from tests.support.directory import refused, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def me(module_databases: Databases) -> Iterator[At]:
    with running(module_databases, "directory") as house, speaking(house, "directory") as at:
        yield at


def worked(me: At, first: str, last: str, **more: str) -> list[str]:
    told = me.read("/calendar/working-days", **{"from": first, "to": last}, **more)
    assert told["working_days"] == len(told["days"])
    days: list[str] = told["days"]
    return days


def test_people_work_from_monday_to_friday_but_for_days_off_and_make_up_days(me: At) -> None:
    marked = [
        {"day": "2026-09-20", "kind": "make_up"},
        {"day": "2026-09-25", "kind": "day_off"},
    ]
    me.done("mark-days", {"days": marked})
    assert worked(me, "2026-09-19", "2026-09-27") == [
        f"2026-09-{day}" for day in (20, 21, 22, 23, 24)
    ]


def test_a_unit_rests_when_it_or_one_above_is_closed(me: At) -> None:
    company, other = unit(kind="company"), unit()
    east = unit(company["unit_id"])
    me.done("register-units", {"units": [company, other, east]})
    for one, day in ((company, "2026-08-03"), (east, "2026-08-04"), (other, "2026-08-05")):
        closed = {"unit_id": one["unit_id"], "days": [day], "reason": "Works outing"}
        me.done("mark-closures", closed)
    week = ("2026-08-03", "2026-08-07")
    assert len(worked(me, *week)) == 5
    assert worked(me, *week, unit=company["unit_id"])[0] == "2026-08-04"
    assert worked(me, *week, unit=east["unit_id"]) == ["2026-08-05", "2026-08-06", "2026-08-07"]


def test_days_that_run_backwards_are_refused(me: At) -> None:
    answer = me.get("/calendar/working-days", **{"from": "2026-08-04", "to": "2026-08-03"})
    refused(answer, "DaysBackwards", "to")
