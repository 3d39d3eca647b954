"""The list of people."""

import csv
from collections.abc import Callable
from io import StringIO

import httpx2
import pytest

from services.web.pages.organisation import people as module

Id = Callable[[str], str]


def test_everybody_is_listed_with_posts_and_line_manager(seller: httpx2.Client) -> None:
    page = seller.get("/people").text
    for name in ("Lin Yuan", "Zhao Min", "Li Ming", "Wang Fang"):
        assert name in page
    assert "大客户经理" in page
    assert "reports to Zhou Qiang" in page


def test_the_people_of_one_unit(seller: httpx2.Client, id_of_unit: Id) -> None:
    page = seller.get(f"/people?unit={id_of_unit('EAST')}").text
    assert "Li Ming" in page
    assert "He Jun" not in page
    assert "Nobody fits." in seller.get("/people?unit=00000000-0000-0000-0000-000000000001").text
    assert seller.get("/people?unit=nonsense").status_code == 200


@pytest.mark.parametrize("sought", ["王", "wang", "Wang Fang", "wf", "fang"])
def test_people_are_found_by_name_english_name_and_pinyin(
    seller: httpx2.Client, sought: str
) -> None:
    page = seller.get("/people", params={"q": sought}).text
    assert "Wang Fang" in page.split('id="people"')[1]
    assert "Li Ming" not in page
    assert f'value="{sought}"' in page


def test_the_people_below_a_unit(seller: httpx2.Client, id_of_unit: Id) -> None:
    page = seller.get(f"/people?unit={id_of_unit('EAST')}&below=true").text
    assert "Wang Fang" in page.split('id="people"')[1]
    assert "He Jun" not in page


@pytest.mark.parametrize("typed", ["EAST", "east team", "华东组", "华东", "East t"])
def test_a_unit_is_meant_by_its_code_its_name_or_the_only_one_that_fits(
    seller: httpx2.Client, typed: str
) -> None:
    page = seller.get("/people", params={"where": typed}).text
    assert "Li Ming" in page.split('id="people"')[1]
    assert "He Jun" not in page
    assert f'value="{typed}"' in page


def test_where_several_units_fit_one_is_chosen_from_links(
    seller: httpx2.Client, id_of_unit: Id
) -> None:
    page = seller.get("/people", params={"where": "s", "q": "li"}).text
    assert "Several units fit." in page
    assert 'id="people"' not in page
    link = f"/people?q=li&amp;unit={id_of_unit('EAST')}"
    assert link in page
    chosen = seller.get(link.replace("&amp;", "&")).text
    assert "Li Ming" in chosen
    assert 'value="East team"' in chosen


def test_what_no_unit_is_called_finds_nobody(seller: httpx2.Client) -> None:
    page = seller.get("/people", params={"where": "zzz"}).text
    assert "No unit is called so." in page
    assert "Li Ming" not in page


def test_what_was_typed_last_counts_and_an_emptied_field_is_every_unit(
    seller: httpx2.Client, id_of_unit: Id
) -> None:
    east = {"unit": id_of_unit("EAST")}
    assert "He Jun" not in seller.get("/people", params=east | {"where": "East team"}).text
    assert "He Jun" in seller.get("/people", params=east | {"where": "OPS"}).text
    assert "Wang Fang" in seller.get("/people", params=east | {"where": ""}).text


def test_a_long_list_goes_on_page_by_page_without_scripts(
    seller: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_A_TIME", 3)
    found, address = [], "/people"
    while address:
        page = seller.get(address).text
        names = page.split('id="people"')[1].split("</ul>")[0]
        found.append(names.count("reports to") + names.count("总经理"))
        address = ""
        if "Show more" in page:
            address = page.split('class="more"><a')[1].split('href="')[1].split('"')[0]
            address = address.replace("&amp;", "&")
    assert found == [3, 3, 1]
    assert "Back to the beginning of the list" in page


def test_the_list_is_exported(seller: httpx2.Client, id_of_unit: Id) -> None:
    answer = seller.get(f"/people.csv?unit={id_of_unit('EAST')}")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    li = next(row for row in rows if row["English name"] == "Li Ming")
    assert li["Name"] == "李明"
    assert li["Units"] == "East team"
    assert li["Line manager"] == "Zhou Qiang"
    assert li["Roles"] == "Auditor"
    assert {row["English name"] for row in rows} == {"Zhou Qiang", "Li Ming"}
    assert seller.get("/people.xlsx").content.startswith(b"PK")


def test_before_anybody_was_known_nobody_is_listed(seller: httpx2.Client) -> None:
    assert "Nobody fits." in seller.get("/people?as_of=2020-01-01").text
