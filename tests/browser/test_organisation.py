"""Units, people, roles and the calendar with a browser: every screen, with scripts and without."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from shared.kernel.ids import id_of

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
HR, HEAD, SELLER = (f"/people/{id_of('person', code)}" for code in ("E002", "E010", "E023"))
SALES = f"/units/{id_of('unit', 'SALES')}"
SCREENS = [
    *("/units", SALES, "/units/found", f"{SALES}/change", f"{SALES}/close", f"{SALES}/reopen"),
    *("/people", "/people?q=zh", "/people?q=nobody-is-called-so", HEAD, HR),
    *(f"{SELLER}/work", f"{SELLER}/change", f"{SELLER}/roles", f"{HEAD}/leaving"),
    *(f"{HR}/delegations", "/people/register"),
    *("/calendar?year=2026", "/calendar/days", "/calendar/year"),
    *("/units?as_of=2026-08-20", f"{HEAD}?as_of=2026-08-20"),
]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_screen_is_accessible_and_fits(
    visit: Any, language: str, size: dict[str, int]
) -> None:
    page = visit("E002", language=language, viewport=size)
    axe = Axe()
    for address in SCREENS:
        answer = page.goto(address)
        assert answer.status == 200, address
        expect(page.locator("h1")).to_be_visible()
        found = axe.run(page).response["violations"]
        told = [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
        assert told == [], address
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, address


def test_the_tree_is_opened_with_the_keyboard_and_fetched_then(visit: Any) -> None:
    page = visit("E021")
    page.goto("/units")
    expect(page.get_by_role("link", name="华东团队")).to_have_count(0)
    page.locator("summary", has_text="销售部的下级部门").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="华东团队")).to_be_visible()
    page.get_by_role("link", name="华东团队").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("华东团队")
    expect(page.locator("main")).to_contain_text("周强")


def test_people_are_found_while_one_types_by_pinyin(visit: Any) -> None:
    page = visit("E021")
    page.goto("/people")
    page.get_by_role("searchbox", name="姓名、英文名或拼音").press_sequentially("zhouq")
    expect(page.locator("#people li")).to_have_count(1)
    expect(page.locator("#people")).to_contain_text("周强")
    expect(page).to_have_url(re.compile("q=zhouq"))
    page.locator("#people a").first.click()
    expect(page.locator("h1")).to_have_text("周强")


def test_everything_works_without_scripts(visit: Any) -> None:
    page = visit("E002", java_script_enabled=False)
    page.goto("/units")
    page.locator("summary", has_text="销售部的下级部门").click()
    page.get_by_role("link", name="打开销售部").click()
    expect(page.locator("h1")).to_have_text("销售部")
    page.goto("/people")
    page.get_by_role("searchbox", name="姓名、英文名或拼音").fill("许静")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#people li")).to_have_count(1)
    registered(page, "钱进", "Qian Jin")
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.locator("h1")).to_have_text("钱进")
    expect(page.locator("main")).to_contain_text("许静")


def test_a_person_is_registered_on_a_phone(visit: Any) -> None:
    page = visit("E002", viewport=PHONE)
    registered(page, "孙悦", "Sun Yue")
    expect(page.locator("h1")).to_have_text("孙悦")
    expect(page.locator("main")).to_contain_text("客户经理 · 华南团队")
    expect(page.locator("main")).to_contain_text("许静")


def test_what_is_missing_is_said_and_what_was_typed_stays(visit: Any) -> None:
    page = visit("E002")
    page.goto("/people/register")
    page.get_by_label("姓名", exact=True).fill("李四")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#name_en-error")).to_be_visible()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("李四")


def test_who_may_not_sees_no_forms_and_the_refusal_says_whom_to_ask(visit: Any) -> None:
    page = visit("E021")
    page.goto(HEAD)
    expect(page.get_by_role("link", name="修改")).to_have_count(0)
    page.goto("/units")
    expect(page.get_by_role("link", name="新建部门")).to_have_count(0)


def test_a_past_page_offers_no_forms(visit: Any) -> None:
    page = visit("E002")
    page.goto(f"{HEAD}?as_of=2026-08-20")
    expect(page.locator(".past")).to_be_visible()
    expect(page.get_by_role("link", name="修改")).to_have_count(0)


def registered(page: Page, name: str, name_en: str) -> None:
    """Register somebody in the South team under its lead, who is found by pinyin."""
    page.goto("/people/register")
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("英文名").fill(name_en)
    post = page.get_by_role("group", name="岗位 1")
    post.get_by_role("searchbox").fill("SOUTH")
    post.get_by_role("button", name="搜索").click()
    post.locator(f'input[value="{id_of("unit", "SOUTH")}"]').check()
    page.locator("#title_0").fill("客户经理")
    managers = page.get_by_role("group", name="直属上级")
    managers.get_by_role("searchbox").fill("xujing")
    managers.get_by_role("button", name="搜索").click()
    page.get_by_role("group", name="直属上级").get_by_label("许静").check()
    page.get_by_role("button", name="保存").click()


def test_a_role_comes_and_goes_with_a_reason_that_the_history_tells(visit: Any) -> None:
    page = visit("E002", viewport=PHONE)
    page.goto(f"{HEAD}/roles")
    page.get_by_label("角色", exact=True).select_option("auditor")
    page.get_by_role("button", name="授予").click()
    expect(page.locator("#reason-error")).to_be_visible()
    page.get_by_label("原因", exact=True).fill("年中检查")
    page.get_by_role("button", name="授予").click()
    story = page.locator("section", has=page.locator("#story"))
    expect(story).to_contain_text("授予了全公司范围的审计员角色")
    expect(story).to_contain_text("年中检查")
    page.goto(f"{HEAD}/roles")
    page.get_by_label("收回审计员的原因").fill("检查完毕")
    page.get_by_role("button", name="收回").click()
    expect(story).to_contain_text("收回了全公司范围的审计员角色")
    expect(story).to_contain_text("检查完毕")


def test_a_unit_is_led_by_nobody_and_its_history_says_since_when(visit: Any) -> None:
    page = visit("E002", java_script_enabled=False)
    page.goto("/units/found")
    named = {"code": "BROWSED", "name_zh": "浏览组", "name_en": "Browsed team"}
    for field, said in named.items():
        page.locator(f"#{field}").fill(said)
    page.locator('input[name="head_id_sought"]').fill("周强")
    page.locator('button[name="find"][value="head_id"]').click()
    page.locator('input[name="head_id"]').first.check()
    page.get_by_role("button", name="保存").click()
    story = page.locator("section", has=page.locator("#story"))
    expect(story).to_contain_text("任命 周强 为负责人")
    page.get_by_role("link", name="修改").click()
    page.locator('input[name="head_id"][value=""]').check()
    page.get_by_role("button", name="保存").click()
    expect(story).to_contain_text("让负责人一职空缺")
