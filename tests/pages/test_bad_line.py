"""A bad line: words are kept, tried again, never sent twice, and the page tells the truth."""

from playwright.sync_api import APIResponse, Page, Route, expect

from tests.pages.conftest import say
from tests.pages.serving import Site


def test_a_message_says_how_far_it_came(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    site.assistant.gate.clear()
    try:
        page.locator("#text").fill("is anybody there")
        page.get_by_role("button", name="Send", exact=True).click()
        mine = page.locator(".from-person").last
        expect(mine).to_contain_text("Sent and kept")
    finally:
        site.assistant.gate.set()
    expect(mine).to_contain_text("Sent and read")


def test_words_wait_and_arrive_once_in_their_order(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    page.context.set_offline(True)
    for text in ("one", "two"):
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("The line is bad")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Call 999")
    page.context.set_offline(False)
    expect(page.get_by_text("answer to two")).to_be_visible(timeout=20_000)
    assert _said(page) == ["hello", "one", "two"]
    expect(page.get_by_text("The line is bad")).to_be_hidden()


def test_an_answer_lost_on_the_way_is_no_second_message(page: Page, site: Site) -> None:
    page.goto(site.url)
    lost: list[APIResponse] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # it reached the server; what came back did not reach the page
        route.abort()

    say(page, "hello")
    page.route("**/say", lose_first)
    page.locator("#text").fill("only once")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("answer to only once")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(4000)  # the second try has been made
    assert page.get_by_text("answer to only once").count() == 1
    page.unroute("**/say")
    page.reload()
    assert _said(page) == ["hello", "only once"]


def test_where_a_stream_is_held_back_the_page_asks(page: Page, site: Site) -> None:
    page.route("**/events*", lambda route: None)  # a proxy that never passes anything on
    page.goto(site.url)
    page.locator("#text").fill("hello")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("answer to hello")).to_be_visible(timeout=20_000)
    say(page, "again")
    assert page.get_by_text("answer to again").count() == 1


def test_a_broken_stream_goes_on_where_it_broke(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    page.context.set_offline(True)
    page.wait_for_timeout(1000)
    page.context.set_offline(False)
    say(page, "after the break")
    page.wait_for_timeout(1000)
    assert page.get_by_text("answer to hello").count() == 1
    assert page.get_by_text("answer to after the break").count() == 1


def test_what_is_refused_comes_back_into_the_box(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    body = '{"detail": "Please wait a minute."}'
    page.route("**/say", lambda route: route.fulfill(status=429, body=body))
    page.locator("#text").fill("my words")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#status")).to_contain_text("Please wait a minute.")
    expect(page.locator("#text")).to_have_value("my words")


def _said(page: Page) -> list[str]:
    return page.locator(".from-person .words").all_inner_texts()
