"""A co-ordinator takes over, talks live, and gives back or closes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import Coordinator, Victim
from tests.journeys.running import Waymark

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("empty_queue")]


def test_both_talk_live_and_the_assistant_is_silent(
    victim: Victim, coordinator: Coordinator
) -> None:
    _joined(victim, coordinator, "i want to talk to a person about the break in at my flat")
    coordinator.says("Hello, I am here now. What would help you most?")
    victim.reads("What would help you most?", "coordinator")
    victim.says("someone to fix the door")
    coordinator.reads("someone to fix the door")
    coordinator.says("I will find somebody.")
    victim.reads("I will find somebody.", "coordinator")
    last = victim.page.locator(".thread .message").last
    expect(last).to_have_class("message from-coordinator")


def test_giving_back_is_said_in_plain_words(victim: Victim, coordinator: Coordinator) -> None:
    _joined(victim, coordinator, "can i speak to someone please, my bike was stolen in Hertford")
    coordinator.presses("Give back to Waymark")
    victim.reads("I'm Waymark, the computer program, and I'm here again", "system")
    victim.presses("Carry on")
    victim.reads("Are you safe right now?")


def test_closing_is_said_and_the_person_may_come_back(
    victim: Victim, coordinator: Coordinator
) -> None:
    _joined(victim, coordinator, "i would like a real person, it is about my stolen purse")
    coordinator.closes()
    victim.reads("has closed this chat", "system")
    victim.says("hello again")
    victim.reads("I'm here to help")


def test_a_note_stays_among_coordinators(victim: Victim, coordinator: Coordinator) -> None:
    _joined(victim, coordinator, "i want to talk to a person about the graffiti on my wall")
    page = coordinator.page
    page.get_by_text("Write a note").click()
    page.get_by_label("Note (only the team sees this)").fill("Knows the neighbour well")
    page.get_by_role("button", name="Keep note").click()
    coordinator.reads("Knows the neighbour well")
    victim.page.reload()
    victim.reads("You are now talking with a person", "system")
    assert not any("neighbour" in one for one in victim.thread())


def test_the_facts_and_the_evidence_stand_beside_the_thread(
    victim: Victim, coordinator: Coordinator
) -> None:
    coordinator.signs_in()
    victim.opens().says("someone broke into my house in Hatfield yesterday")
    victim.reads("Are you safe right now?")
    victim.says("no, he has come back and is in the kitchen with a knife")
    victim.reads("call 999")
    coordinator.sees_first("kitchen with a knife")
    coordinator.opens_first()
    facts = coordinator.page.get_by_label("What we know")
    expect(facts).to_contain_text("emergency")
    expect(facts).to_contain_text("knife")
    expect(facts).to_contain_text("Hatfield (welwyn-hatfield, hertfordshire)")


def test_a_stranger_sees_nothing_of_the_desk(waymark: Waymark, stranger: Coordinator) -> None:
    stranger.page.goto(f"{waymark.url}/console")
    expect(stranger.page.get_by_role("heading", name="Sign in")).to_be_visible()
    stranger.page.get_by_label("E-mail address").fill("robin@desk.example")
    stranger.page.get_by_label("Password").fill("not the password")
    stranger.page.get_by_role("button", name="Sign in").click()
    expect(stranger.page.get_by_role("alert")).to_contain_text("do not fit")


def _joined(victim: Victim, coordinator: Coordinator, words: str) -> None:
    """The person asks for somebody, and the co-ordinator takes the conversation."""
    coordinator.signs_in()
    victim.opens().says(words)
    victim.reads("I have asked a person from the team")
    coordinator.page.locator(".item .open", has_text=words[:40]).first.click()
    coordinator.takes()
    victim.reads("You are now talking with a person", "system")


@pytest.fixture
def stranger(waymark: Waymark, browser: Browser) -> Iterator[Coordinator]:
    context = browser.new_context()
    yield Coordinator(context.new_page(), waymark.url)
    context.close()
