"""The security log on a page: all refusals and all tries to sign in, the newest first."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

NOON = "2026-09-18T04:00:00+00:00"


def refusal(**more: Any) -> dict[str, Any]:
    """One entry as a service answers it."""
    return {
        "number": 7,
        "at": NOON,
        "identity": "web",
        "person": None,
        "method": "GET",
        "route": "/appraisals/{appraisal_id}",
        "status": 403,
        "code": "NotAllowed",
        "field": None,
        "rule": "appraisal-7",
        "correlation": None,
        "address": "203.0.113.0/24",
        "times": 3,
        **more,
    }


def test_a_refusal_says_when_who_where_and_why(visitor: TestClient, toy: Any, town: Any) -> None:
    toy.refusals = [refusal(person=town.ZHAO)]
    page = visitor.get("/security").text
    for said in ("Zhao Min", "GET /appraisals/{appraisal_id}", "Not allowed", "× 3"):
        assert said in page
    assert "appraisal-7" in page
    assert "203.0.113.0/24" in page


def test_the_services_are_asked_in_the_readers_own_name(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    visitor.get("/security")
    asked = [one for one in toy.asked if one.url.path == "/security-log"]
    tokens = {one.headers["authorization"] for one in asked}
    assert tokens == {f"Bearer goals:{town.WANG}", f"Bearer metrics:{town.WANG}"}


def test_tries_to_sign_in_stand_among_them_in_order(visitor: TestClient, toy: Any) -> None:
    toy.refusals = [refusal(at="2026-09-18T05:00:00+00:00"), refusal(at="2026-09-18T03:00:00Z")]
    page = visitor.get("/security").text
    signed_in = page.index("Signed in")
    assert page.index("13:00") < signed_in < page.index("11:00")


def test_who_may_not_look_sees_neither_refusals_nor_tries(visitor: TestClient, toy: Any) -> None:
    toy.forbidden = {"/security-log": "The security log is open to auditors only. Ask one."}
    answer = visitor.get("/security")
    assert answer.status_code == 403
    assert "open to auditors only" in answer.text
    assert "Signed in" not in answer.text


def test_a_service_that_is_silent_is_named(visitor: TestClient, toy: Any) -> None:
    toy.refusals = [refusal()]
    toy.silent = {"metrics"}
    page = visitor.get("/security").text
    assert "their entries are missing here: metrics" in page
    assert page.count("appraisal-7") == 1


def test_nothing_is_said_when_all_are_silent(visitor: TestClient, toy: Any) -> None:
    toy.silent = {"goals", "metrics"}
    assert visitor.get("/security").status_code == 503


def test_one_person_or_one_reason_is_followed(visitor: TestClient, toy: Any, town: Any) -> None:
    toy.refusals = [refusal(person=town.ZHAO)]
    page = visitor.get("/security").text
    assert f'href="/security?person={town.ZHAO}"' in page
    assert 'href="/security?code=NotAllowed"' in page
    narrowed = visitor.get("/security", params={"code": "NotAllowed"}).text
    assert "Signed in" not in narrowed
    assert "Show everything" in narrowed
    asked = [one for one in toy.asked if one.url.path == "/security-log"]
    assert asked[-1].query_params["code"] == "NotAllowed"


def test_older_entries_are_a_page_away(visitor: TestClient, toy: Any) -> None:
    assert "Older entries" not in visitor.get("/security").text
    toy.refusals = [refusal(at=f"2026-09-17T{hour:02}:00:00+00:00") for hour in range(24)]
    toy.refusals *= 2  # and as many again from the second service: four of each hour
    page = visitor.get("/security").text
    older = page.split('href="/security?until=')[1].split('"')[0]
    until = datetime.fromisoformat(unquote(older))
    assert until == datetime(2026, 9, 17, 11, tzinfo=UTC)
    assert page.count(f'datetime="{until.isoformat()}"') == 4, "none is lost between two pages"
    visitor.get("/security", params={"until": until.isoformat()})
    asked = [one for one in toy.asked if one.url.path == "/security-log"]
    assert asked[-1].query_params["until"] == until.isoformat()


@pytest.mark.parametrize(
    "query", ["until=yesterday", "until=2026-09-18T04:00", "person=x", "code=<"]
)
def test_a_question_that_cannot_be_understood_has_a_page(visitor: TestClient, query: str) -> None:
    assert visitor.get(f"/security?{query}").status_code == 404
