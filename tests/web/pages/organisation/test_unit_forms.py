"""Founding units; renaming, moving and staffing them."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

Id = Callable[[str], str]


def typed(**more: Any) -> dict[str, Any]:
    return {
        "key": "k1", "code": "NEW", "kind": "team", "name_zh": "新组", "name_en": "New team",
        "parent_id": "", "effective_from": "2026-09-01", **more,
    }  # fmt: skip


def test_a_unit_is_founded_once_however_often_the_form_is_sent(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    page = hr.get(f"/units/found?below={id_of_unit('OPS')}").text
    assert f'value="{id_of_unit("OPS")}" checked' in page
    data = typed(parent_id=id_of_unit("OPS"), head_id=id_of_person("E023"))
    answers = [hr.post("/units/found", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    shown = hr.get(answers[0].headers["Location"]).text
    assert "The unit stands as you described it." in shown
    assert "<h1>New team</h1>" in shown
    assert "He Jun" in shown
    assert hr.get(f"/units/{id_of_unit('OPS')}").text.count("New team</a>") == 1


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(
    hr: httpx2.Client, id_of_person: Id
) -> None:
    data = typed(name_en="", head_id=id_of_person("E020"))
    answer = hr.post("/units/found", data=data)
    assert answer.status_code == 422
    assert 'aria-describedby="name_en-error"' in answer.text
    assert 'value="新组"' in answer.text
    assert f'value="{id_of_person("E020")}" checked' in answer.text


def test_a_unit_is_renamed_and_staffed(hr: httpx2.Client, id_of_unit: Id, id_of_person: Id) -> None:
    address = f"/units/{id_of_unit('SHOP')}"
    page = hr.get(f"{address}/change").text
    assert 'value="Xuhui store"' in page
    assert f'value="{id_of_unit("EAST")}" checked' in page
    data = typed(
        key="k2", name_zh="徐汇旗舰店", name_en="Xuhui flagship", parent_id=id_of_unit("EAST"),
        head_id=id_of_person("E022"),
    )  # fmt: skip
    answer = hr.post(f"{address}/change", data=data)
    assert answer.status_code == 303
    page = hr.get(address).text
    assert "<h1>Xuhui flagship</h1>" in page
    assert "SHOP" in page
    assert page.index("Who leads") < page.index("Wang Fang", page.index("Who leads"))


def test_a_unit_cannot_be_moved_below_itself(hr: httpx2.Client, id_of_unit: Id) -> None:
    address = f"/units/{id_of_unit('SALES')}/change"
    page = hr.get(address).text
    assert f'name="parent_id" value="{id_of_unit("HOME")}"' in page
    assert f'name="parent_id" value="{id_of_unit("EAST")}"' not in page
    data = typed(
        key="k3", name_zh="销售部", name_en="Sales", parent_id=id_of_unit("EAST"),
        code="ignored", kind="ignored",
    )  # fmt: skip
    answer = hr.post(address, data=data)
    assert answer.status_code == 422
    assert 'id="parent_id-error"' in answer.text
    assert "Choose a parent outside its own branch." in answer.text


def test_searching_shows_the_form_again_and_records_nothing(hr: httpx2.Client) -> None:
    data = typed(key="k4", head_id_sought="li ming", head_id_answered="")
    answer = hr.post("/units/found", data=data)
    assert answer.status_code == 200
    assert "Li Ming" in answer.text
    assert 'value="New team"' in answer.text
    assert "k4" in answer.text


def test_nothing_is_changed_while_looking_at_the_past(hr: httpx2.Client, id_of_unit: Id) -> None:
    address = f"/units/{id_of_unit('EAST')}/change?as_of=2026-08-01"
    assert hr.get(address).status_code == 409
    assert hr.post(address, data=typed()).status_code == 409


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_unit_is_not_found(hr: httpx2.Client, method: str) -> None:
    address = "/units/00000000-0000-0000-0000-000000000001/change"
    answer = hr.get(address) if method == "get" else hr.post(address, data=typed())
    assert answer.status_code == 404


def test_a_unit_is_left_without_a_head(hr: httpx2.Client, id_of_unit: Id, id_of_person: Id) -> None:
    data = typed(key="v1", code="LED", parent_id=id_of_unit("OPS"), head_id=id_of_person("E023"))
    address = hr.post("/units/found", data=data).headers["Location"].split("?")[0]
    form = hr.get(f"{address}/change").text
    assert 'name="head_id" value=""' in form
    data = typed(key="v2", parent_id=id_of_unit("OPS"), head_id="")
    assert hr.post(f"{address}/change", data=data).status_code == 303
    page = hr.get(address).text
    assert "left the unit without a head from 2026-09-01 on." in page
    assert page.count("<dd>nobody</dd>") == 2
