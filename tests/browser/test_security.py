"""The auditor looks at the security log: in both languages, on a desk and on a phone."""

from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_auditor_sees_who_was_refused_what(
    visit: Any, quarter: Any, language: str, size: dict[str, int]
) -> None:
    httpx2.get(f"{quarter.url('goals')}/objectives", trust_env=False)
    page = visit("E003", language=language, viewport=size)
    page.locator('a[href="/security"]:visible').click()
    expect(page.locator("h1")).to_have_text("安全日志" if language == "zh-CN" else "Security log")
    expect(page.locator("tbody tr").filter(has_text="GET /objectives").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0


def test_others_are_neither_shown_the_way_nor_let_in(visit: Any) -> None:
    page = visit("E021", language="en")
    assert page.locator('a[href="/security"]').count() == 0
