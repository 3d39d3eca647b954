"""The tree of units, opened step by step, with how many work where."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.support.directory import somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@dataclass
class Tree:
    """A company with Sales, and East and South below Sales."""

    at: At
    company: dict
    sales: dict
    east: dict
    south: dict

    def counts(self, **when: str) -> dict[str, tuple[int, int, int]]:
        told = [
            *self.at.read("/units/children", **when)["units"],
            *self.at.read(f"/units/{self.company['unit_id']}/children", **when)["units"],
            *self.at.read(f"/units/{self.sales['unit_id']}/children", **when)["units"],
        ]
        return {
            one["code"]: (one["people"], one["people_below"], one["children"])
            for one in told
            if one["code"] in {u["code"] for u in vars(self).values() if isinstance(u, dict)}
        }


@pytest.fixture
def tree(module_databases: Databases, house: At) -> Tree:
    company = unit(kind="company")
    sales = unit(company["unit_id"])
    east, south = unit(sales["unit_id"]), unit(sales["unit_id"])
    posts = [{"unit_id": u["unit_id"], "title": "x", "share": 5_000} for u in (east, south)]
    people = [somebody(sales["unit_id"]), somebody(east["unit_id"]), somebody(posts=posts)]
    house.done("register-units", {"units": [company, sales, east, south]})
    house.done("register-people", {"people": people})
    return Tree(house, company, sales, east, south)


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[At]:
    with running(module_databases, "directory") as house, speaking(house, "directory") as at:
        yield at


def test_each_step_tells_how_many_work_in_a_unit_and_below(tree: Tree) -> None:
    assert tree.counts() == {
        tree.company["code"]: (0, 3, 1),
        tree.sales["code"]: (1, 3, 2),
        tree.east["code"]: (2, 2, 0),
        tree.south["code"]: (1, 1, 0),
    }


def test_before_anybody_worked_there_nobody_is_counted(tree: Tree) -> None:
    assert {people for people, _, _ in tree.counts(on="2026-06-30").values()} == {0}


def test_who_left_and_what_closed_counts_no_more(tree: Tree) -> None:
    (gone,) = tree.at.read("/people", unit=tree.south["unit_id"])["people"]
    tree.at.done("end-employment", {"person_id": gone["person_id"], "last_day": "2026-09-30"})
    closing = {"unit_id": tree.south["unit_id"], "last_day": "2026-09-30"}
    tree.at.done("close-units", {"units": [closing]})
    assert tree.counts(on="2026-09-30")[tree.sales["code"]] == (1, 3, 2)
    after = tree.counts(on="2026-10-01")
    assert after[tree.sales["code"]] == (1, 2, 1)
    assert tree.south["code"] not in after


def test_a_unit_knows_the_way_up(tree: Tree) -> None:
    told = tree.at.read(f"/units/{tree.east['unit_id']}")["unit"]
    assert [one["code"] for one in told["path"]] == [tree.company["code"], tree.sales["code"]]
    assert (told["people"], told["people_below"], told["children"]) == (2, 2, 0)
    assert tree.at.get(f"/units/{uuid4()}").status_code == 404


def test_a_unit_that_moves_later_is_below_its_parent_of_the_day(tree: Tree) -> None:
    moved = {**tree.east, "parent_id": tree.company["unit_id"], "effective_from": "2027-01-01"}
    tree.at.done("register-units", {"units": [moved]})
    assert tree.counts(on="2026-12-31")[tree.company["code"]] == (0, 3, 1)
    assert tree.counts(on="2027-01-01")[tree.company["code"]] == (0, 3, 2)


def test_a_head_who_follows_later_leads_from_that_day_on(tree: Tree) -> None:
    now, later = somebody(), somebody()
    tree.at.done("register-people", {"people": [now, later]})
    for person, day in ((now, "2026-07-01"), (later, "2027-01-01")):
        led = {**tree.east, "head_id": person["person_id"], "effective_from": day}
        tree.at.done("register-units", {"units": [led]})
    path = f"/units/{tree.east['unit_id']}"
    assert tree.at.read(path, on="2026-12-31")["unit"]["head_id"] == now["person_id"]
    assert tree.at.read(path, on="2027-01-01")["unit"]["head_id"] == later["person_id"]


def codes(tree: Tree, **asked: object) -> list[str]:
    """The codes of the units that fit, in order; among those of this tree."""
    own = {u["code"] for u in vars(tree).values() if isinstance(u, dict)}
    return [u["code"] for u in tree.at.read("/units", **asked)["units"] if u["code"] in own]


def test_some_units_are_told_by_id_with_the_ways_up_from_them(tree: Tree) -> None:
    both = [tree.east["unit_id"], tree.company["unit_id"]]
    assert set(codes(tree, id=both)) == {tree.east["code"], tree.company["code"]}
    above = codes(tree, id=[tree.east["unit_id"]], above=True)
    assert set(above) == {tree.company["code"], tree.sales["code"], tree.east["code"]}
    assert codes(tree, id=[str(uuid4())], above=True) == []


def test_the_units_that_somebody_leads_are_told_as_of_the_day(tree: Tree) -> None:
    chen, later = somebody(), somebody()
    tree.at.done("register-people", {"people": [chen, later]})
    head, champion = chen["person_id"], chen["person_id"]
    led = [{**tree.east, "head_id": head}, {**tree.sales, "champion_id": champion}]
    tree.at.done("register-units", {"units": led})
    follows = {**tree.east, "head_id": later["person_id"], "effective_from": "2027-01-01"}
    tree.at.done("register-units", {"units": [follows]})
    found = codes(tree, lead=head, on="2026-12-31")
    assert set(found) == {tree.east["code"], tree.sales["code"]}
    assert codes(tree, lead=head, on="2027-01-01") == [tree.sales["code"]]


def test_units_are_found_by_a_part_of_their_names_and_what_begins_so_stands_first(
    house: At,
) -> None:
    named = {"A1": ("北方大区", "North"), "A2": ("东北方组", "Far North"), "NOR": ("南方", "South")}
    units = [
        unit(code=f"{code}-{uuid4()}", name_zh=zh, name_en=en)
        for code, (zh, en) in sorted(named.items(), reverse=True)
    ]
    house.done("register-units", {"units": units})

    def found(search: str, **more: object) -> list[str]:
        told = house.read("/units", search=search, **more)["units"]
        return [one["code"].split("-")[0] for one in told if one["code"].split("-")[0] in named]

    assert found("nor") == ["A1", "NOR", "A2"]
    assert found("北方") == ["A1", "A2"]
    assert found("nor", limit=1) == ["A1"]
    assert found("%") == found("no such name") == []


def test_closed_units_and_a_branch_are_left_out_where_asked(tree: Tree) -> None:
    everything = codes(tree)
    outside = codes(tree, outside=tree.sales["unit_id"])
    assert outside == [tree.company["code"]]
    (gone,) = tree.at.read("/people", unit=tree.south["unit_id"])["people"]
    tree.at.done("end-employment", {"person_id": gone["person_id"], "last_day": "2026-09-30"})
    closing = {"unit_id": tree.south["unit_id"], "last_day": "2026-09-30"}
    tree.at.done("close-units", {"units": [closing]})
    assert codes(tree, open=True, on="2026-09-30") == everything
    still = [code for code in everything if code != tree.south["code"]]
    assert codes(tree, open=True, on="2026-10-01") == still
    assert codes(tree, on="2026-10-01") == everything
