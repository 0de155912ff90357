"""One line on another site: nothing until it is pressed, isolated, exit included."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import Response
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import say
from tests.pages.serving import Site, serving

ROOT = Path(__file__).parents[2]
HOSTILE = """
  * { color: red !important; font-size: 3px !important; letter-spacing: 1em !important; }
  div, body > * { display: none !important; position: static !important; opacity: 0 !important;
  transform: scale(.1) !important; visibility: hidden !important; width: 1px !important; }"""
STYLE_OF = "one => Object.values(getComputedStyle(one)).map((name) => getComputedStyle(one)[name])"
LARGEST = 5 * 1024  # bytes, before compression
EXAMPLE = (ROOT / "docs" / "embedding-example.html").read_text("utf-8")


@pytest.fixture
def framed_site(chromium: Browser, tmp_path: Path) -> Iterator[Site]:
    """A site that `http://localhost` may frame, and another site's page around it."""
    with serving(tmp_path, frame_ancestors="http://localhost:*") as site:
        host = EXAMPLE.replace("https://waymark.example", site.url)
        host = host.replace("https://www.bbc.co.uk/weather", site.exit)
        site.app.add_api_route("/another-site", lambda: _as_it_comes(host))
        yield site


def test_the_launcher_is_small() -> None:
    script = (ROOT / "channels/web/static/launcher.js").read_bytes()
    assert len(script) < LARGEST
    assert len(gzip.compress(script)) < LARGEST / 2


def test_the_frame_opens_when_pressed_and_its_exit_takes_all_along(
    page: Page, framed_site: Site
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(framed_site.exit.replace("/weather", "/another-site"))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "launcher.js" not in url and "another-site" not in url] == []
    page.get_by_role("button", name="Talk to us").click()
    frame = page.frame_locator("iframe")
    frame.locator("#text").fill("hello from a frame")
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_text("answer to hello from a frame")).to_be_visible()
    assert [one["name"] for one in page.context.cookies(framed_site.url)] == ["waymark"]
    frame.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(framed_site.exit)
    assert page.frames[1:] == []


def test_neither_sites_styles_touch_the_others(page: Page, framed_site: Site) -> None:
    page.goto(framed_site.exit.replace("/weather", "/another-site"))
    page.get_by_role("button", name="Talk to us").wait_for()
    theirs = page.locator("h1").evaluate(STYLE_OF)
    button = page.get_by_role("button", name="Talk to us")
    ours = button.bounding_box()
    page.add_style_tag(content=HOSTILE)
    expect(button).to_be_visible()
    assert button.bounding_box() == ours
    page.reload()
    page.evaluate("document.querySelector('script[src]').remove()")
    page.locator("body > div").evaluate("ours => ours.remove()")
    assert page.locator("h1").evaluate(STYLE_OF) == theirs  # the same without the launcher


def test_nobody_frames_what_was_not_allowed(page: Page, site: Site) -> None:
    for path in ("/", "/notes", "/help", "/console/sign-in"):
        headers = page.request.get(site.url + path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


def test_the_desk_is_never_framed(page: Page, framed_site: Site) -> None:
    headers = page.request.get(f"{framed_site.url}/console/sign-in").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_link_writes_our_own_words_into_the_box_and_hides_them(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/?about=burglary&near=Stevenage")
    expect(page.locator("#text")).to_have_value("Burglary and break-ins in Stevenage")
    assert page.url == f"{site.url}/"
    page.goto(f"{site.url}/?about=<b>you&near=Stevenage")
    expect(page.locator("#text")).to_have_value("")
    say(page, "hello")
    page.goto(f"{site.url}/?about=burglary")
    expect(page.locator("#text")).to_have_value("")  # a conversation is under way


def _as_it_comes(html: str) -> Response:
    # The site's own policy, not ours: it may hold our launcher.
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": ""})
