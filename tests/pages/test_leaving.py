"""What the page promises about leaving fast, in Chromium and Firefox, with and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import say
from tests.pages.firefox import Firefox, firefox
from tests.pages.serving import Site

SHIFT, ESCAPE = "\ue008", "\ue00c"  # as WebDriver names them
SECRET = "zebra marmalade"
Leaves = Callable[[Page], None]


def _button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").click()


def _shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def _escape(page: Page) -> None:
    page.locator("#text").focus()
    for _ in range(2):
        page.keyboard.press("Escape")


WAYS = [_button, _shift, _escape]


@pytest.mark.parametrize("leaves", WAYS)
def test_chromium_leaves_nothing_to_go_back_to(page: Page, site: Site, leaves: Leaves) -> None:
    page.goto(f"{site.url}/before")  # somewhere harmless before
    page.goto(site.url)
    say(page, SECRET)
    page.get_by_text("Keep, change or delete").click()
    page.get_by_role("link", name="What stays on this phone").click()
    page.get_by_role("link", name="Back to the chat").click()
    expect(page.get_by_text(SECRET, exact=True)).to_be_visible()
    page.locator("#text").fill("a draft")
    leaves(page)
    page.wait_for_url(site.exit)
    assert page.title() == "Weather"
    page.wait_for_function("() => true")
    _gone(page, site)
    page.go_back()
    assert page.url == f"{site.url}/before"  # the whole visit was one line, and it is replaced


def test_coming_back_by_the_address_shows_nothing(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, SECRET)
    page.locator("#text").fill("a draft")
    _button(page)
    page.wait_for_url(site.exit)
    _gone(page, site)
    page.goto(site.url)
    assert page.locator(".message").count() == 1
    assert page.locator("#text").input_value() == ""


def test_the_phrase_alone_opens_it_again(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, SECRET)
    key = page.context.cookies()
    page.goto(f"{site.url}/come-back")
    page.get_by_role("button", name="Give me my words").click()
    phrase = page.locator("#phrase").inner_text()
    _button(page)
    page.wait_for_url(site.exit)
    _gone(page, site)
    page.context.add_cookies(key)  # type: ignore[arg-type]  # even the key from before is dead
    page.goto(site.url)
    assert page.locator(".message").count() == 1
    page.goto(f"{site.url}/come-back")
    page.get_by_label("Your five words").fill(phrase)
    page.get_by_role("button", name="Open my chat").click()
    expect(page.get_by_text(SECRET, exact=True)).to_be_visible()


def test_words_on_their_way_are_kept_when_the_person_leaves(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    page.route("**/say", lambda route: route.abort())
    page.locator("#text").fill("he is at the door")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    conversation = page.context.cookies()[0]["value"].split(".")[0]
    _shift(page)
    page.wait_for_url(site.exit)
    _until(page, lambda: "he is at the door" in _texts(site, conversation))


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_the_desk_is_told_and_nobody_may_contact(
    chromium: Browser, site: Site, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site.url)
    page.locator("#text").fill(SECRET)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".from-assistant").nth(1).wait_for()
    conversation = context.cookies()[0]["value"].split(".")[0]
    _button(page)
    page.wait_for_url(site.exit)
    _until(page, lambda: _left(site, conversation))
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "a draft alone"])
def test_chromium_without_script_shows_no_word_again(
    chromium: Browser, site: Site, sent: bool
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    if sent:
        page.locator("#text").fill(SECRET)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text(SECRET, exact=True)).to_be_visible()
    page.locator("#text").fill("a draft")
    _button(page)
    page.wait_for_url(site.exit)
    page.go_back()  # the address is still there, as the page says; the words are not
    assert page.url.startswith(site.url)
    assert SECRET not in page.content()
    assert page.locator("#text").input_value() == ""
    context.close()


def test_firefox_leaves_nothing_to_go_back_to(site: Site) -> None:
    with firefox() as window:
        for keys in ((SHIFT,) * 3, (ESCAPE,) * 2, ()):
            window.opens(f"{site.url}/before")
            _says_secret(window, site)
            if not keys:
                window.clicks('.more a[href="/traces"]')
                window.node("h1")
            _leaves(window, site, keys)
            assert window.evaluates("document.title") == "Weather"
            window.goes_back()
            window.until(lambda: window.url == f"{site.url}/before")


def test_firefox_without_script_shows_no_word_again(site: Site) -> None:
    with firefox(scripts=False) as window:
        _says_secret(window, site)
        window.clicks("#text")
        window.presses(*"a draft")
        assert window.count("noscript p") == 1  # which says that the keys don't work
        _leaves(window, site, ())
        window.goes_back()
        window.until(lambda: window.url.startswith(site.url))
        window.node("#text")
        assert window.count(".message") == 1  # the greeting


def test_one_press_is_no_leaving(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.locator("#text").focus()
    for key in ("Shift", "Shift", "a", "Shift", "Escape", "b", "Escape"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == f"{site.url}/"


def _says_secret(window: Firefox, site: Site) -> None:
    window.opens(site.url)
    window.clicks("#text")
    window.presses(*SECRET)
    window.clicks("#say .button")
    window.node(".from-assistant ~ .from-assistant")
    window.clicks(".more summary")


def _leaves(window: Firefox, site: Site, keys: tuple[str, ...]) -> None:
    if keys:
        window.presses(*keys)
    else:
        window.clicks("#leave")
    window.until(lambda: window.url == site.exit)
    window.until(lambda: window.cookies() == [])


def _gone(page: Page, site: Site) -> None:
    _until(page, lambda: page.context.cookies(site.url) == [])


def _left(site: Site, conversation: str) -> bool:
    thread = site.at_the_desk(conversation)
    return [(one["kind"], one["audience"]) for one in thread][-1] == (
        "left_in_a_hurry",
        "coordinators",
    )


def _texts(site: Site, conversation: str) -> list[str]:
    return [one["text"] for one in site.at_the_desk(conversation)]


def _until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not happen in time")
