"""The person's side of waiting, out of hours, call-backs: through the chat's own doors."""

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from channels.parts import Parts
from knowledge.assessment.model import Fact
from knowledge.conversations.model import (
    Audience,
    Author,
    Draft,
    Evidence,
    HandOff,
    Kind,
    Priority,
    Reader,
)
from tests.channels.builders import Desk, Person, a_browser
from tests.fakes import HandClock

ASKED = HandOff(priority=Priority.NORMAL, reasons=("asked_for_person",))


@pytest.fixture
async def asked(parts: Parts, person: Person) -> Person:
    """Somebody who waits for a person of the team."""
    await person.says("hello")
    await parts.knowledge.conversations.hand_off(person.conversation, ASKED)
    return person


async def test_the_place_is_honest_and_nothing_is_promised_without_figures(
    app: FastAPI, parts: Parts, asked: Person
) -> None:
    async with a_browser(app) as client:
        urgent = await Person.arrives(client)
        await urgent.says("hello")
        worse = HandOff(priority=Priority.URGENT, reasons=("domestic_abuse",))
        await parts.knowledge.conversations.hand_off(urgent.conversation, worse)
        await parts.waiting.look()
    last = (await _system(asked))[-1]
    assert "number 2 in line" in last
    assert "can't say how long" in last
    assert "999" in last
    page = (await asked.client.get("/")).text
    named = re.findall('"(.+?)"', last)  # what it tells to press is there, in that order
    assert named == ["Keep, change or delete this chat", "Come back later"]
    assert 0 < page.find(f">{named[0]}<") < page.find(f">{named[1]}<") < page.find('id="thread"')


async def test_the_expected_wait_is_a_range_from_what_was(
    app: FastAPI, parts: Parts, desk: Desk, asked: Person, clock: HandClock
) -> None:
    await desk.does("take", asked)
    for minutes in (2, 4, 6, 8, 12):
        async with a_browser(app) as client:
            before = await Person.arrives(client)
            await parts.knowledge.conversations.hand_off(before.conversation, ASKED)
            clock.move(minutes=minutes)
            await desk.does("take", before)
    clock.move(minutes=2)  # the figures are fresh for a minute
    async with a_browser(app) as client:
        now = await Person.arrives(client)
        await now.says("hello")
        await parts.knowledge.conversations.hand_off(now.conversation, ASKED)
        await parts.waiting.look()
        assert (
            "half of the people waited up to 4 minutes, and most of them less than 12"
            in (await _system(now))[-1]
        )


async def test_each_is_said_once_whoever_looks(parts: Parts, asked: Person) -> None:
    for _ in range(3):
        await parts.waiting.look()
    assert len(await _system(asked)) == 1


async def test_a_sign_of_life_for_whoever_is_still_there(
    parts: Parts, asked: Person, clock: HandClock
) -> None:
    await parts.waiting.look()
    clock.move(minutes=11)
    await asked.reads()  # the page asks for news
    await parts.waiting.look()
    assert "still here" in (await _system(asked))[-1]


async def test_whoever_has_gone_gets_no_words_of_ours(
    parts: Parts, asked: Person, clock: HandClock
) -> None:
    await parts.waiting.look()
    before = await _thread(parts, asked)
    clock.move(minutes=11)
    await parts.waiting.look()
    assert await _thread(parts, asked) == before


async def test_whoever_is_watched_or_left_in_a_hurry_gets_none_either(
    app: FastAPI, parts: Parts
) -> None:
    watched = HandOff(
        priority=Priority.URGENT,
        reasons=("domestic_abuse",),
        evidence=(Evidence(text="he reads this", by="rule:watched"),),
    )
    left = Draft(author=Author.SYSTEM, kind=Kind.HURRIED, audience=Audience.COORDINATORS)
    async with a_browser(app) as client:
        for hand_off, mark in ((watched, None), (ASKED, left)):
            one = await Person.arrives(client)
            await one.says("hello")
            await parts.knowledge.conversations.hand_off(one.conversation, hand_off)
            if mark:
                await parts.knowledge.conversations.remark(one.conversation, mark)
            await parts.waiting.look()
            assert await _system(one) == []


class TestOutOfHours:
    """It is 23:40, and nobody is on duty."""

    @pytest.fixture
    async def late(self, parts: Parts, asked: Person, clock: HandClock) -> Person:
        clock.now += timedelta(hours=13)
        await asked.reads()
        await parts.waiting.look()
        return asked

    async def test_a_call_back_is_agreed_on_in_the_conversation_and_kept_as_data(
        self, late: Person, parts: Parts, desk: Desk, clock: HandClock
    ) -> None:
        for choice, hears in (
            ("callback=yes", "safest way"),
            ("callback_way=phone", "leave a message"),
            ("callback_message=no", "When is it safe"),
            ("callback_time=morning", "tomorrow between 9 am and noon"),
        ):
            assert hears in (await self._chooses(late, choice))[0]
        kept = (await desk.sees(late))["assessment"]["contact"]
        assert kept["how"] == "phone"
        assert kept["safe_to_leave_message"] is False
        assert (await desk.client.get("/api/console/callbacks")).json()["callbacks"] == []
        clock.move(hours=10)
        (due,) = (await desk.client.get("/api/console/queue")).json()["callbacks"]
        assert due["way"] == "phone"
        answer = await desk.does(f"callbacks/{due['id']}", late, outcome="kept")
        assert answer.status_code == 204
        assert (await desk.client.get("/api/console/queue")).json()["callbacks"] == []

    async def test_a_call_back_that_was_ruled_out_since_is_not_made(
        self, late: Person, parts: Parts, desk: Desk, clock: HandClock
    ) -> None:
        for choice in ("callback=yes", "callback_way=text", "callback_time=morning"):
            await self._chooses(late, choice)
        never = Fact(name="contact", value={"avoid": ["text"]}, message="m", as_said="no texts")
        await parts.knowledge.assessments.keep(late.conversation, [never])
        clock.move(hours=10)
        (due,) = (await desk.client.get("/api/console/queue")).json()["callbacks"]
        answer = await desk.does(f"callbacks/{due['id']}", late, outcome="kept")
        assert answer.status_code == 409
        thread = (await desk.sees(late))["thread"]
        assert [one["details"]["why"] for one in thread if one["kind"] == "kept_back"] == [
            "ruled_out"
        ]

    async def test_no_is_taken_for_a_no(self, late: Person, parts: Parts) -> None:
        assert "Nobody will get in touch" in (await self._chooses(late, "callback=no"))[0]
        assert await parts.knowledge.callbacks.of([late.conversation]) == []

    async def test_the_assistant_is_not_needed(self, late: Person, assistant: Any) -> None:
        assistant.always = RuntimeError("away")
        assert "safest way" in (await self._chooses(late, "callback=yes"))[0]

    @staticmethod
    async def _chooses(person: Person, choice: str) -> list[str]:
        answer = await person.sends(choice=choice)
        assert answer.status_code == 202, answer.text
        return await person.hears(after=answer.json()["sequence"])


async def test_the_gate_answers_by_hand_and_notes_its_refusals(person: Person, desk: Desk) -> None:
    await person.says("hello")
    answer = await desk.does("contact", person, way="email")
    assert answer.json() == {"allowed": False, "why": "not_known_to_be_safe"}
    seen = await desk.sees(person)
    assert seen["ways"]["email"] == "not_known_to_be_safe"
    assert [one["kind"] for one in seen["thread"]][-1] == "kept_back"
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert (
        "Kept back, by email (asked by Sam): They did not say that this way is safe." in page.text
    )
    for _ in range(2):  # each asking is noted, not only the first
        await desk.does("contact", person, way="email")
    assert [one["kind"] for one in (await desk.sees(person))["thread"]].count("kept_back") == 3


async def test_silence_is_shown_at_the_desk(
    parts: Parts, person: Person, desk: Desk, clock: HandClock
) -> None:
    await person.says("DANGER")
    clock.move(minutes=6)
    await parts.watch.notice_silence()
    assert (await desk.queue())[0]["silent"] is True
    assert "silent: no sign for a while" in (await desk.client.get("/console")).text
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert "no way is known to be safe" in page.text


async def test_the_queue_shows_the_clock_and_the_sound_and_acknowledges_by_a_form(
    person: Person, desk: Desk, clock: HandClock
) -> None:
    await person.says("DANGER")
    clock.move(seconds=15)
    page = (await desk.client.get("/console")).text
    assert "0:45 left" in page
    assert 'id="sound"' in page
    path = f"/console/conversations/{person.conversation}/acknowledge"
    answer = await desk.client.post(path, data={"back": "queue"})
    assert answer.headers["location"] == "/console"
    assert "Acknowledged by Sam" in (await desk.client.get("/console")).text


async def test_figures_as_page_csv_and_api(person: Person, desk: Desk, clock: HandClock) -> None:
    await person.says("DANGER Dean is here")
    clock.move(seconds=20)
    await desk.does("take", person)
    found = (await desk.client.get("/api/console/figures?days=7")).json()
    assert found["levels"]["emergency"]["acknowledged_median"] == 20
    assert found["now"] == {"waiting": 0, "held": 1, "by": 1}
    page = (await desk.client.get("/console/figures")).text
    assert "<svg" in page
    assert "20 s" in page
    rows = (await desk.client.get("/console/figures.csv")).text
    assert "emergency,all,hand_offs,1" in rows
    for text in (str(found), page, rows):
        assert person.conversation not in text
        assert "Dean" not in text


async def _system(person: Person) -> list[str]:
    found = (await person.reads())["messages"]
    return [one["text"] for one in found if one["from"] == "system"]


async def _thread(parts: Parts, person: Person) -> int:
    _, thread = await parts.knowledge.conversations.thread(
        person.conversation, reader=Reader.PERSON
    )
    return len(thread)
