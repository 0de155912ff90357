"""One site and one Chromium for all tests of the pages; a Firefox where it is asked for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.pages.serving import Site, serving
from tests.plainly import plainly

__all__ = ["plainly"]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium(site: Site) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Playwright switches off what Back shows again; people's browsers have it.
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def say(page: Page, text: str) -> None:
    """Write and send, and wait for the answer."""
    before = page.locator(".from-assistant").count()
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".from-assistant").nth(before).wait_for()
