"""Two at the desk and one conversation; a clock that runs out; a night without anybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import SOON, Coordinator, Victim
from tests.journeys.running import Waymark, running

pytestmark = pytest.mark.journey

DANGER = "my ex is outside banging on the door he said hes going to kill me"


@pytest.fixture(scope="module")
def quick() -> Iterator[Waymark]:
    """A system whose clocks run out fast."""
    with running(WAYMARK_CLOCK_EMERGENCY="8", WAYMARK_SILENCE="0.2") as system:
        yield system


@pytest.fixture(scope="module")
def night() -> Iterator[Waymark]:
    """A system at 23:40."""
    with running(WAYMARK_CLOCK="2026-11-24T23:40") as system:
        yield system


def test_a_conversation_is_taken_by_exactly_one(quick: Waymark, browser: Browser) -> None:
    victim = Victim(browser.new_context().new_page(), quick.url)
    first, second = (
        Coordinator(browser.new_context().new_page(), quick.url).signs_in() for _ in range(2)
    )
    victim.opens().says("i want to talk to a person about the break in at my flat")
    victim.reads("I have asked a person from the team")
    for one in (first, second):
        one.sees_first("break in at my flat")
        one.opens_first()
    # Both press in the same moment: neither waits for the other's page.
    for one in (first, second):
        one.page.get_by_role("button", name="Take this conversation").click(no_wait_after=True)
    victim.reads("You are now talking with a person", "system")
    for one in (first, second):
        expect(one.page.locator(".state")).to_contain_text("with", timeout=SOON)
    joined = [one for one in victim.thread() if "has joined" in one]
    assert len(joined) == 1
    for one in (first, second):
        one.page.context.close()
    victim.page.context.close()


def test_a_clock_ticks_sounds_runs_out_and_is_acknowledged(
    quick: Waymark, browser: Browser
) -> None:
    victim = Victim(browser.new_context().new_page(), quick.url)
    desk = Coordinator(browser.new_context().new_page(), quick.url).signs_in()
    desk.page.get_by_role("button", name="Sound is off").click()
    expect(desk.page.get_by_role("button", name="Sound is on")).to_be_visible()
    sounded = int(desk.page.locator("html").get_attribute("data-sounded") or 0)
    assert sounded == 1  # so that one hears what it is like
    victim.opens().says(DANGER)
    victim.reads("call 999")
    desk.sees_first("banging on the door")
    item = desk.page.locator(".item").first
    expect(item.locator(".ticking")).to_contain_text("left")
    expect(item.locator(".ticking")).to_have_attribute("data-clock", "run_out", timeout=SOON)
    expect(item).to_contain_text("went up", timeout=SOON)
    expect(desk.page).to_have_title("(1) Queue – Waymark", timeout=SOON)
    assert int(desk.page.locator("html").get_attribute("data-sounded") or 0) > sounded
    item.get_by_role("button", name="Acknowledge").click()
    expect(desk.page.locator(".item").first).to_contain_text("Acknowledged by", timeout=SOON)
    victim.page.close()
    expect(desk.page.locator(".item").first).to_contain_text("silent", timeout=60_000)
    desk.opens_first()
    desk.reads("supervisors and the duty phone were told")
    desk.reads("Nothing is sent by itself")
    desk.page.context.close()


def test_at_night_a_call_back_is_agreed_on(night: Waymark, browser: Browser) -> None:
    victim = Victim(browser.new_context().new_page(), night.url)
    victim.opens().says("i want to talk to a person about the break in at my flat")
    victim.reads("Nobody from the team is here just now")
    victim.reads("Shall we get in touch with you when we are back?", "system")
    victim.presses("Yes, get in touch")
    victim.reads("What is the safest way to reach you?")
    victim.presses("By text message")
    victim.reads("When is it safe?")
    victim.presses("In the morning (9 to 12)")
    victim.reads("tomorrow between 9 am and noon")
    desk = Coordinator(browser.new_context().new_page(), night.url).signs_in()
    desk.opens_first()
    expect(desk.page.get_by_label("What we know")).to_contain_text("Text, Wed 25 Nov, 09:00")
    desk.page.context.close()
    victim.page.context.close()
