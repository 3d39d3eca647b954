"""The demo quarter in a real house, seen through Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from services.host.house import House
from services.host.provisioning import SERVICES
from services.host.reach import Reach
from services.host.verbs.standing import record_demo
from shared.kernel.ids import id_of
from tests.support.postgres import Databases

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
Visitor = Callable[..., Page]


def chromium() -> str | None:
    """Where Chromium is, or nothing."""
    told = os.environ.get("CAIRN_CHROMIUM")
    return told or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests and put them last; without Chromium they are skipped, loudly.

    Last, because Playwright keeps its event loop until the end: no other loop starts after it.
    """
    here = [item for item in items if "browser" in item.path.parts]
    items[:] = [item for item in items if "browser" not in item.path.parts] + here
    missing = pytest.mark.skip(reason="NO CHROMIUM: the pages were not looked at in a browser")
    for item in here:
        item.add_marker(pytest.mark.browser)
        if chromium() is None:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, kept from calling home."""
    return {"executable_path": chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def quarter(postgres: str) -> Iterator[House]:
    """Every service and the pages in one process, with the demo quarter recorded in Chinese."""
    databases = Databases(postgres)
    access = {name: databases(name) for name in SERVICES}
    with House(access, web={"development_login": True}) as house:
        record_demo(Reach(house.address, house.keys, postgres, access), "zh", "demo")
        yield house
    databases.drop()


@pytest.fixture
def visit(quarter: House, browser: Browser) -> Iterator[Visitor]:
    """Opens a browser in which somebody is signed in; what it complained about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(who: str = "E021", *, language: str = "zh-CN", **options: Any) -> Page:
        given = {"viewport": DESK, **options}
        context = browser.new_context(base_url=quarter.address, locale=language, **given)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _hear(said, complaints))
        page.goto("/sign-in")
        page.locator(f'button[name="person"][value="{person(who)}"]').click()
        page.wait_for_load_state()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _hear(said: Any, complaints: list[str]) -> None:
    # A form that is shown again with its errors answers 422, which the console reports.
    if said.type in ("error", "warning") and "422" not in said.text:
        complaints.append(said.text)


def person(code: str) -> UUID:
    """Somebody of the demo company by personnel number."""
    return id_of("person", code)
