"""Another language on the page: chosen in place, and what is being written stays."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Error, Page, expect

from channels.web import languages
from tests.pages.conftest import say
from tests.pages.serving import Site
from tests.pages.test_everyone import NARROW, STANDARD

ARABIC = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Leave this page"
msgstr "غادر"
"""


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second language, as far as these tests need it."""
    file = tmp_path / "ar" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(ARABIC, "utf-8")
    found = languages.languages(tmp_path)
    monkeypatch.setattr(languages, "languages", lambda *_: found)


def test_another_language_is_chosen_and_turns_the_page(
    page: Page, site: Site, arabic: None
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(site.url)
    before = page.evaluate("history.length")
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    page.locator("#text").fill("a draft")
    page.get_by_role("button", name="العربية").click()
    expect(page.get_by_role("link", name="غادر")).to_be_visible()
    assert page.evaluate("history.length") == before  # a visit stays one line of the history
    expect(page.locator("#text")).to_have_value("a draft")
    assert "draft" not in "".join(bodies)  # it left the page for nobody
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert (page.url, page.evaluate("history.state")) == (f"{site.url}/", None)
    turned = "getComputedStyle(document.querySelector('.now999')).direction"
    assert page.evaluate(turned) == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert Axe().run(page, options=STANDARD).violations_count == 0
    say(page, "burgled")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    expect(page.get_by_text("Are you safe right now?")).to_be_visible()  # the chat is the same
    say(page, "again")
    assert page.locator(".message").count() == 5  # each once


def test_words_beside_the_chat_stay_too_when_the_language_changes(
    page: Page, site: Site, arabic: None
) -> None:
    page.goto(f"{site.url}/come-back")
    page.get_by_label("Your five words").fill("one two three")
    page.get_by_role("button", name="العربية").click()
    expect(page.get_by_role("link", name="غادر")).to_be_visible()
    expect(page.locator("#words")).to_have_value("one two three")


def test_without_script_the_draft_goes_along_too(
    chromium: Browser, site: Site, arabic: None
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.locator("#text").fill("a draft")
    page.get_by_role("button", name="العربية").click()
    expect(page.get_by_role("link", name="غادر")).to_be_visible()
    expect(page.locator("#text")).to_have_value("a draft")
    assert "draft" not in page.url + str(context.cookies())
    page.get_by_role("link", name="غادر").click()
    page.wait_for_url(site.exit)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # Chromium asks whether to send it again
        page.go_back()
    context.close()
