"""Old phones: the page without script or with one that fails, and live on browsers of 2020."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.pages.conftest import say
from tests.pages.serving import Site

SCRIPTS = sorted(Path("channels/web/static").glob("*.js"))
# Chrome 80, Firefox 74, Safari 13.1: what came later (in brackets since when) is not there.
MISSING = """
  delete HTMLFormElement.prototype.requestSubmit; // Safari 16
  delete SubmitEvent.prototype.submitter; // Safari 15.4
  delete Element.prototype.replaceChildren; // Safari 14, Chrome 86
  delete String.prototype.replaceAll; // Chrome 85
  delete CSSStyleSheet.prototype.replaceSync; // Safari 16.4
  delete Intl.ListFormat; // Safari 14.1
  delete Navigator.prototype.sendBeacon; // switched off in some browsers
  window.FormData = class extends FormData { constructor(form) { super(form); } }; // Safari 16.4
"""
NEWER = re.compile(r"\?\?=|\|\|=|&&=|\.at\(|static \{|\bstructuredClone\b|\bthis\.#\w")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_is_written_in_words_of_newer_browsers(script: Path) -> None:
    assert NEWER.findall(script.read_text("utf-8")) == []


def test_what_old_browsers_lack_is_not_needed(page: Page, site: Site) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.add_init_script(MISSING)
    page.goto(site.url)
    page.locator("#text").fill("burgled")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, I'm safe").click()
    expect(page.get_by_text("answer to Yes, I'm safe")).to_be_visible()
    say(page, "many")
    page.get_by_label("Money").check()
    page.get_by_role("button", name="Send these").click()
    expect(page.get_by_text("answer to Money")).to_be_visible()
    say(page, "help")
    expect(page.get_by_role("link", name="0300 011 5555")).to_be_visible()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(site.exit)
    assert page.context.cookies(site.url) == []
    assert wrong == []


@pytest.mark.parametrize("how", ["switched off", "broken", "lost"])
def test_without_a_script_that_runs_it_is_a_form(chromium: Browser, site: Site, how: str) -> None:
    context = chromium.new_context(java_script_enabled=how != "switched off")
    page = context.new_page()
    page.route("**/*.js", lambda route: _fails(route, how))
    page.goto(site.url)
    _writes(page, "burgled")
    page.get_by_role("button", name="Yes, I'm safe").click()
    expect(page.get_by_text("answer to Yes, I'm safe")).to_be_visible()
    conversation = context.cookies()[0]["value"].split(".")[0]
    site.joins(conversation, "Somebody is here now.")
    page.get_by_role("link", name="See new messages").click()
    expect(page.get_by_text("Somebody is here now.")).to_be_in_viewport()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(site.exit)
    assert context.cookies(site.url) == []
    context.close()


def _writes(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".from-person").last).to_contain_text(text)


def _fails(route: Route, how: str) -> None:
    if how == "lost":
        route.abort()
    else:
        route.fulfill(content_type="text/javascript", body="this is = no script of = this age")
