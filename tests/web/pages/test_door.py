"""Signing in and out, and the choice of language."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from services.web.pages.app import application
from services.web.pages.door import in_order


def test_without_a_session_every_page_leads_to_the_door_and_back(door: TestClient) -> None:
    answer = door.get("/objectives?show=mine", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=%2Fobjectives%3Fshow%3Dmine"


def test_one_signs_in_as_one_of_the_people(door: TestClient, town: Any) -> None:
    assert "Wang Lei" in door.get("/sign-in").text
    data = {"person": town.WANG, "next": "/objectives"}
    answer = door.post("/sign-in", data=data, follow_redirects=False)
    assert answer.headers["Location"] == "/objectives"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Wang Lei" in door.get("/").text


@pytest.mark.parametrize(
    "away",
    [
        *("https://evil.test/", "//evil.test", "/\\evil.test", "javascript:x"),
        *("/\t/evil.test", "//[evil"),
    ],
)
def test_nobody_is_sent_to_another_site(door: TestClient, town: Any, away: str) -> None:
    data = {"person": town.WANG, "next": away}
    answer = door.post("/sign-in", data=data, follow_redirects=False)
    assert answer.headers["Location"] == "/"


def test_a_stranger_cannot_sign_in(door: TestClient) -> None:
    stranger = {"person": "00000000-0000-0000-0000-000000000001"}
    assert door.post("/sign-in", data=stranger).status_code == 403


def test_signing_out_ends_the_session_on_the_server(visitor: TestClient, town: Any) -> None:
    token = visitor.cookies["cairn_session"]
    visitor.post("/sign-out")
    visitor.cookies.set("cairn_session", token)
    assert visitor.get("/", follow_redirects=False).status_code == 303


def test_without_the_development_login_nobody_signs_in_as_anybody(
    toy: Any, town: Any, make_site: Any
) -> None:
    site = make_site(toy, town.RememberedSessions(), development_login=False)
    with TestClient(application(site), headers={"Sec-Fetch-Site": "same-origin"}) as client:
        assert "王磊" not in client.get("/sign-in").text
        assert client.post("/sign-in", data={"person": town.WANG}).status_code == 404


def test_the_language_is_chosen_and_remembered(visitor: TestClient) -> None:
    assert '<html lang="en">' in visitor.get("/").text
    answer = visitor.post("/language", data={"language": "zh-CN", "back": "/kpis"})
    assert answer.url.path == "/kpis"
    assert '<html lang="zh-CN">' in visitor.get("/").text


def test_cookies_go_over_https_only_where_browsers_come_so(
    toy: Any, town: Any, make_site: Any
) -> None:
    site = make_site(toy, town.RememberedSessions(), secure_cookies=True)
    with TestClient(application(site, https=True), base_url="https://cairn.test") as client:
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = client.post(
            "/sign-in", data={"person": town.WANG}, headers=headers, follow_redirects=False
        )
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_whoever_leaves_loses_the_session_at_once(visitor: TestClient, toy: Any, town: Any) -> None:
    assert visitor.get("/").status_code == 200
    toy.left = {town.WANG}
    assert visitor.get("/", follow_redirects=False).headers["Location"] == "/sign-in"
    assert visitor.post("/sign-in", data={"person": town.WANG}).status_code == 403
    toy.left = set()
    assert visitor.get("/", follow_redirects=False).status_code == 303


def test_whom_one_may_be_begins_with_those_who_look_after_others() -> None:
    people = [
        {"person_id": "a", "name_en": "Ann", "managers": [{"manager_id": "z"}]},
        {"person_id": "h", "name_en": "Hua", "roles": [{"role": "employee"}, {"role": "hr"}]},
        {"person_id": "z", "name_en": "Zoe"},
    ]
    assert [one["person_id"] for one in in_order(people)] == ["h", "z", "a"]
