"""A restart loses nothing and repeats nothing."""

import asyncio
import gc
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from channels.bell import Bell
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.words import Words
from knowledge.opening import open_knowledge
from tests.fakes import FakeAssistant, HandClock

from .builders import A_WHILE, an_incoming, settled, thread_of


async def test_what_was_not_answered_is_taken_up_at_the_next_start(
    sqlite_url: str, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    async with a_run(sqlite_url, assistant) as first:
        conversation = (await first.open("web")).conversation
        for text in ("one", "two"):
            await first.receive(an_incoming(conversation, text))
        await _asked(assistant, 1)
    assistant.gate.set()
    async with a_run(sqlite_url, assistant) as second:
        await settled(second, second._conversations)
        thread = await thread_of(second._conversations, conversation)
    assert thread == ["one", "two", "answer to one", "answer to two"]


async def test_a_third_start_repeats_nothing(sqlite_url: str, assistant: FakeAssistant) -> None:
    async with a_run(sqlite_url, assistant) as first:
        conversation = (await first.open("web")).conversation
        await first.receive(an_incoming(conversation, "one"))
        await settled(first, first._conversations)
    for _ in range(2):
        async with a_run(sqlite_url, assistant) as again:
            await settled(again, again._conversations)
            assert await thread_of(again._conversations, conversation) == ["one", "answer to one"]
    assert assistant.asked == ["one"]


async def test_the_interrupted_message_is_asked_again_under_the_same_id(
    sqlite_url: str, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    async with a_run(sqlite_url, assistant) as first:
        conversation = (await first.open("web")).conversation
        await first.receive(an_incoming(conversation, "one"))
        await _asked(assistant, 1)
    assistant.gate.set()
    async with a_run(sqlite_url, assistant) as second:
        await settled(second, second._conversations)
    ids = {pending.entry.message_id for pending in assistant.pending}
    assert (assistant.asked, len(ids)) == (["one", "one"], 1)


async def test_two_processes_on_one_database_answer_once(
    sqlite_url: str, assistant: FakeAssistant
) -> None:
    async with a_run(sqlite_url, assistant) as one, a_run(sqlite_url, assistant) as other:
        conversation = (await one.open("web")).conversation
        incoming = an_incoming(conversation, "one")
        await asyncio.gather(one.receive(incoming), other.receive(incoming))
        await settled(one, one._conversations)
        await settled(other, other._conversations)
        thread = await thread_of(one._conversations, conversation)
    assert thread == ["one", "answer to one"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestWarning")
async def test_stopping_at_any_moment_lets_go_of_the_database(
    migrated: Path, tmp_path: Path, assistant: FakeAssistant
) -> None:
    locked = []
    for moment in range(24):
        path = tmp_path / f"{moment}.db"
        shutil.copy(migrated, path)
        await _stopped_while_writing(path, assistant, moment)
        locked += [moment] if _is_locked(path) else []
    gc.collect()  # what was left open must not trouble the next test
    await asyncio.sleep(0.2)
    assert locked == []


@asynccontextmanager
async def a_run(url: str, assistant: FakeAssistant) -> AsyncIterator[Reception]:
    """One run of the process, from start to stop."""
    knowledge = open_knowledge(url)
    words, lifelines = Words.load(), Lifelines.load()
    reception = Reception(knowledge.conversations, assistant, words, lifelines, Bell())
    await reception.take_up()
    try:
        yield reception
    finally:
        await reception.stop()
        await knowledge.database.close()


async def _asked(assistant: FakeAssistant, times: int) -> None:
    async with asyncio.timeout(A_WHILE):
        while len(assistant.asked) < times:
            await asyncio.sleep(0.01)


async def _stopped_while_writing(path: Path, assistant: FakeAssistant, moment: int) -> None:
    """Stop reception when it keeps an answer, so many turns of the loop after it began."""
    knowledge = open_knowledge(f"sqlite:///{path}", clock := StoppingClock())
    words, lifelines = Words.load(), Lifelines.load()
    reception = Reception(knowledge.conversations, assistant, words, lifelines, Bell())
    conversation = (await reception.open("web")).conversation
    await reception.receive(an_incoming(conversation, "one"))
    clock.then = asyncio.Event()
    await clock.then.wait()
    for _ in range(moment % 12):
        await asyncio.sleep(0)
    await reception.stop()
    await knowledge.database.close()


class StoppingClock(HandClock):
    """Says when it is asked, which is in the middle of a write."""

    then: asyncio.Event | None = None

    def __call__(self) -> datetime:
        if self.then is not None:
            self.then.set()
        return super().__call__()


def _is_locked(path: Path) -> bool:
    connection = sqlite3.connect(path, timeout=0.1, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False
