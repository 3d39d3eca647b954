"""The tree of units, and the page of one."""

import csv
from collections.abc import Callable
from io import StringIO

import httpx2

Id = Callable[[str], str]


def test_the_tree_is_open_at_the_top_and_fetched_below(hr: httpx2.Client, id_of_unit: Id) -> None:
    page = hr.get("/units").text
    assert page.index("Farhill") < page.index("Operations") < page.index("Sales")
    assert "East team" not in page
    assert f'hx-get="/units/{id_of_unit("SALES")}/branch"' in page
    assert f'hx-get="/units/{id_of_unit("OPS")}/branch"' not in page


def test_each_unit_says_how_many_work_in_it_and_below(hr: httpx2.Client) -> None:
    page = hr.get("/units").text
    assert "Company · 7 people · 2 sub-units" in page
    assert "Department · 4 people · 1 sub-unit" in page
    assert "Department · 1 person<" in page


def test_a_branch_is_a_piece_of_the_tree(hr: httpx2.Client, id_of_unit: Id) -> None:
    address = f"/units/{id_of_unit('EAST')}/branch"
    piece = hr.get(address, headers={"HX-Request": "true"}).text
    assert "Xuhui store" in piece
    assert "<html" not in piece


def test_without_scripts_a_branch_leads_to_the_unit(hr: httpx2.Client, id_of_unit: Id) -> None:
    answer = hr.get(f"/units/{id_of_unit('EAST')}/branch?as_of=2026-07-02")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"/units/{id_of_unit('EAST')}")


def test_a_unit_shows_its_way_down_its_people_and_who_leads(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    page = hr.get(f"/units/{id_of_unit('EAST')}").text
    assert page.index("Farhill</a>") < page.index("Sales</a>") < page.index("<h1>East team</h1>")
    assert "Li Ming" in page
    assert "大客户经理" in page
    assert f'href="/people/{id_of_person("E020")}"' in page
    assert f'href="/objectives?unit={id_of_unit("EAST")}"' in page
    assert "Wang Fang" not in page


def test_chinese_readers_see_chinese_names(browser_of: Callable[..., httpx2.Client]) -> None:
    page = browser_of("E002", "zh-CN").get("/units").text
    assert "销售部" in page
    assert "赵敏" in page


def test_forms_are_offered_only_to_those_who_look_after_the_branch(
    hr: httpx2.Client,
    seller: httpx2.Client,
    browser_of: Callable[..., httpx2.Client],
    id_of_unit: Id,
) -> None:
    address = f"/units/{id_of_unit('EAST')}"
    assert f"{address}/change" in hr.get(address).text
    assert f"{address}/change" not in seller.get(address).text
    scoped = browser_of("E023")
    assert f"{address}/change" in scoped.get(address).text
    assert "/change" not in scoped.get(f"/units/{id_of_unit('OPS')}").text
    assert "/units/found" not in scoped.get("/units").text


def test_before_it_was_known_a_unit_is_not_there(hr: httpx2.Client, id_of_unit: Id) -> None:
    assert hr.get(f"/units/{id_of_unit('EAST')}?as_of=2020-01-01").status_code == 404
    assert "No unit was known by then." in hr.get("/units?as_of=2020-01-01").text


def test_the_list_is_exported_parents_first(hr: httpx2.Client) -> None:
    answer = hr.get("/units.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Code", "Chinese name"]
    assert [row[0] for row in rows[1:]] == ["HOME", "OPS", "SALES", "EAST", "SHOP"]
    assert rows[3] == [
        *("SALES", "销售部", "Sales", "Department", "HOME", "Chen Xiao", "Zhao Min", "yes"),
        *("2026-07-01", ""),
    ]
    assert hr.get("/units.xlsx").content.startswith(b"PK")
    assert hr.get("/units.pdf").status_code == 404


def test_a_unit_tells_what_happened_to_it(
    hr: httpx2.Client, browser_of: Callable[..., httpx2.Client], id_of_unit: Id
) -> None:
    page = hr.get(f"/units/{id_of_unit('EAST')}").text
    told = page[page.index("What happened") :]
    assert "Import appointed Zhou Qiang head from 2026-07-01 on." in told
    assert "Import founded the unit EAST below Sales; it exists from 2026-07-01 on." in told
    assert told.index("appointed Zhou Qiang") < told.index("founded the unit EAST")
    chinese = browser_of("E021", "zh-CN").get(f"/units/{id_of_unit('EAST')}").text
    assert "任命 周强 为负责人，自 2026-07-01 起生效。" in chinese
