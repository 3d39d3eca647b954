"""The page of a key result."""

import json
import re
from typing import Any

from starlette.testclient import TestClient


def chart_of(page: str) -> Any:
    """The chart's data as the browser reads it."""
    found = re.search(r'<script type="application/json" id="course-data">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])["chart"]


def test_both_progress_figures_stand_side_by_side(visitor: TestClient, town: Any) -> None:
    page = visitor.get(f"/key-results/{town.CUSTOMERS}").text
    assert "Against the current target" in page
    assert "Against the original target" in page
    assert ">87%<" in page
    assert ">80%<" in page


def test_the_chart_holds_the_original_target_and_every_revision(
    visitor: TestClient, town: Any
) -> None:
    chart = chart_of(visitor.get(f"/key-results/{town.CUSTOMERS}").text)
    assert chart["original"] == [["2026-07-01", 1200.0], ["2026-09-30", 1200.0]]
    assert [(s["on"], s["value"]) for s in chart["targets"]] == [
        ("2026-07-01", 1200.0),
        ("2026-07-31", 1000.0),
        ("2026-08-30", 1100.0),
    ]
    assert chart["targets"][1]["who"] == "Wang Lei"
    assert chart["targets"][1]["why"].startswith("华东两家渠道商")


def test_the_table_twin_says_who_when_and_why(visitor: TestClient, town: Any) -> None:
    page = visitor.get(f"/key-results/{town.CUSTOMERS}").text
    assert "1,000 家" in page
    assert "31 Jul 2026, 11:10" in page
    assert "approved by Chen Xiao" in page
    assert "线上活动转化好于预期" in page
    assert page.count('<th scope="row" class="fig">') >= 3 + 12


def test_the_story_names_people(visitor: TestClient, town: Any) -> None:
    assert (
        "Wang Lei 将目标值由 1,200 调整为 1,000"
        in visitor.get(f"/key-results/{town.CUSTOMERS}").text
    )


def test_what_is_not_measured_in_figures_is_drawn_in_percent(
    visitor: TestClient, town: Any
) -> None:
    chart = chart_of(visitor.get(f"/key-results/{town.MILESTONES}").text)
    assert chart["actual"][0]["text"] == "33%"
    assert chart["plan"][-1] == ["2026-09-30", 100.0]
    assert chart["targets"] == []


def test_looking_back_asks_as_of_then_and_offers_no_change(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    page = visitor.get(f"/key-results/{town.CUSTOMERS}?as_of=2026-08-14").text
    asked = [r for r in toy.asked if r.url.path == f"/key-results/{town.CUSTOMERS}"][-1]
    assert asked.query_params["as_of"] == "2026-08-14T15:59:59.999999+00:00"
    assert asked.query_params["on"] == "2026-08-14"
    assert "As of 14 Aug 2026, 23:59: what was known then." in page
    assert f'href="/key-results/{town.CUSTOMERS}">Back to now' in page
    assert "/check-in" not in page
    assert chart_of(page)["as_of"] == "2026-08-14"
