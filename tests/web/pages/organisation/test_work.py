"""What one person works for."""

from typing import Any

from starlette.testclient import TestClient


def test_objectives_and_kpis_of_one_person(visitor: TestClient, toy: Any, town: Any) -> None:
    page = visitor.get(f"/people/{town.WANG}/work").text
    assert "OKRs and KPIs of Wang Lei" in page
    assert "成为华东中型企业的首选" in page
    assert "Revenue" in page
    assert f"/kpis/{town.REVENUE}?subject={town.WANG}" in page.replace("&amp;", "&")
    asked = {r.url.path: dict(r.query_params) for r in toy.asked}
    assert asked["/objectives"]["responsible"] == town.WANG
    assert asked["/kpi-board"]["subject"] == town.WANG
