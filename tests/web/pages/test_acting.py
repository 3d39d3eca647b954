"""Acting for somebody else: chosen, shown on every page, ended, over once it does not hold."""

from typing import Any

import pytest
from starlette.testclient import TestClient

DELEGATION = "00000000-0000-0000-0000-0000000000d1"


@pytest.fixture
def given(toy: Any, town: Any) -> Any:
    """Chen lets Wang act for him, for objectives alone."""
    toy.stands_in_for = [
        {
            "delegation_id": DELEGATION,
            "giver_id": town.CHEN,
            "scope": ["goals"],
            "unit_id": None,
            "last": "2026-09-30",
        }
    ]
    return toy


def act(visitor: TestClient, delegation: str = DELEGATION) -> Any:
    return visitor.post("/acting", data={"delegation": delegation}, follow_redirects=False)


def tokens(toy: Any) -> set[str]:
    return {one.headers["authorization"].removeprefix("Bearer ") for one in toy.asked}


def test_the_switch_is_there_for_whoever_was_let(
    visitor: TestClient, given: Any, town: Any
) -> None:
    assert 'href="/acting"' in visitor.get("/").text
    page = visitor.get("/acting").text
    assert "Act for Chen" in page
    assert "Objectives" in page
    given.stands_in_for = []
    assert 'href="/acting"' not in visitor.get("/").text


def test_while_acting_every_question_says_for_whom_and_a_banner_stands_there(
    visitor: TestClient, given: Any, town: Any
) -> None:
    assert act(visitor).headers["location"] == "/"
    given.asked.clear()
    page = visitor.get("/objectives").text
    assert "You act for Chen" in page
    assert "only where this was delegated: Objectives" in page
    assert f"goals:{town.WANG}:{town.CHEN}:{DELEGATION}" in tokens(given)


def test_home_shows_the_work_of_the_one_for_whom_one_acts(
    visitor: TestClient, given: Any, town: Any
) -> None:
    act(visitor)
    given.asked.clear()
    visitor.get("/")
    asked = [one for one in given.asked if one.query_params.get("responsible")]
    assert {one.query_params["responsible"] for one in asked} == {town.CHEN}


def test_one_stops_where_one_is_and_acts_in_one_s_own_name_again(
    visitor: TestClient, given: Any, town: Any
) -> None:
    act(visitor)
    page = visitor.get("/objectives").text
    assert 'name="back" value="/objectives"' in page
    answer = visitor.post("/acting/end", data={"back": "/objectives"}, follow_redirects=False)
    assert answer.headers["location"] == "/objectives"
    given.asked.clear()
    assert "You act for" not in visitor.get("/objectives").text
    assert f"goals:{town.WANG}" in tokens(given)


def test_what_one_was_not_let_is_not_begun(visitor: TestClient, given: Any) -> None:
    answer = act(visitor, DELEGATION.replace("d1", "d2"))
    assert answer.status_code == 409
    assert "does not hold any more" in answer.text
    assert "You act for" not in visitor.get("/objectives").text


def test_when_it_holds_no_more_nothing_is_done_and_acting_ends(
    visitor: TestClient, given: Any, town: Any
) -> None:
    """Above all, nothing is done in the wrong name."""
    act(visitor)
    given.stands_in_for = []
    form = {"value": "5", "confidence": "7"}
    answer = visitor.post(
        f"/key-results/{town.RESPONSE}/check-in", data=form, follow_redirects=False
    )
    assert answer.headers["location"] == "/acting?ended=true"
    assert given.commands == []
    assert "nothing was done" in visitor.get("/acting?ended=true").text
    assert "You act for" not in visitor.get("/objectives").text


def test_sessions_and_tokens_stay_one_s_own(visitor: TestClient, given: Any, town: Any) -> None:
    act(visitor)
    page = visitor.get("/sessions")
    assert page.status_code == 200
    assert "this one" in page.text
