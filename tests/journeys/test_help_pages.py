"""The public pages in a real browser: for everyone, with and without script, and on paper."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

STATES = [
    "/help",
    "/help?q=damaged+door&place=Watford",
    "/help?need=mental_physical_health&place=Stevenage&show=9",
    "/help?q=counselling&place=SG8",
    "/help?place=London",
    "/help?place=xyzzy",
    "/help?crime=stalking&place=Ely&who=woman&who=deaf&language=pl&open=1&nophone=1&nopolice=1",
    "/help/services/herts-beacon",
    "/help/services/nat-revenge-porn",
    "/help/services/nowhere",
    "/help/crimes/burglary",
    "/help/crimes/homicide_bereavement",
    "/help/pledge",
]
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROW = 320  # CSS pixels: 1280 at 400 % zoom


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(browser: Browser, waymark: Waymark, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for state in STATES:
        page.goto(waymark.url + state)
        for more in page.locator("details").all():
            more.evaluate("element => element.open = true")
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
    context.close()


def test_nothing_is_cut_off_at_four_times_the_size(browser: Browser, waymark: Waymark) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 640})
    page = context.new_page()
    for state in STATES:
        page.goto(waymark.url + state)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, state
    context.close()


def test_help_is_found_without_script(plain: Page, waymark: Waymark) -> None:
    plain.goto(f"{waymark.url}/help")
    plain.get_by_label("What do you need help with?").fill("counselling")
    plain.get_by_label("Town, village or postcode").fill("SG8 5AB")
    plain.get_by_role("button", name="Find help").click()
    for telling in ("5AB", "SG8", "counselling"):
        assert telling not in plain.url
    plain.get_by_role("link", name="Royston").click()
    expect(plain.locator(".results > li")).to_have_count(3)
    plain.get_by_role("link", name="Show more").click()
    expect(plain.locator(".results > li")).to_have_count(6)
    plain.locator(".service-name a").first.click()
    expect(plain.get_by_role("heading", name="How to reach them")).to_be_visible()
    assert plain.context.cookies() == []


def test_the_keyboard_is_enough(context: BrowserContext, waymark: Waymark) -> None:
    page = context.new_page()
    page.goto(f"{waymark.url}/help")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.get_by_label("Town, village or postcode").focus()
    page.keyboard.type("Ely")
    page.keyboard.press("Enter")
    expect(page.locator(".results > li").first).to_be_visible()


def test_a_number_can_be_tapped_and_copied(context: BrowserContext, waymark: Waymark) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{waymark.url}/help/services/nat-victim-support")
    expect(page.get_by_role("link", name="0808 168 9111")).to_have_attribute(
        "href", "tel:08081689111"
    )
    page.get_by_role("button", name="Copy 0808 168 9111").click()
    assert page.evaluate("navigator.clipboard.readText()") == "0808 168 9111"


def test_paper_holds_the_services_and_no_form(context: BrowserContext, waymark: Waymark) -> None:
    page = context.new_page()
    page.goto(f"{waymark.url}/help?need=mental_physical_health&place=Stevenage")
    page.emulate_media(media="print")
    expect(page.locator(".results > li")).to_have_count(3)
    expect(page.get_by_text("Call 999")).to_be_visible()
    expect(page.locator(".week").first).to_be_visible()
    for gone in ("form", ".leave", ".next", ".hours >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()


def test_nothing_is_fetched_from_elsewhere(context: BrowserContext, waymark: Waymark) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for state in STATES:
        page.goto(waymark.url + state)
    assert [url for url in asked if not url.startswith(waymark.url)] == []
    assert context.cookies() == []
    kept = "localStorage.length + sessionStorage.length"
    assert page.evaluate(kept) == 0


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
