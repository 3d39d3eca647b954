"""Registering people; changing names, posts and managers."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from services.web.pages.organisation.person_forms import NOT_A_SHARE, posts_of
from services.web.pages.typing_in import PLEASE_FILL_IN, Filled

Id = Callable[[str], str]


def typed(**more: Any) -> dict[str, Any]:
    return {
        "key": "p1", "name": "钱进", "name_en": "Qian Jin", "locale": "zh-CN",
        "effective_from": "2026-09-01", **more,
    }  # fmt: skip


def test_a_person_is_registered_with_two_posts_and_a_manager(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    data = typed(
        unit_id_0=id_of_unit("EAST"), title_0="客户经理", share_0="60",
        unit_id_1=id_of_unit("OPS"), title_1="讲师", share_1="40%",
        manager_line=id_of_person("E020"), manager_project=id_of_person("E023"),
    )  # fmt: skip
    answer = hr.post("/people/register", data=data)
    assert answer.status_code == 303
    page = hr.get(answer.headers["Location"]).text
    assert "<h1>Qian Jin</h1>" in page
    assert "60% of full time" in page
    assert "40% of full time" in page
    assert "Zhou Qiang" in page
    assert "Project manager" in page


def test_changing_shows_what_stands_and_keeps_the_roles(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E021')}"
    page = hr.get(f"{address}/change").text
    assert 'value="大客户经理"' in page
    assert f'value="{id_of_unit("EAST")}" checked' in page
    assert f'value="{id_of_person("E020")}" checked' in page
    data = typed(
        key="p2", name="李明", name_en="Li Ming", unit_id_0=id_of_unit("SALES"),
        title_0="销售总监助理", share_0="100", manager_line=id_of_person("E010"),
    )  # fmt: skip
    assert hr.post(f"{address}/change", data=data).status_code == 303
    page = hr.get(address).text
    posts = page.split('id="posts"')[1].split("</section>")[0]
    assert "销售总监助理" in posts
    assert "大客户经理" not in posts
    assert "Chen Xiao" in page
    assert "Auditor" in page
    assert "until 31 December 2099" in page


def test_a_manager_who_is_taken_out_ends_with_the_day_before(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E023')}"
    assert "Lin Yuan" in hr.get(address).text
    data = typed(
        key="p4", name="何军", name_en="He Jun", unit_id_0=id_of_unit("OPS"), title_0="系统专员",
        share_0="100", manager_line="",
    )  # fmt: skip
    assert hr.post(f"{address}/change", data=data).status_code == 303
    assert "Reports to nobody." in hr.get(address).text


def test_a_refusal_stands_at_the_row_it_is_about(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    data = typed(
        key="p3", unit_id_0=id_of_unit("EAST"), title_0="a", share_0="50",
        unit_id_2="00000000-0000-0000-0000-000000000001", title_2="b", share_2="50",
    )  # fmt: skip
    answer = hr.post(f"/people/{id_of_person('E022')}/change", data=data)
    assert answer.status_code == 422
    assert 'id="unit_id_2-error"' in answer.text
    assert "Register the unit first" in answer.text
    assert 'value="b"' in answer.text


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ({"unit_id_0": "", "title_0": ""}, {}),
        ({"unit_id_0": "u", "title_0": ""}, {"title_0": PLEASE_FILL_IN}),
        ({"unit_id_0": "", "title_0": "t"}, {"unit_id_0": PLEASE_FILL_IN}),
        ({"unit_id_0": "u", "title_0": "t", "share_0": "0"}, {"share_0": NOT_A_SHARE}),
        ({"unit_id_0": "u", "title_0": "t", "share_0": "half"}, {"share_0": NOT_A_SHARE}),
        ({"unit_id_0": "u", "title_0": "t", "share_0": "12.5"}, {}),
    ],
)
def test_which_rows_are_posts(row: dict[str, str], errors: dict[str, str]) -> None:
    form = Filled(row)
    posts_of(form)
    assert form.errors == errors


def test_a_share_is_sent_in_basis_points() -> None:
    form = Filled({"unit_id_3": "u", "title_3": "t", "share_3": "12.5"})
    assert posts_of(form) == ([{"unit_id": "u", "title": "t", "share": 1250}], [3])


def test_whoever_may_not_is_told_why(seller: httpx2.Client, hr: httpx2.Client) -> None:
    assert "/people/register" in hr.get("/people").text
    assert "/people/register" not in seller.get("/people").text
