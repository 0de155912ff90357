"""The page for everyone: every state with axe, small, enlarged, by keyboard, read aloud once."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import say
from tests.pages.serving import Site

ASIDE = ["/come-back", "/notes", "/delete", "/traces"]
HELP = [
    "/help",
    "/help?place=Ware&crime=burglary",
    "/help?place=SG8",
    "/help?q=xyzzy&place=xyzzy&open=1",
    "/help/crimes/burglary",
    "/help/crimes/homicide_bereavement",
    "/help/services/nat-shout",
    "/help/services/nowhere",
    "/help/pledge",
    "/privacy",
    "/nowhere",
]
MIDWAY = ["burgled", "many", "where", "help", "person"]
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FLOODED = '{"detail": "This was not sent. Please wait a minute."}'
NARROW = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(chromium: Browser, site: Site, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for state in _states(page, site):
        page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
    context.close()


def test_nothing_is_cut_off_at_four_times_the_size(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport=NARROW)  # type: ignore[arg-type]
    page = context.new_page()
    for state in _states(page, site):
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], state
        box = page.get_by_role("link", name="Leave this page").bounding_box()
        assert box, state
        assert 0 <= box["y"] <= NARROW["height"] - box["height"], state
    context.close()


def test_the_exit_is_a_large_target_on_phones(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for state in _states(page, site):
        box = page.get_by_role("link", name="Leave this page").bounding_box()
        assert box, state
        assert box["height"] >= 44, state
        assert box["width"] >= 120, state
    context.close()


def test_each_answer_is_read_once(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.evaluate("""() => { window.added = []; new MutationObserver(
      (list) => list.forEach((one) => one.addedNodes.forEach(
        (node) => window.added.push(node.textContent)))).observe(
      document.querySelector("[role=log] #thread"), { childList: true }); }""")
    say(page, "first")
    say(page, "second")
    page.wait_for_timeout(500)
    added = [one for one in page.evaluate("window.added") if "answer to" in one]
    assert len(added) == 2
    assert page.locator("[aria-live=polite], [role=status], [role=alert]").count() == 3
    assert "answer to" not in page.locator("#status").inner_text()


def test_the_focus_stays_where_the_person_is(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "burgled")
    expect(page.locator("#text")).to_be_focused()
    page.get_by_role("button", name="Yes, I'm safe").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".from-person").last).to_be_focused()  # its button is gone
    expect(page.get_by_text("answer to Yes, I'm safe")).to_be_visible()
    expect(page.locator(".from-person").last).to_be_focused()


def test_the_keyboard_is_enough(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.locator("#text").focus()
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    page.get_by_label("Money").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send these").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("answer to Money")).to_be_visible()


def test_a_place_is_sent_from_its_own_box(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.goto(site.url)
    say(page, "where")
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Town or village").press_sequentially("Ware")
    assert asked == []  # nobody is told what is typed
    page.keyboard.press("Enter")
    expect(page.get_by_text("answer to Ware")).to_be_visible()
    expect(page.get_by_label("Town or village")).to_have_count(0)


def test_more_space_needs_neither_script_nor_storage(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/traces")
    before = page.locator("main p").nth(1).bounding_box()
    page.get_by_label("More space").check()
    after = page.locator("main p").nth(1).bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"]
    assert context.cookies() == []
    context.close()


def test_forced_colours_keep_borders(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(site.url)
    say(page, "burgled")
    for one in (".message >> nth=0", ".choices button >> nth=0", "#leave"):
        width = page.locator(one).evaluate("one => getComputedStyle(one).borderTopWidth")
        assert width != "0px", one
    context.close()


def test_nothing_is_kept_and_nobody_else_is_asked(page: Page, site: Site) -> None:
    asked: list[str] = []
    trouble: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(site.url)
    assert page.context.cookies() == []
    for text in MIDWAY:
        say(page, text)
    assert [url for url in asked if not url.startswith(site.url)] == []
    cookies = page.context.cookies()
    assert [(one["name"], one["expires"], one["httpOnly"]) for one in cookies] == [
        ("waymark", -1, True)
    ]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert trouble == []  # the content security policy had nothing to refuse
    assert (page.title(), page.url) == ("Message", f"{site.url}/")


def test_what_is_written_stays_away_from_helpers_of_the_browser(page: Page, site: Site) -> None:
    page.goto(site.url)
    box = page.locator("#text")
    for name, value in {
        "spellcheck": "false",
        "autocomplete": "off",
        "autocorrect": "off",
    }.items():
        expect(box).to_have_attribute(name, value)
    expect(box).to_have_attribute("writingsuggestions", "false")


def _states(page: Page, site: Site) -> Iterator[str]:
    for path in (*HELP, *ASIDE, "/"):
        page.goto(site.url + path)
        yield f"{path} before"
    for text in MIDWAY:
        say(page, text)
        yield text
    page.locator("#text").fill("words")
    page.route("**/say", lambda route: route.abort())
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Not sent yet").wait_for()
    yield "bad line"
    page.unroute("**/say")
    page.get_by_text("answer to words").wait_for()
    page.route("**/say", lambda route: route.fulfill(status=429, body=FLOODED))
    page.locator("#text").fill("more words")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("This was not sent").wait_for()
    yield "refused"
    page.unroute("**/say")
    site.joins(page.context.cookies()[0]["value"].split(".")[0], "Hello, I am Sam.")
    page.get_by_text("Hello, I am Sam.").wait_for()
    yield "a person has joined"
    for path in ASIDE:
        page.goto(site.url + path)
        yield f"{path} after"
    yield from _coming_back_and_deleting(page, site)


def _coming_back_and_deleting(page: Page, site: Site) -> Iterator[str]:
    page.goto(f"{site.url}/come-back")
    page.get_by_role("button", name="Give me my words").click()
    page.locator("#phrase").wait_for()
    yield "the five words"
    page.goto(f"{site.url}/come-back")
    page.get_by_label("Your five words").fill("one two three four five")
    page.get_by_role("button", name="Open my chat").click()
    page.get_by_role("alert").wait_for()
    yield "wrong words"
    page.goto(f"{site.url}/delete")
    page.get_by_role("button", name="Yes, delete everything now").click()
    page.get_by_text("It is deleted").wait_for()
    yield "deleted"
