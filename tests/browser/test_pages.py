"""Every page in both languages, on a desk and on a phone: accessible, whole, and without a word
from the browser's console (which would tell of a broken policy)."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CUSTOMERS = "新增付费客户数"


def pages_of(page: Page) -> list[str]:
    """The addresses of one of each kind of page, found by following links."""
    page.goto("/objectives")
    objective = _first(page, "article h3 a")
    key_result = _first(page, ".kr-list a.title")
    page.goto("/kpis")
    kpi = page.locator("td.cell a").last.get_attribute("href") or ""
    page.goto("/appraisals")
    appraisal = _first(page, "tbody th a")
    forms = [f"{measured_by_hand(page)}/{form}" for form in ("check-in", "target")]
    lists = ["/", "/objectives", "/kpis", "/appraisals", "/appraisals/separation"]
    return [*lists, objective, key_result, kpi, appraisal, *forms, "/?as_of=2026-08-20"]


def measured_by_hand(page: Page) -> str:
    """The address of the department's key result about new customers."""
    page.goto("/objectives")
    unit = page.locator("#unit option", has_text="销售部").or_(
        page.locator("#unit option", has_text=re.compile("^Sales"))
    )
    page.goto(f"/objectives?unit={unit.first.get_attribute('value')}")
    return _first(page, f'.kr-list a.title:text-is("{CUSTOMERS}")')


def _first(page: Page, selector: str) -> str:
    return page.locator(selector).first.get_attribute("href") or ""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_accessible_and_fits(visit: Any, language: str, size: dict[str, int]) -> None:
    page = visit("E020", language=language, viewport=size)
    axe = Axe()
    for address in pages_of(page):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        found = axe.run(page).response["violations"]
        told = [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
        assert told == [], address
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, address


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_door_is_accessible(visit: Any, quarter: Any, language: str) -> None:
    page = visit("E021", language=language)
    page.get_by_role("button", name="退出" if language == "zh-CN" else "Sign out").first.click()
    expect(page).to_have_url(f"{quarter.address}/sign-in")
    assert Axe().run(page).violations_count == 0


def test_the_language_is_switched_where_one_is(visit: Any) -> None:
    page = visit("E021", language="zh-CN")
    page.goto("/kpis")
    page.locator(".side").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("KPIs of")
