"""The list of a unit's objectives, and the page of one."""

from typing import Any

import pytest
from starlette.testclient import TestClient


def test_the_list_shows_progress_expectation_and_status_in_words(visitor: TestClient) -> None:
    page = visitor.get("/objectives").text
    assert "Objectives of East team" in page
    assert 'aria-label="71%, expected 82%"' in page
    assert "Behind" in page
    assert "original 66%" in page


@pytest.mark.parametrize(
    ("show", "count"), [("all", 1), ("mine", 1), ("overdue", 1), ("stale", 1), ("nonsense", 1)]
)
def test_the_views_of_the_list(visitor: TestClient, show: str, count: int) -> None:
    assert visitor.get(f"/objectives?show={show}").text.count("<article") == count


def test_another_unit_and_cycle_are_asked_for(visitor: TestClient, toy: Any, town: Any) -> None:
    visitor.get(f"/objectives?unit={town.SALES}&cycle={town.CYCLE}")
    asked = [r for r in toy.asked if r.url.path == "/objectives"][-1]
    assert dict(asked.query_params) == {"unit": town.SALES, "cycle": town.CYCLE}


def test_the_objective_shows_both_figures_and_the_difference(
    visitor: TestClient, town: Any
) -> None:
    page = visitor.get(f"/objectives/{town.OBJECTIVE}").text
    assert "Revisions make a difference of 5 points" in page
    assert "老客户转介绍" in page
    assert "Dropped" in page
