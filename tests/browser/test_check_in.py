"""Checking in with a browser: with scripts and without, with a mouse and without."""

from typing import Any

from playwright.sync_api import Page, expect


def form_of(page: Page) -> None:
    """Open the check-in form of a key result that is measured by hand."""
    page.goto("/objectives?show=mine")
    page.get_by_role("link", name="大客户计划获客户认可").first.click()
    page.get_by_role("link", name="更新进展").click()
    expect(page.locator("h1")).to_have_text("更新进展")


def test_a_check_in_on_a_phone_is_on_the_page_at_once(visit: Any) -> None:
    page = visit("E021", viewport={"width": 390, "height": 844})
    form_of(page)
    page.get_by_label("已与客户讨论").check()
    page.locator(".scale label", has_text="9").click()
    page.get_by_label("和上次相比有什么进展？").fill("客户法务要求再议一轮")
    page.get_by_role("button", name="提交更新").click()
    expect(page.locator(".notice.good")).to_have_text("进展已记录。")
    expect(
        page.locator("section", has=page.get_by_role("heading", name="进展更新"))
    ).to_contain_text("客户法务要求再议一轮")
    expect(page.locator(".story").first).to_contain_text("信心指数 9")


def test_a_wrong_figure_is_told_at_the_field_and_what_was_typed_stays(visit: Any) -> None:
    page = visit("E010")
    page.goto("/objectives?show=mine")
    page.get_by_role("link", name="新增付费客户数").first.click()
    page.get_by_role("link", name="更新进展").click()
    page.get_by_label("当前值").fill("一千零五十")
    page.get_by_label("有什么障碍？").fill("渠道结算慢")
    page.get_by_role("button", name="提交更新").click()
    expect(page.locator("#value-error")).to_contain_text("请输入数字")
    expect(page.get_by_label("当前值")).to_have_value("一千零五十")
    expect(page.get_by_label("当前值")).to_be_focused()
    expect(page.get_by_label("有什么障碍？")).to_have_value("渠道结算慢")
    page.get_by_text("其他日期，或自行判断状态").click()
    page.get_by_label("当前值").fill("1,050")
    page.get_by_label("数据日期").fill("2099-01-01")
    page.get_by_role("button", name="提交更新").click()
    expect(page.locator("#observed_on-error")).to_contain_text("尚未到来")


def test_everything_works_without_scripts(visit: Any) -> None:
    page = visit("E021", java_script_enabled=False)
    page.get_by_label("截至").fill("2026-08-20")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".past")).to_contain_text("2026年8月20日")
    page.goto("/objectives")
    page.get_by_label("部门").select_option(label="销售部")
    page.locator(".selectors").get_by_role("button", name="查看").click()
    expect(page.locator("h1")).to_have_text("销售部的目标")
    form_of(page)
    page.get_by_label("客户已签署").check()
    page.get_by_role("button", name="提交更新").click()
    expect(page.locator(".notice.good")).to_have_text("进展已记录。")


def test_the_keyboard_alone_is_enough(visit: Any) -> None:
    page = visit("E021")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    form_of(page)
    page.get_by_label("已编写").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("已与客户讨论")).to_be_checked()
    page.get_by_role("button", name="提交更新").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice.good")).to_be_visible()
