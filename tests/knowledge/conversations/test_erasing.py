"""What is erased here is noted until it is forgotten elsewhere, whoever dies in between."""

import sqlite3
from contextlib import closing

import pytest

from knowledge import sqlite as log_of_writes
from knowledge.errors import Held
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock

from .builders import opened, pending, reply, tell


async def test_it_is_noted_until_it_is_forgotten(knowledge: Knowledge) -> None:
    talk = knowledge.conversations
    first, second = await opened(knowledge), await opened(knowledge)
    assert await talk.to_forget() == []
    for conversation in (first, second):
        await talk.erase(conversation)
    assert set(await talk.to_forget()) == {first, second}
    assert await talk.forgotten(first)
    assert await talk.to_forget() == [second]
    assert await talk.forgotten(first)  # by two at once


async def test_while_a_turn_may_be_under_way_it_must_be_forgotten_once_more(
    knowledge: Knowledge, clock: HandClock
) -> None:
    talk, conversation = knowledge.conversations, await opened(knowledge)
    await tell(talk, conversation, "hello")
    await talk.erase(conversation)
    assert await talk.to_forget() == []
    assert not await talk.forgotten(conversation)
    clock.move(minutes=1, seconds=59)
    assert await talk.to_forget() == []
    clock.move(seconds=1)
    assert await talk.to_forget() == [conversation]
    assert await talk.forgotten(conversation)
    assert await talk.to_forget() == []


async def test_a_turn_that_ended_is_waited_for_no_longer(
    knowledge: Knowledge, clock: HandClock
) -> None:
    talk = knowledge.conversations
    answered, erased_meanwhile = await opened(knowledge), await opened(knowledge)
    for conversation in (answered, erased_meanwhile):
        await tell(talk, conversation, "hello")
    await talk.answer(await pending(talk, answered), [reply()])
    await talk.erase(answered)
    assert await talk.to_forget() == [answered]
    await talk.erase(erased_meanwhile)
    assert await talk.forgotten(erased_meanwhile, its_turn_ended=True)
    clock.move(days=1)
    assert await talk.to_forget() == [answered]


async def test_what_is_not_erased_is_not_forgotten(knowledge: Knowledge, clock: HandClock) -> None:
    conversation = await opened(knowledge)
    await knowledge.retention.hold(conversation, "vera", "she may be at risk")
    with pytest.raises(Held):
        await knowledge.conversations.erase(conversation)
    clock.move(days=1)
    assert await knowledge.conversations.to_forget() == []


async def test_while_the_log_of_writes_holds_it_still_it_is_not_done(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_of_writes, "TRIES", 2)
    knowledge = open_knowledge(sqlite_url)
    conversation = await opened(knowledge)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM entries").fetchone()
        await knowledge.conversations.erase(conversation)
        assert not await knowledge.conversations.forgotten(conversation)
        assert await knowledge.conversations.to_forget() == [conversation]
        reader.rollback()
    assert await knowledge.conversations.forgotten(conversation)
    assert await knowledge.conversations.to_forget() == []
    await knowledge.database.close()
