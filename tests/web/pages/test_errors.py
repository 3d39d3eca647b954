"""Pages for troubles."""

from typing import Any

from starlette.testclient import TestClient

from services.web.pages.app import application
from services.web.pages.protection import HEADERS


def test_an_unknown_address_is_answered_kindly(visitor: TestClient) -> None:
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_what_the_service_does_not_know_is_not_found(visitor: TestClient) -> None:
    assert visitor.get("/objectives/00000000-0000-0000-0000-000000000009").status_code == 404


def test_an_id_that_is_none_is_not_found(visitor: TestClient) -> None:
    assert visitor.get("/objectives/not-an-id").status_code == 404


def test_a_neighbour_that_does_not_answer_has_a_page(visitor: TestClient, toy: Any) -> None:
    toy.silent = {"goals"}
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "A part of Cairn does not answer" in answer.text


def test_what_is_not_allowed_is_said_so(visitor: TestClient, toy: Any, town: Any) -> None:
    toy.refusal = (403, {"detail": "You may not do this: not your key result."})
    answer = visitor.post(f"/key-results/{town.CUSTOMERS}/check-in", data={"value": "1"})
    assert answer.status_code == 403
    assert "You may not do this: not your key result." in answer.text


def test_a_defect_has_a_page_with_all_headers_and_tells_nothing(
    toy: Any, town: Any, make_site: Any
) -> None:
    async def broken() -> None:
        raise RuntimeError("a secret")

    app = application(make_site(toy, town.RememberedSessions()))
    app.add_api_route("/broken", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert "a secret" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_appraisal_does_not_wait_for_goals(visitor: TestClient, toy: Any, town: Any) -> None:
    toy.silent = {"goals", "metrics"}
    assert visitor.get(f"/appraisals/{town.APPRAISAL}").status_code == 200
