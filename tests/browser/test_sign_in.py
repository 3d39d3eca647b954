"""Signing in through Chromium: with the company, with a password; seen in both languages and on a
phone, accessible throughout.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from anyio.from_thread import start_blocking_portal
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from services.host.house import House
from services.web.wiring import credentials
from tests.support.doors import WANG, give_account, small_house
from tests.support.oidc_provider import OidcProvider, settings_for, standing_provider
from tests.support.postgres import Databases

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GOOD = "stone by the old river"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with standing_provider() as made:
        made.people = {
            "wang": {"sub": "1", "preferred_username": "wang.lei@example.com"},
            "stranger": {"sub": "2", "preferred_username": "stranger@example.com"},
        }
        yield made


@pytest.fixture(scope="module")
def house(module_databases: Databases, provider: OidcProvider) -> Iterator[House]:
    """A house with both ways in; Playwright's own loop makes a second one need its own thread."""
    with small_house(module_databases, providers=[settings_for(provider)]) as made:
        give_account(made, WANG, "wang.lei@example.com")
        key = made.keys.pairs["web"].private
        with credentials(made._access["web"], key) as kept, start_blocking_portal() as portal:
            refused = portal.call(kept.passwords.make, "wang.lei", WANG, GOOD, datetime.now(UTC))
        assert refused is None
        yield made


@pytest.fixture
def opened(house: House, browser: Browser) -> Iterator[Opened]:
    """Opens a browser at the door of the house."""
    contexts: list[BrowserContext] = []

    def open_door(language: str = "en", size: dict[str, int] | None = None) -> Page:
        context = browser.new_context(
            base_url=house.address, locale=language, viewport=size or DESK
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/sessions")
        return page

    yield open_door
    for context in contexts:
        context.close()


def through_company(page: Page, who: str) -> None:
    page.locator('a[href^="/sign-in/with/corp"]').click()
    expect(page.locator("h1")).to_have_text("Company sign-in")
    page.locator('input[name="who"]').fill(who)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def with_password(page: Page, password: str) -> None:
    page.locator("#name").fill("wang.lei")
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_load_state()


def must_be_accessible_and_fit(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_through_the_company_and_out_again(house: House, opened: Opened) -> None:
    page = opened()
    through_company(page, "wang")
    expect(page).to_have_url(f"{house.address}/sessions")
    expect(page.locator("main")).to_contain_text("Example Ltd")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("You are signed out of Cairn")
    page.get_by_role("link", name="Sign out of Example Ltd").click()
    expect(page).to_have_url(f"{house.address}/sign-in")
    page.goto("/sessions")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_whoever_cairn_does_not_know_is_told_what_to_do(opened: Opened) -> None:
    page = opened("zh-CN", PHONE)
    through_company(page, "stranger")
    expect(page.get_by_role("alert")).to_contain_text("还没有您的账号")
    must_be_accessible_and_fit(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_of_signing_in_is_accessible_and_fits(
    opened: Opened, language: str, size: dict[str, int]
) -> None:
    page = opened(language, size)
    must_be_accessible_and_fit(page)
    with_password(page, "another long sentence")
    expect(page.get_by_role("alert")).to_be_visible()
    must_be_accessible_and_fit(page)
    with_password(page, GOOD)
    for address in ("/sessions", "/password", "/tokens"):
        page.goto(address)
        must_be_accessible_and_fit(page)
    page.locator("#name").fill("report")
    page.locator("#directory").select_option("read")
    page.locator("form[method='post'][action='/tokens'] button").click()
    expect(page.locator("#secret")).to_have_value(re.compile("^cairn_pat_"))
    must_be_accessible_and_fit(page)


def test_a_password_is_entered_by_keyboard_alone(house: House, opened: Opened) -> None:
    page = opened()
    page.locator("#name").focus()
    page.keyboard.type("wang.lei")
    page.keyboard.press("Tab")
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{house.address}/sessions")
