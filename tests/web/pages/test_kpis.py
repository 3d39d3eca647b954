"""The KPI board and the card of a KPI."""

from typing import Any

from starlette.testclient import TestClient


def test_each_figure_says_value_target_and_how_to_take_it(visitor: TestClient) -> None:
    page = visitor.get("/kpis").text
    assert "CN¥1,250,000" in page
    assert "of CN¥1,200,000" in page
    assert 'aria-label="Below threshold"' in page
    assert "less is better" in page


def test_the_card_draws_baseline_threshold_target_and_stretch(
    visitor: TestClient, town: Any
) -> None:
    address = f"/kpis/{town.REVENUE}?subject={town.WANG}&period=2026-Q3"
    page = visitor.get(address).text
    for name in ("baseline", "threshold", "stretch"):
        assert f'"name": "{name}"' in page
    assert "大客户推迟到下季度" in page
    assert "corrected" in page


def test_a_card_without_subject_is_not_found(visitor: TestClient, town: Any) -> None:
    assert visitor.get(f"/kpis/{town.REVENUE}").status_code == 404
