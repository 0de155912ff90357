"""Over TLS a real browser takes our guarded cookies, and a chat goes on under their names."""

from collections.abc import Iterator

import pytest
from fastapi import Response
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.conftest import say
from tests.pages.serving import DESK, Site, serving

OLD, NEW = "waymark", "__Host-waymark"
HOST = """<!doctype html><title>Another site</title><iframe src="{url}/" width="600" height="600">
</iframe>"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that is reached over TLS alone, and that another site may frame."""
    folder = tmp_path_factory.mktemp("guarded")
    given = {"secure_cookies": "true", "frame_ancestors": "https://localhost:*"}
    with serving(folder, **given) as site:
        site.app.add_api_route("/another-site", lambda: _page(HOST.format(url=site.url)))
        yield site


def _page(html: str) -> Response:
    # The site's own policy, not ours: it frames us.
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": ""})


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(ignore_https_errors=True)
    yield context
    context.close()


def test_a_chat_lives_by_a_cookie_of_this_host_alone(page: Page, guarded: Site) -> None:
    page.goto(guarded.url)
    say(page, "hello from here")
    page.reload()
    expect(page.get_by_text("hello from here", exact=True)).to_be_visible()
    (kept,) = page.context.cookies(guarded.url)
    assert (kept["name"], kept["secure"], kept["httpOnly"]) == (NEW, True, True)
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(guarded.exit)
    page.goto(f"{guarded.url}/traces")
    assert page.context.cookies(guarded.url) == []


def test_whoever_was_here_before_goes_on_and_brings_the_new_name(
    page: Page, guarded: Site
) -> None:
    page.goto(guarded.url)
    say(page, "hello from before")
    (kept,) = page.context.cookies(guarded.url)
    page.context.clear_cookies()
    was = {"name": OLD, "value": kept["value"], "url": guarded.url, "httpOnly": True}
    page.context.add_cookies([was])  # type: ignore[list-item]
    page.reload()
    expect(page.get_by_text("hello from before", exact=True)).to_be_visible()
    (now,) = page.context.cookies(guarded.url)
    assert (now["name"], now["value"], now["expires"]) == (NEW, kept["value"], -1)
    say(page, "and still here")


def test_in_a_frame_of_another_site_too(page: Page, guarded: Site) -> None:
    page.goto(guarded.exit.replace("/weather", "/another-site"))
    frame = page.frame_locator("iframe")
    frame.locator("#text").fill("hello from a frame")
    frame.get_by_role("button", name="Send", exact=True).click()
    expect(frame.get_by_text("answer to hello from a frame")).to_be_visible()
    page.reload()
    expect(frame.get_by_text("answer to hello from a frame")).to_be_visible()
    (kept,) = page.context.cookies(guarded.url)
    assert (kept["name"], kept["sameSite"]) == (NEW, "None")


def test_the_desk_too(page: Page, guarded: Site) -> None:
    page.goto(f"{guarded.url}/console/sign-in")
    page.get_by_label("E-mail address").fill(DESK["email"])
    page.get_by_label("Password").fill(DESK["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Queue").wait_for()
    names = {one["name"] for one in page.context.cookies(guarded.url)}
    assert names == {"__Host-waymark_desk", "__Host-waymark_desk_device"}
