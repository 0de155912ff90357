"""Risk at any point: 999 first, the questions stop, the desk sees it within a second."""

import time

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.people import Coordinator, Victim

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("empty_queue")]

DANGER = "my ex is outside banging on the door he said hes going to kill me"


def test_danger_as_the_first_message(victim: Victim, coordinator: Coordinator) -> None:
    coordinator.signs_in()
    victim.opens().says(DANGER)
    victim.reads("call 999")
    coordinator.sees_first("banging on the door")
    answer = victim.page.locator(".from-assistant .words").nth(1).inner_text()
    assert "999" in answer.split(".")[0]


def test_danger_in_the_middle_of_a_question(victim: Victim, coordinator: Coordinator) -> None:
    coordinator.signs_in()
    victim.opens().says("somebody smashed my car window in Ware yesterday")
    victim.reads("Are you safe right now?")
    sent = time.monotonic()
    victim.says("actually " + DANGER)
    coordinator.sees_first("actually my ex is outside")
    assert time.monotonic() - sent < 3  # the browser's own slowness included
    victim.reads("I have stopped the questions")
    questions = [one for one in victim.thread() if "Do the police know" in one]
    assert questions == []


def test_danger_between_the_desks_page_and_its_stream(
    victim: Victim, coordinator: Coordinator
) -> None:
    coordinator.signs_in()
    held: list[Route] = []
    coordinator.page.route("**/api/console/events", lambda stream: held.append(stream))
    coordinator.page.reload()
    victim.opens().says(DANGER)
    victim.reads("I have stopped the questions")
    expect(coordinator.page.locator(".item")).to_have_count(0)
    held[0].continue_()
    coordinator.sees_first("banging on the door")


def test_an_unsafe_answer_by_button_is_danger(victim: Victim, coordinator: Coordinator) -> None:
    coordinator.signs_in()
    victim.opens().says("someone broke into my shed in Royston last night")
    victim.reads("Are you safe right now?")
    victim.presses("No")
    victim.reads("call 999")
    coordinator.page.reload()
    expect(coordinator.page.locator(".item.emergency").first).to_be_visible()


def test_the_questions_do_not_come_back_while_a_person_is_awaited(victim: Victim) -> None:
    victim.opens().says("he hit me again last night and took my phone. i live in Luton Road")
    victim.reads("I have stopped the questions")
    victim.says("ok")
    victim.reads("You can go on writing here while you wait")
    victim.says("last week as well")
    victim.reads("I'm still here")
    assert not any("Do the police know" in one for one in victim.thread())
