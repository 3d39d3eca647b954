"""Foreign sites can neither frame our pages nor send our forms."""

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from services.web.pages.protection import HEADERS, comes_from_here


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://cairn.test", "host": "cairn.test"}, True),
        ({"origin": "http://evil.test", "host": "cairn.test"}, False),
        ({"origin": "null", "host": "cairn.test"}, False),
        ({"host": "cairn.test"}, False),
        (
            {"sec-fetch-site": "cross-site", "origin": "http://cairn.test", "host": "cairn.test"},
            False,
        ),
    ],
)
def test_who_may_send_a_form(headers: dict[str, str], ours: bool) -> None:
    assert comes_from_here(Headers(headers)) is ours


def test_a_form_of_another_site_is_refused(visitor: TestClient) -> None:
    answer = visitor.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/health/live"])
def test_every_answer_carries_the_headers(visitor: TestClient, path: str) -> None:
    headers = visitor.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == "no-store"


def test_the_policy_allows_no_inline_style_or_script() -> None:
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_pages_hold_no_inline_style_script_or_handler(visitor: TestClient, town: object) -> None:
    page = visitor.get(f"/key-results/{town.CUSTOMERS}").text  # type: ignore[attr-defined]
    scripts = page.count("<script") - page.count("<script defer src=")
    assert scripts == page.count('<script type="application/json"')
    assert " style=" not in page
    assert " onclick=" not in page
