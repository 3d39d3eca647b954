"""The page one starts from."""

from typing import Any

from starlette.testclient import TestClient


def test_home_shows_what_is_due_and_my_objectives(visitor: TestClient, toy: Any, town: Any) -> None:
    page = visitor.get("/").text
    assert "Hello, Wang Lei" in page
    assert "2 check-ins" in page
    assert "Overdue since 21 Sep" in page
    assert f'href="/key-results/{town.CUSTOMERS}/check-in"' in page
    asked = [r for r in toy.asked if r.url.path == "/key-results"][-1]
    assert dict(asked.query_params) == {"responsible": town.WANG, "due": "true"}


def test_a_past_home_offers_no_check_in(visitor: TestClient) -> None:
    assert "/check-in" not in visitor.get("/?as_of=2026-08-14").text
