"""Checking in by the form."""

from typing import Any

from starlette.testclient import TestClient


def test_a_check_in_is_commanded_and_the_page_shows_it(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    data = {
        "key": "k1", "value": "1,012", "confidence": "8", "observed_on": "2026-09-18",
        "progress": "签了三家", "obstacles": "", "support_needed": "", "reported_status": "",
    }  # fmt: skip
    answer = visitor.post(
        f"/key-results/{town.CUSTOMERS}/check-in", data=data, follow_redirects=False
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/key-results/{town.CUSTOMERS}?done=check-in"
    path, body, headers = toy.commands[-1]
    assert path == "/commands/check-in"
    assert body == {
        "check_ins": [
            {
                "key_result_id": town.CUSTOMERS,
                "value": "1012",
                "confidence": 8,
                "observed_on": "2026-09-18",
                "progress": "签了三家",
            }
        ]
    }
    assert headers["idempotency-key"] == "k1"
    assert headers["authorization"] == f"Bearer metrics:{town.WANG}"
    shown = visitor.get(answer.headers["Location"])
    assert "Your check-in is recorded." in shown.text
    assert toy.asked[-1].headers.get("accept-language") == "en"
    assert {r.headers.get("cairn-seen") for r in toy.asked[-3:]} == {"measurements@42"}


def test_what_is_no_number_is_said_at_the_field_and_what_was_typed_stays(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    data = {"value": "abc", "progress": "half a <b>thought</b>", "confidence": "3"}
    answer = visitor.post(f"/key-results/{town.CUSTOMERS}/check-in", data=data)
    assert answer.status_code == 422
    assert toy.commands == []
    assert 'value="abc"' in answer.text
    assert 'aria-describedby="value-error"' in answer.text
    assert "Please enter a number" in answer.text
    assert "half a &lt;b&gt;thought&lt;/b&gt;" in answer.text


def test_a_refusal_of_the_service_is_said_in_its_own_words(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    sentence = "The day lies ahead by 100%. <Enter> a day that has come."
    toy.refusal = (422, {"detail": sentence, "field": "check_ins[0].observed_on"})
    data = {"value": "5", "observed_on": "2026-12-01"}
    answer = visitor.post(f"/key-results/{town.CUSTOMERS}/check-in", data=data)
    assert answer.status_code == 422
    assert "The day lies ahead by 100%. &lt;Enter&gt; a day that has come." in answer.text
    assert 'id="observed_on-error"' in answer.text


def test_milestones_are_ticked(visitor: TestClient, toy: Any, town: Any) -> None:
    page = visitor.get(f"/key-results/{town.MILESTONES}/check-in").text
    assert 'value="方案定稿" checked' in page
    done = {"milestones_done": ["方案定稿", "试点上线"]}
    visitor.post(f"/key-results/{town.MILESTONES}/check-in", data=done)
    assert toy.commands[-1][1]["check_ins"][0]["milestones_done"] == ["方案定稿", "试点上线"]


def test_a_level_is_chosen_and_a_yes_is_said(visitor: TestClient, toy: Any, town: Any) -> None:
    visitor.post(f"/key-results/{town.RUBRIC}/check-in", data={"level": "熟练"})
    assert toy.commands[-1][1]["check_ins"][0]["level"] == "熟练"
    visitor.post(f"/key-results/{town.REACHED}/check-in", data={"value": "1"})
    assert toy.commands[-1][1]["check_ins"][0]["value"] == "1"


def test_nothing_can_be_changed_while_looking_at_the_past(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    address = f"/key-results/{town.CUSTOMERS}/check-in?as_of=2026-08-14"
    assert visitor.get(address).status_code == 409
    assert visitor.post(address, data={"value": "1"}).status_code == 409
    assert toy.commands == []
