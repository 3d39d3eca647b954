"""People are listed by unit, by what lies below, by manager, and found by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.directory import ids, somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@dataclass
class Company:
    """Sales with East below it; Zhang leads Sales, Li and Wang sell in East."""

    at: At
    sales: str
    east: str
    zhang: str
    li: str
    wang: str

    def found(self, **asked: Any) -> list[str]:
        return ids(self.at.read("/people", **asked)["people"])


@pytest.fixture(scope="module")
def company(module_databases: Databases) -> Iterator[Company]:
    sales = unit()
    east = unit(sales["unit_id"])
    zhang = somebody(sales["unit_id"], name="张伟", name_en="Wei Zhang")
    led = {"unit_id": east["unit_id"], "manager": zhang["person_id"]}
    li = somebody(**led, name="李明", name_en="Ming Li")
    wang = somebody(**led, name="王芳", name_en="Fang Wang")
    people = [zhang, li, wang]
    with running(module_databases, "directory") as house, speaking(house, "directory") as at:
        at.done("register-units", {"units": [sales, east]})
        at.done("register-people", {"people": people})
        yield Company(at, sales["unit_id"], east["unit_id"], *ids(people))


def test_a_unit_has_its_own_people_and_those_below(company: Company) -> None:
    assert company.found(unit=company.sales) == [company.zhang]
    assert company.found(unit=company.sales, below=True) == [
        company.wang,
        company.li,
        company.zhang,
    ]


def test_lists_are_by_name_in_the_readers_language_page_by_page(company: Company) -> None:
    company.at.language = "zh-CN"
    by_sound = [company.li, company.wang, company.zhang]
    assert company.found() == by_sound
    first = company.at.read("/people", limit=2)
    second = company.at.read("/people", limit=2, after=first["next"])
    assert ids(first["people"]) + ids(second["people"]) == by_sound
    assert second["next"] is None
    company.at.language = "en"
    assert company.found() == [company.wang, company.li, company.zhang]


def test_a_manager_has_their_people(company: Company) -> None:
    assert company.found(manager=company.zhang) == [company.wang, company.li]
    assert company.found(manager=company.zhang, on="2026-06-30") == []


@pytest.mark.parametrize("search", ["zhangwei", "zw", "张", "Wei Zh"])
def test_people_are_found_by_name_sound_and_initials(company: Company, search: str) -> None:
    assert company.found(search=search) == [company.zhang]


def test_who_is_called_otherwise_now_is_found_by_the_new_name_only(company: Company) -> None:
    before = company.at.read("/people")["complete_through"]
    person = somebody(name="赵六", name_en="Liu Zhao")
    company.at.done("register-people", {"people": [person]})
    company.at.done("register-people", {"people": [{**person, "name": "钱七"}]})
    assert company.found(search="赵六") == []
    assert company.found(search="qianqi") == [person["person_id"]]
    assert company.found(search="qianqi", as_of=before) == []


def test_what_somebody_holds_is_told_before_they_go(company: Company) -> None:
    south = unit(head_id=company.li, champion_id=company.li)
    company.at.done("register-units", {"units": [south]})
    told = company.at.read(f"/people/{company.li}/held")
    assert [(one["unit_id"], one["part"]) for one in told["units"]] == [
        (south["unit_id"], "champion"),
        (south["unit_id"], "head"),
    ]
    assert told["manages"] == []
    managed = company.at.read(f"/people/{company.zhang}/held")["manages"]
    assert {one["person_id"] for one in managed} == {company.li, company.wang}
    company.at.done("register-units", {"units": [{**south, "head_id": company.wang}]})
    units = company.at.read(f"/people/{company.li}/held")["units"]
    assert [one["part"] for one in units] == ["champion"]
