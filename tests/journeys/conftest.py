"""One running system and one real browser for all journeys."""

import shutil
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.journeys.people import Coordinator, Victim
from tests.journeys.running import EMAIL, PASSWORD, Waymark, running
from tests.plainly import plainly

__all__ = ["plainly"]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def waymark() -> Iterator[Waymark]:
    with running() as system:
        yield system


@pytest.fixture(scope="session")
def system() -> Iterator[Waymark]:
    """Another one, whose parts are killed, hung and left without what they need."""
    with running() as system:
        yield system


@pytest.fixture
def empty_queue(waymark: Waymark) -> None:
    """Close what earlier journeys left waiting, so that this one is alone in the queue."""
    desk = httpx.Client(base_url=f"{waymark.url}/api/console", timeout=30)
    with desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        for item in desk.get("/queue").json()["queue"]:
            here = f"/conversations/{item['conversation']}"
            desk.post(f"{here}/{'take-over' if item['held_by'] else 'take'}").raise_for_status()
            desk.post(f"{here}/close", json={"outcome": "test"}).raise_for_status()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Debian's package chromium is needed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def victim(waymark: Waymark, context: BrowserContext) -> Victim:
    return Victim(context.new_page(), waymark.url)


@pytest.fixture
def victim_without_script(waymark: Waymark, browser: Browser) -> Iterator[Victim]:
    context = browser.new_context(java_script_enabled=False)
    yield Victim(context.new_page(), waymark.url)
    context.close()


@pytest.fixture
def coordinator(waymark: Waymark, browser: Browser) -> Iterator[Coordinator]:
    context = browser.new_context()
    yield Coordinator(context.new_page(), waymark.url)
    context.close()
