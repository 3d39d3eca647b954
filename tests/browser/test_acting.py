"""Acting for somebody else with a browser: chosen by keyboard, seen on every page, ended."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from shared.kernel.actors import Actor
from shared.kernel.ids import id_of
from tests.support.delegations import let, take_back

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SCREENS = ("/", "/objectives", "/kpis", "/appraisals", "/units", "/acting", "/sessions")


@pytest.fixture(scope="module")
def given(quarter: Any) -> Actor:
    """Zhou lets Wang act for him, in everything but the organisation."""
    giver, receiver = id_of("person", "E020"), id_of("person", "E022")
    return let(quarter, giver, receiver, "goals", "metrics", "appraisal")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.usefixtures("given")
def test_every_screen_says_for_whom_one_acts_is_accessible_and_fits(
    visit: Any, language: str, size: dict[str, int]
) -> None:
    page = visit("E022", language=language, viewport=size)
    page.goto("/acting")
    page.locator('main form[action="/acting"] button').click()
    axe = Axe()
    for address in SCREENS:
        assert page.goto(address).status == 200, address
        expect(page.locator("aside.acting")).to_be_visible()
        found = axe.run(page).response["violations"]
        told = [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]
        assert told == [], address
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert too_wide <= 0, address
    page.locator("aside.acting button").click()
    expect(page.locator("aside.acting")).to_have_count(0)


@pytest.mark.usefixtures("given")
def test_one_chooses_and_stops_with_the_keyboard_alone(visit: Any) -> None:
    page = visit("E022")
    page.get_by_role("link", name="代理他人").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="代理周强").focus()
    page.keyboard.press("Enter")
    banner = page.get_by_role("complementary", name="您正在代理谁")
    expect(banner).to_contain_text("您正在代理周强")
    page.goto("/objectives")
    banner.get_by_role("button", name="停止代理").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/objectives")
    expect(page.locator("aside.acting")).to_have_count(0)


@pytest.mark.usefixtures("given")
def test_the_people_of_the_giver_are_seen_and_neither_s_own_appraisal(visit: Any) -> None:
    page = visit("E022", language="en")
    page.goto("/appraisals")
    expect(page.locator("main")).not_to_contain_text("Li Ming")
    page.goto("/acting")
    page.locator('main form[action="/acting"] button').click()
    page.goto("/appraisals")
    expect(page.locator("main")).to_contain_text("Li Ming")
    expect(page.locator("main")).not_to_contain_text("Wang Fang")
    page.locator("aside.acting button").click()
    expect(page.locator("main")).not_to_contain_text("Li Ming")


def test_once_it_was_taken_back_the_next_page_says_so(visit: Any, quarter: Any) -> None:
    given = let(quarter, id_of("person", "E010"), id_of("person", "E023"))
    page = visit("E023", language="en")
    page.goto("/acting")
    page.locator('main form[action="/acting"] button').click()
    take_back(quarter, given)
    page.goto("/objectives")
    expect(page.get_by_role("alert")).to_contain_text("does not hold any more")
    page.goto("/objectives")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("aside.acting")).to_have_count(0)
