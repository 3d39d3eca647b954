"""Seeing and ending one's own sessions."""

from typing import Any

from starlette.testclient import TestClient

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) MicroMessenger/9.0"


def test_one_sees_where_one_is_signed_in(visitor: TestClient, toy: Any, town: Any) -> None:
    here = visitor.cookies["cairn_session"]
    visitor.cookies.clear()
    visitor.post("/sign-in", data={"person": town.WANG}, headers={"User-Agent": PHONE})
    page = visitor.get("/sessions").text
    assert "WeChat · iPhone" in page
    assert page.count("this one") == 1
    assert page.count('action="/sessions/') == 2  # the other one, and everywhere
    visitor.cookies.clear()
    visitor.cookies.set("cairn_session", here)
    assert "WeChat · iPhone" in visitor.get("/sessions").text


def test_one_ends_another_session_and_stays(visitor: TestClient, town: Any) -> None:
    first = visitor.cookies["cairn_session"]
    visitor.cookies.clear()
    visitor.post("/sign-in", data={"person": town.WANG})
    answer = visitor.post("/sessions/00000000-0000-0000-0000-000000000001/end")
    assert answer.url.path == "/sessions"
    visitor.cookies.clear()
    visitor.cookies.set("cairn_session", first)
    assert visitor.get("/", follow_redirects=False).status_code == 303


def test_signing_out_everywhere_leaves_no_session(visitor: TestClient, toy: Any, town: Any) -> None:
    first = visitor.cookies["cairn_session"]
    visitor.cookies.clear()
    visitor.post("/sign-in", data={"person": town.WANG})
    answer = visitor.post("/sessions/end-all", follow_redirects=False)
    assert answer.headers["Location"] == "/sign-in"
    visitor.cookies.clear()
    visitor.cookies.set("cairn_session", first)
    assert visitor.get("/", follow_redirects=False).status_code == 303
    assert [outcome for _, outcome, _ in toy.sign_ins.lines][-1] == "ended_elsewhere"


def test_whoever_signs_in_another_way_has_no_password_to_change(visitor: TestClient) -> None:
    assert "You have no password here" in visitor.get("/password").text
    form = {"present": "x", "new": "stone by the old river", "again": "stone by the old river"}
    assert "You have no password here" in visitor.post("/password", data=form).text
