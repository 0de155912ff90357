"""What the page costs: bytes, seconds on a bad line, movement, many messages, the first answer."""

import gzip
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.pages.conftest import say
from tests.pages.serving import Site

HEAVIEST = 60 * 1024  # bytes over the wire, everything of the first load
USABLE = 1500  # milliseconds on slow 3G with a processor four times slower
SLOW_3G = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
MANY = 300
FLUID = 50.0  # milliseconds of work that one more message may take
FIRST_ANSWER = 1.0  # seconds
TRIES = 10  # the best counts: what else the machine does is not the page's doing
STILL = 0.001  # cumulative layout shift
MOVES = """() => { window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach(
  (one) => { window.moved += one.value; })).observe({ type: "layout-shift", buffered: true }); }"""


def test_the_first_load_is_light(page: Page, site: Site) -> None:
    weight = 0
    session = _devtools(page)

    def add(event: dict[str, Any]) -> None:
        nonlocal weight
        weight += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", add)
    page.goto(site.url)
    page.wait_for_load_state("networkidle")
    print(f"first load: {weight} bytes")
    assert 5_000 < weight <= HEAVIEST


def test_it_is_soon_usable_on_a_bad_line(chromium: Browser, site: Site) -> None:
    """The box is there, styled and ready to write in: the script may come later."""
    took = _best(lambda: _until_usable(chromium, site), USABLE)
    print(f"usable after {took:.0f} ms on slow 3G, processor {SLOWER} times slower")
    assert took <= USABLE


def test_nothing_moves_when_messages_come(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.evaluate(MOVES)
    for text in ("burgled", "many", "help", "hello", "person"):
        say(page, text)
        page.wait_for_timeout(700)  # longer than what counts as the person's own doing
    assert page.evaluate("window.moved") <= STILL


def test_an_answer_that_comes_late_moves_nothing(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    page.wait_for_timeout(700)
    page.evaluate(MOVES)
    site.assistant.gate.clear()
    try:
        page.locator("#text").fill("burgled")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Send", exact=True).click()
        page.wait_for_timeout(1200)
    finally:
        site.assistant.gate.set()
    page.get_by_role("button", name="Yes, I'm safe").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") <= STILL


def test_three_hundred_messages_stay_fluid(page: Page, site: Site) -> None:
    page.goto(site.url)
    say(page, "hello")
    took = page.evaluate(
        """async (many) => {
          const { show } = await import("/static/chat/show.js");
          const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
          const one = (from, at) => show(
            { from, sequence: at, text: "words ".repeat(30), choices: [], services: [] });
          for (let at = 0; at < many; at += 1) one(at % 2 ? "person" : "assistant", at);
          await frame();
          const times = [];
          for (let at = 0; at < 20; at += 1) {
            const start = performance.now();
            one("assistant", many + at).getBoundingClientRect();
            times.push(performance.now() - start);
            await frame();
          }
          return times.sort((a, b) => a - b)[10];
        }""",
        MANY,
    )
    print(f"one more message after {MANY}: {took:.1f} ms")
    assert page.locator(".message").count() >= MANY
    assert took <= FLUID


def test_the_first_answer_is_there_within_a_second(page: Page, site: Site) -> None:
    """Of the page's own part: the assistant here answers at once."""
    page.goto(site.url)
    took = _best(lambda: _until_answered(page), FIRST_ANSWER)
    print(f"answer visible after {took * 1000:.0f} ms")
    assert took < FIRST_ANSWER


@pytest.mark.parametrize("path", ["/", "/help", "/static/chat/page.css"])
def test_it_travels_compressed(site: Site, path: str) -> None:
    answer = httpx.get(site.url + path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content)) < len(answer.content)


def test_nothing_of_others_is_named_or_shipped(page: Page, site: Site) -> None:
    """Neither the crown nor the licensed typeface of GOV.UK, nor any address but ours."""
    css = Path("channels/web/static/built/govuk.css").read_text("utf-8")
    assert "GDS Transport" not in css
    assert re.findall(r"url\(", css) == []
    page.goto(site.url)
    assert "crown" not in page.content().lower()


def _best(measure: Callable[[], float], good: float) -> float:
    """The best of a few tries; no more of them than it takes."""
    best = float("inf")
    for _ in range(TRIES):
        best = min(best, measure())
        if best <= good:
            break
    return best


def _until_answered(page: Page) -> float:
    started = time.monotonic()
    say(page, "hello")
    return time.monotonic() - started


def _until_usable(chromium: Browser, site: Site) -> float:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = _devtools(page)
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_3G})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(site.url, wait_until="load")
    found: float = page.evaluate(
        'performance.getEntriesByName("first-contentful-paint")[0].startTime'
    )
    ready: float = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
    context.close()
    return max(found, ready)


def _devtools(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return session
