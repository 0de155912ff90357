"""A small old phone in the hand of somebody who is afraid."""

from playwright.sync_api import Browser, Page, expect

from channels.assistant import Answer
from channels.message import Reply
from tests.pages.conftest import say
from tests.pages.serving import Site

DANGER = ["Call 999 now.", "Deaf? Text 999.", "Lock the door.", "The team knows.", "Is it safe?"]
LONG = " These are more words, as many as stand in such an answer on a bad day."
COVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return "nothing";
  const at = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(
    box.left + box.width / 2, box.top + box.height * part));
  const over = at.every((other) => !other || !(one.contains(other) || other.contains(one)
    || [...(one.labels || [])].some((label) => label.contains(other))));
  return over ? `covered: ${one.outerHTML.slice(0, 80)}` : one.tagName;
}"""


def test_in_danger_on_an_old_phone_999_is_read_first_and_called_by_one_tap(
    chromium: Browser, site: Site
) -> None:
    site.assistant.plan["knife"] = Answer(tuple(Reply(one + LONG) for one in DANGER), None)
    context = chromium.new_context(
        viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(site.url)
    page.locator("#text").fill("knife")
    page.get_by_role("button", name="Send", exact=True).tap()
    page.get_by_text(DANGER[-1]).wait_for()
    call = page.get_by_role("link", name="Call 999")
    expect(call).to_have_attribute("href", "tel:999")
    box = call.bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["width"] >= 120
    for one in (
        call,
        page.get_by_role("link", name="Leave this page"),
        page.get_by_text(DANGER[0]),
    ):
        expect(one).to_be_in_viewport(ratio=1)
    top = page.locator(".top").bounding_box()
    first = page.locator(".message", has_text=DANGER[0]).bounding_box()
    assert top
    assert first
    assert first["y"] >= top["y"] + top["height"]  # not behind what sticks
    expect(page.locator("#text")).not_to_be_focused()  # the keyboard would cover the answer
    _see_new_messages(page)
    expect(page.get_by_text(DANGER[-1])).to_be_in_viewport(ratio=1)
    context.close()


def test_what_has_the_focus_is_never_covered(page: Page, site: Site) -> None:
    """WCAG 2.2, focus not obscured: what sticks to the edges never lies over it."""
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(site.url)
    for text in ("help", "many"):
        say(page, text)
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    seen = set()
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 40:
        page.keyboard.press(key)
        seen.add(page.evaluate(COVERED))
    assert "A" in seen
    assert [one for one in seen if one.startswith("covered")] == []


def _see_new_messages(page: Page) -> None:
    """Tap the link, which lies over no choice and no number of the thread."""
    more, form = page.get_by_role("link", name="See new messages"), page.locator("#say")
    lies, begins = more.bounding_box(), form.bounding_box()
    assert lies
    assert begins
    assert lies["y"] >= begins["y"]
    more.tap()
