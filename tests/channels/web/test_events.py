"""Messages as server-sent events."""

import asyncio

import pytest
from fastapi import FastAPI

from channels.bell import Bell
from channels.parts import Parts
from channels.web.reading import new_messages
from knowledge.conversations.operations import Conversations
from tests.channels.builders import Desk, Listener, Person


async def test_messages_come_with_their_sequence_as_id(app: FastAPI, person: Person) -> None:
    async with Listener(app, f"{person.home}/events", person.key) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        greeting = await stream.event()
        assert (greeting["event"], greeting["id"]) == ("message", "1")
        assert (await stream.event())["data"] == {"holder": "assistant"}
        await person.sends(text="hello")
        seen = [await stream.event() for _ in range(2)]
    assert [one["data"]["text"] for one in seen] == ["hello", "answer to hello"]
    assert [one["id"] for one in seen] == ["2", "3"]


async def test_the_stream_goes_on_after_the_last_event_seen(app: FastAPI, person: Person) -> None:
    await person.says("hello")
    headers = {**person.key, "Last-Event-ID": "2"}
    async with Listener(app, f"{person.home}/events?after=1", headers) as stream:
        assert (await stream.event())["data"]["text"] == "answer to hello"


async def test_the_person_hears_at_once_who_holds_the_conversation(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    await person.says("hello")
    async with Listener(app, f"{person.home}/events?after=3", person.key) as stream:
        assert (await stream.event())["data"] == {"holder": "assistant"}
        await desk.does("take", person)
        async with asyncio.timeout(1):
            joined = await stream.event()
            holder = await stream.event()
    assert joined["data"]["text"].startswith("Sam from the team has joined")
    assert holder == {"event": "holder", "data": {"holder": "coordinator"}}


async def test_a_note_is_no_event(app: FastAPI, person: Person, desk: Desk) -> None:
    await desk.does("take", person)
    async with Listener(app, f"{person.home}/events?after=2", person.key) as stream:
        await stream.event()
        await desk.does("notes", person, text="between us")
        await desk.does("messages", person, text="hello there")
        assert (await stream.event())["data"]["text"] == "hello there"


@pytest.mark.parametrize("last", ["x", "1.5", ""])
async def test_a_last_event_that_makes_no_sense_is_refused(
    app: FastAPI, person: Person, last: str
) -> None:
    headers = {**person.key, "Last-Event-ID": last}
    async with Listener(app, f"{person.home}/events", headers) as stream:
        assert stream.status == 422


async def test_a_stream_ends_calmly_when_the_conversation_is_deleted(
    app: FastAPI, person: Person
) -> None:
    async with Listener(app, f"{person.home}/events", person.key) as stream:
        await stream.event()
        await person.client.delete(person.home, headers=person.key)
        assert await stream.end()


async def test_who_waits_is_woken_by_what_comes_while_they_look(
    person: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ring comes after the look and before the waiting begins."""
    bell, conversations = Bell(), parts.knowledge.conversations
    looking = conversations.thread
    looked: list[object] = []

    async def look_and_be_overtaken(*args: object, **named: object) -> object:
        found = await looking(*args, **named)  # type: ignore[arg-type]
        if not looked:
            looked.append(found)
            await person.sends(text="hello")
            bell.ring(person.conversation)
        return found

    monkeypatch.setattr(conversations, "thread", look_and_be_overtaken)
    await _comes_within(conversations, bell, person.conversation, seconds=1)


async def _comes_within(
    conversations: Conversations, bell: Bell, conversation: str, seconds: float
) -> None:
    async with asyncio.timeout(seconds):
        found = await new_messages(conversations, bell, conversation, after=1, wait=5)
    assert found["messages"]
