"""Foreign sites can neither frame our pages nor send our forms."""

from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from services.web.pages.app import application
from services.web.pages.protection import HEADERS, comes_from_here
from shared.http.bounds import Limits


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
        ({"origin": "http://[", "host": "cairn.test"}, False),
        ({"origin": "", "host": ""}, False),
        ({"origin": "http://cairn.test.evil.test", "host": "cairn.test"}, False),
        ({"origin": "http://cairn.test@evil.test", "host": "cairn.test"}, False),
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


def test_a_form_whose_origin_is_no_address_is_refused(visitor: TestClient) -> None:
    del visitor.headers["Sec-Fetch-Site"]
    assert visitor.post("/sign-out", headers={"Origin": "http://["}).status_code == 403


def test_whoever_tries_to_sign_in_too_often_is_told_to_wait(
    toy: Any, town: Any, make_site: Any
) -> None:
    app = application(
        make_site(toy, town.RememberedSessions()), limits=Limits(strangers_a_minute=2)
    )
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "zh-CN"}
    with TestClient(app, headers=headers) as client:
        tries = [client.post("/sign-in", data={"person": town.WANG}) for _ in range(3)]
        assert [one.status_code for one in tries] == [200, 200, 429]
        assert int(tries[2].headers["Retry-After"]) <= 60
        assert "请求过于频繁" in tries[2].text
        assert client.get("/sign-in").status_code == 200


def test_whoever_sets_out_to_a_company_too_often_is_told_to_wait(
    toy: Any, town: Any, make_site: Any
) -> None:
    app = application(
        make_site(toy, town.RememberedSessions()), limits=Limits(strangers_a_minute=2)
    )
    with TestClient(app) as client:
        tries = [client.get("/sign-in/with/nobody") for _ in range(3)]
        assert [one.status_code for one in tries] == [404, 404, 429]


def test_a_form_larger_than_any_of_ours_is_refused(visitor: TestClient) -> None:
    answer = visitor.post("/language", data={"language": "x" * (1 << 20)})
    assert answer.status_code == 413
    assert "This is larger than the 1048576 bytes" in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_host_that_is_no_name_is_refused(visitor: TestClient) -> None:
    assert visitor.get("/", headers={"Host": "["}).status_code == 400


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


def test_over_https_cookies_are_bound_to_this_very_host(
    toy: Any, town: Any, make_site: Any
) -> None:
    site = make_site(toy, town.RememberedSessions(), secure_cookies=True)
    same = {"Sec-Fetch-Site": "same-origin"}
    with TestClient(application(site, https=True), base_url="https://cairn.test") as client:
        client.headers.update(same)
        answer = client.post("/sign-in", data={"person": town.WANG}, follow_redirects=False)
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-cairn_session=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
        assert client.get("/sessions").status_code == 200
        ended = client.post("/sign-out", follow_redirects=False).headers["Set-Cookie"]
        assert ended.startswith('__Host-cairn_session=""')
        assert "Secure" in ended
        assert client.get("/sessions", follow_redirects=False).status_code == 303


def test_over_https_a_cookie_that_another_host_may_have_set_is_not_heard(
    toy: Any, town: Any, make_site: Any
) -> None:
    site = make_site(toy, town.RememberedSessions(), secure_cookies=True)
    with TestClient(application(site, https=True), base_url="https://cairn.test") as client:
        headers = {"Sec-Fetch-Site": "same-origin"}
        client.post("/sign-in", data={"person": town.WANG}, headers=headers)
        token = client.cookies["__Host-cairn_session"]
        client.cookies.clear()
        for name, status in (("cairn_session", 303), ("__Host-cairn_session", 200)):
            sent = {"Cookie": f"x=1; {name}={token}; cairn=2"}
            answer = client.get("/sessions", headers=sent, follow_redirects=False)
            assert answer.status_code == status
