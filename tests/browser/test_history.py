"""The target that was revised twice: on the chart, in its table twin, and as of any day."""

import json
from typing import Any

from playwright.sync_api import Page, expect

CUSTOMERS = "新增付费客户数"


def open_customers(page: Page) -> None:
    """Three clicks from home: objectives, the department, the key result."""
    page.get_by_role("link", name="目标", exact=True).first.click()
    page.get_by_label("部门").select_option(label="销售部")
    expect(page.locator("h1")).to_have_text("销售部的目标")
    page.get_by_role("link", name=CUSTOMERS, exact=True).click()
    expect(page.locator("h1")).to_have_text(CUSTOMERS)


def chart(page: Page) -> Any:
    """What the chart was drawn from."""
    return json.loads(page.locator("#course-data").text_content() or "")["chart"]


def targets(page: Page) -> list[str]:
    """The targets in the table twin, in order."""
    return page.locator("details table").first.locator("tbody td.num b").all_text_contents()


def test_an_auditor_reads_every_revision_with_who_when_and_why(visit: Any) -> None:
    page = visit("E003")
    open_customers(page)
    expect(page.locator(".chart[data-drawn=yes] canvas").first).to_be_visible()
    assert targets(page) == ["1,200 家", "1,000 家", "1,100 家"]
    assert [step["value"] for step in chart(page)["targets"]] == [1200, 1000, 1100]
    twin = page.locator("details table").first
    expect(twin).to_contain_text("陈晓")
    expect(twin).to_contain_text("林远 审批")
    expect(twin).to_contain_text("主要竞争对手")
    expect(page.locator(".tiles")).to_contain_text("原始目标值 1,200 家")


def test_as_of_a_day_before_the_revisions_nothing_of_them_is_known(visit: Any) -> None:
    page = visit("E003")
    open_customers(page)
    page.locator("#as_of").fill("2026-08-01")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".past")).to_contain_text("截至 2026年8月1日")
    expect(page.locator(".past")).to_contain_text("演示数据")
    assert targets(page) == ["1,200 家"]
    expect(page.get_by_role("link", name="更新进展")).to_have_count(0)
    page.locator("#as_of").fill("2026-08-14")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".past")).to_contain_text("截至 2026年8月14日")
    assert targets(page) == ["1,200 家", "1,000 家"]
    page.get_by_role("link", name="回到现在").click()
    expect(page.locator(".past")).to_have_count(0)
    assert targets(page) == ["1,200 家", "1,000 家", "1,100 家"]


def test_the_slider_moves_the_day_and_shows_it_when_let_go(visit: Any) -> None:
    page = visit("E003")
    slider = page.locator("[data-time-slider]")
    expect(slider).to_be_visible()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".past")).to_be_visible()
    expect(page).to_have_url(page.url.split("?")[0] + "?as_of=2026-10-21")


def test_the_chart_answers_the_pointer_without_breaking_the_policy(visit: Any) -> None:
    page = visit("E003")
    open_customers(page)
    place = page.locator(".chart[data-drawn=yes]")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(page.locator(".tip")).to_contain_text("目标值")
