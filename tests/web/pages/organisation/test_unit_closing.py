"""Closing a unit."""

from collections.abc import Callable

import httpx2

Id = Callable[[str], str]


def test_a_unit_with_people_is_not_closed_and_the_form_says_why(
    hr: httpx2.Client, id_of_unit: Id
) -> None:
    address = f"/units/{id_of_unit('SHOP')}"
    assert f'href="{address}/close"' in hr.get(address).text
    assert "1 person · 0 sub-units" in hr.get(f"{address}/close").text
    answer = hr.post(f"{address}/close", data={"key": "c1", "last_day": "2026-09-10"})
    assert answer.status_code == 422
    assert "Move them first." in answer.text
    assert 'value="2026-09-10"' in answer.text


def test_an_empty_unit_is_closed_and_leaves_the_tree(hr: httpx2.Client, id_of_unit: Id) -> None:
    data = {
        "key": "c2", "code": "OLD", "kind": "team", "name_zh": "旧组", "name_en": "Old team",
        "parent_id": id_of_unit("HOME"), "effective_from": "2026-08-01",
    }  # fmt: skip
    address = hr.post("/units/found", data=data).headers["Location"].split("?")[0]
    assert "Old team" in hr.get("/units").text
    answer = hr.post(f"{address}/close", data={"key": "c3", "last_day": "2026-09-10"})
    assert answer.headers["Location"] == f"{address}?done=saved"
    assert "Closed" in hr.get(address).text
    assert "until 10 September 2026" in hr.get(address).text
    assert "Old team" not in hr.get("/units").text


def test_a_missing_day_is_said_at_the_field(hr: httpx2.Client, id_of_unit: Id) -> None:
    answer = hr.post(f"/units/{id_of_unit('SHOP')}/close", data={"key": "c4", "last_day": ""})
    assert answer.status_code == 422
    assert 'id="last_day-error"' in answer.text


def test_a_closed_unit_is_opened_again_with_a_reason(hr: httpx2.Client, id_of_unit: Id) -> None:
    data = {
        "key": "c5", "code": "AGAIN", "kind": "team", "name_zh": "新组", "name_en": "Again",
        "parent_id": id_of_unit("HOME"), "effective_from": "2026-08-01",
    }  # fmt: skip
    address = hr.post("/units/found", data=data).headers["Location"].split("?")[0]
    assert f"{address}/reopen" not in hr.get(address).text
    hr.post(f"{address}/close", data={"key": "c6", "last_day": "2026-09-10"})
    assert f'href="{address}/reopen"' in hr.get(address).text
    assert hr.get(f"{address}/reopen").status_code == 200
    again = {"key": "c7", "effective_from": "2026-09-11", "reason": ""}
    answer = hr.post(f"{address}/reopen", data=again)
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    early = again | {"key": "c8", "reason": "Demand is back.", "effective_from": "2026-09-10"}
    assert "is not closed on" in hr.post(f"{address}/reopen", data=early).text
    done = hr.post(f"{address}/reopen", data=early | {"key": "c9", "effective_from": "2026-09-11"})
    assert done.headers["Location"] == f"{address}?done=saved"
    page = hr.get(address).text
    assert "opened the unit again from 2026-09-11 on." in page
    assert "Why: Demand is back." in page
    assert "Again" in hr.get("/units").text
