"""The desk for everyone: every state with axe, in light and dark, large and on a phone; fast."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.pages.desk import KIM, DeskSite, desk_site, signs_in, until
from tests.pages.desk_states import states

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREEN, PHONE = {"width": 1280, "height": 720}, {"width": 360, "height": 740}
LARGE, SMALL = (
    {"color_scheme": "light", "viewport": SCREEN},
    {"color_scheme": "dark", "viewport": PHONE},
)
FIRST_VIEW = 300_000  # bytes
WITHIN = 1000  # milliseconds
# Times are printed, to be read where all is quiet; what fails is being slow past all doubt.
BEYOND_DOUBT = 5
WAITING, LONG = 200, 500
SOON = 30_000  # milliseconds; by itself a page looks once a minute


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    with desk_site(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", [LARGE, SMALL], ids=["light, 1280", "dark, 360"])
def test_axe_finds_nothing_in_any_state(
    chromium: Browser, desk: DeskSite, look: dict[str, Any]
) -> None:
    seen = 0
    for state, page in states(chromium, desk, **look):
        folded = page.locator("details:not([open])")
        folded.evaluate_all("all => all.forEach((one) => { one.open = true; })")
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= look["viewport"]["width"], state
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = false; })")
        seen += 1
    assert seen > 30


def test_a_queue_of_200_is_soon_there_and_stays_fluid(page: Page, desk: DeskSite) -> None:
    desk.nobody_waits()
    desk.queue_of(WAITING)
    signs_in(page, desk)
    sizes, took = _first_view(page, f"{desk.url}/console")
    print(f"queue of {WAITING}: {sum(sizes)} bytes, {took:.0f} ms")  # noqa: T201
    assert page.locator(".queue .item").count() == WAITING
    assert sum(sizes) < FIRST_VIEW
    assert took < BEYOND_DOUBT * WITHIN
    started = time.monotonic()
    desk.somebody("DANGER at the door")
    page.locator(".item.emergency", has_text="DANGER at the door").wait_for()
    took = 1000 * (time.monotonic() - started)
    print(f"one more is shown after {took:.0f} ms")  # noqa: T201
    assert _frames(page, "document.scrollingElement") < 100


def test_a_thread_of_500_messages_is_soon_there_and_stays_fluid(
    page: Page, desk: DeskSite
) -> None:
    desk.nobody_waits()
    talk = desk.somebody("person")
    desk.long_thread(talk, LONG)
    desk.at_the_desk(talk, "take")
    signs_in(page, desk)
    here = f"{desk.url}/console/conversations/{talk}"
    sizes, took = _first_view(page, here)
    print(f"thread of {LONG}: {sum(sizes)} bytes, {took:.0f} ms")  # noqa: T201
    assert sum(sizes) < FIRST_VIEW
    assert took < BEYOND_DOUBT * WITHIN
    page.goto(f"{here}?all=true")
    expect(page.locator("#thread .entry").nth(LONG)).to_be_attached()
    first = page.locator("#thread .entry").first.element_handle()
    page.get_by_label("Message to the person").fill("Still quick?")
    page.get_by_label("Message to the person").press("Enter")
    page.locator("#thread .from-coordinator", has_text="Still quick?").wait_for()
    assert first is not None
    assert first.evaluate("element => element.isConnected")  # nothing was drawn anew
    assert _frames(page, "document.getElementById('thread')") < 100


def test_a_page_whose_stream_was_refused_asks_for_it_again(page: Page, desk: DeskSite) -> None:
    """As a web server in front does while the channels start again."""
    desk.nobody_waits()
    talk = desk.somebody("person")
    page.route(f"**/api/console/conversations/{talk}/events", _refused_once())
    signs_in(page, desk).goto(f"{desk.url}/console/conversations/{talk}")
    page.wait_for_timeout(500)
    desk.at_the_desk(talk, "take", who=KIM)
    page.locator("#thread .entry", has_text="Kim").first.wait_for(timeout=SOON)
    page.route("**/api/console/events", _refused_once())
    page.goto(f"{desk.url}/console")
    page.wait_for_timeout(500)
    desk.somebody("DANGER at the door")
    page.locator(".item.emergency", has_text="DANGER at the door").wait_for(timeout=SOON)


def test_at_1280_by_720_the_thread_and_the_words_stand_side_by_side(
    page: Page, desk: DeskSite
) -> None:
    talk = desk.somebody("person")
    desk.long_thread(talk, 30)
    desk.at_the_desk(talk, "take")
    signs_in(page, desk).goto(f"{desk.url}/console/conversations/{talk}")
    for part in ("#thread", "#words", "#about", "#mine"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + min(box["height"], 60) <= SCREEN["height"], part
    assert page.evaluate("document.documentElement.scrollHeight") <= SCREEN["height"]


def test_every_action_of_the_queue_has_a_key(page: Page, desk: DeskSite) -> None:
    desk.nobody_waits()
    for words in ("DANGER one", "DANGER two"):
        desk.somebody(words)
    signs_in(page, desk)
    expect(page.locator(".item")).to_have_count(2)
    first, second = (page.locator(".item .open").nth(at) for at in (0, 1))
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    desk.somebody("person")
    expect(page.locator(".item")).to_have_count(3)
    expect(second).to_be_focused()  # also when the queue was drawn anew
    page.keyboard.press("k")  # the second line's own alarm, not the first one's
    acknowledged = page.locator(".item", has_text="DANGER two")
    expect(acknowledged).to_contain_text("Acknowledged by Sam")
    expect(page.locator(".item", has_text="DANGER one")).not_to_contain_text("Acknowledged by")
    page.keyboard.press("v")
    expect(page.get_by_role("button", name="Sound is on")).to_be_visible()
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog").locator("dt")).to_have_count(5)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_words_stay_when_the_session_is_over(page: Page, desk: DeskSite) -> None:
    talk = desk.somebody("person")
    signs_in(page, desk)
    page.goto(f"{desk.url}/console/conversations/{talk}")
    page.locator("#take").click()
    words = page.locator("#write textarea")
    words.fill("half a thought")
    desk.is_over()
    page.locator("#write").get_by_role("button", name="Send").click()
    said = page.get_by_text("You are signed out. Your words are still here")
    expect(said).to_be_visible(timeout=SOON)
    expect(words).to_have_value("half a thought")
    signs_in(page.context.new_page(), desk)
    page.locator("#write").get_by_role("button", name="Send").click()
    expect(page.locator("#talk").get_by_text("half a thought")).to_be_visible(timeout=SOON)
    expect(words).to_have_value("")


def test_what_one_may_not_see_is_said_on_a_page(page: Page, desk: DeskSite) -> None:
    signs_in(page, desk)
    answer = page.goto(f"{desk.url}/console/trace")  # for auditors alone
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="This did not work")).to_be_visible()


def _refused_once() -> Callable[[Route], None]:
    before: list[Route] = []

    def refuse(route: Route) -> None:
        if before:
            route.continue_()
        else:
            route.fulfill(status=503)
        before.append(route)

    return refuse


def _first_view(page: Page, address: str) -> tuple[list[int], float]:
    """How many bytes a page and all it needs weigh, and after how many ms it stands there."""
    sizes: list[int] = []
    page.on("response", partial(_add_size, sizes))
    page.goto(address, wait_until="load")
    entry = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    return sizes, until(page, entry)


def _add_size(sizes: list[int], response: Response) -> None:
    if response.ok and "events" not in response.url:  # those never end
        sizes.append(len(response.body()))


def _frames(page: Page, element: str) -> float:
    """The median time from frame to frame, in milliseconds, while somebody scrolls."""
    return float(
        page.evaluate(
            f"""async () => {{
                const box = {element};
                const times = [];
                let before = performance.now();
                for (let i = 0; i < 60; i += 1) {{
                    box.scrollTop = (i % 2 ? 1 : 0.2) * i * box.scrollHeight / 60;
                    await new Promise(requestAnimationFrame);
                    times.push(performance.now() - before);
                    before = performance.now();
                }}
                return times.sort((a, b) => a - b)[30];
            }}"""
        )
    )
