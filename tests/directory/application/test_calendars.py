"""A fiscal year is named in one command, and stands for the same days for ever."""

from collections.abc import Iterator

import pytest

from tests.support.directory import refused
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def me(module_databases: Databases) -> Iterator[At]:
    with running(module_databases, "directory") as house, speaking(house, "directory") as someone:
        yield someone


def test_a_year_of_weeks_is_named_with_all_its_parts(me: At) -> None:
    year = {"code": "FY26", "first": "2026-02-01", "pattern": "4-4-5"}
    me.done("define-fiscal-year", year)
    periods = {p["code"]: p for p in me.read("/calendar")["periods"]}
    assert len(periods) == 1 + 2 + 4 + 12 + 52
    assert (periods["FY26"]["first"], periods["FY26"]["last"]) == ("2026-02-01", "2027-01-30")
    before = me.done("define-fiscal-year", year)["streams"]
    assert me.done("define-fiscal-year", year)["streams"] == before


def test_its_code_never_stands_for_other_days(me: At) -> None:
    me.done("define-fiscal-year", {"code": "FY30", "first": "2030-04-01"})
    other = me.ask("define-fiscal-year", {"code": "FY30", "first": "2030-05-01"})
    refused(other, "PeriodRedefined", "periods[0].code")


def test_a_year_of_months_begins_on_a_day_that_every_month_has(me: At) -> None:
    late = me.ask("define-fiscal-year", {"code": "FY31", "first": "2031-01-31"})
    refused(late, "YearStartsTooLate", "first")
