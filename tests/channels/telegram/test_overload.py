"""Too many at once: what is written in Telegram waits for its turn, however long that takes."""

import asyncio

import pytest

from channels import crowd, floods
from channels.floods import a_minute
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.telegram import inbox, taking_in
from knowledge.chats.model import Chat
from knowledge.conversations.model import Author, Entry, Reader
from knowledge.opening import Knowledge
from tests.bot_api import BotApi
from tests.channels.builders import an_incoming
from tests.fakes import FakeAssistant

from .conftest import soon

ANN, BEN = 1401, 1402
WORDS = Lifelines.load()
A_WHILE = 30.0  # seconds; one chat is given three messages in three of them


@pytest.mark.usefixtures("telegram")
async def test_a_message_that_comes_when_all_is_full_is_answered_later(
    api: BotApi,
    reception: Reception,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for bound in ("MANY", "TOO_MANY", "FULL"):
        monkeypatch.setattr(crowd, bound, 1)
    assistant.gate.clear()
    await reception.receive(an_incoming((await reception.open("web")).conversation))
    api.says(ANN, "DANGER hello")
    await asyncio.sleep(20 * (inbox.TRIES + 1) * inbox.TRY_AGAIN_AFTER)
    assistant.gate.set()
    await soon(lambda: "answer to DANGER hello" in " ".join(api.seen(ANN)))


@pytest.mark.usefixtures("telegram")
async def test_who_waits_because_all_is_full_hears_of_999_and_is_on_the_desk(
    api: BotApi,
    knowledge: Knowledge,
    reception: Reception,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for bound in ("MANY", "TOO_MANY", "FULL"):
        monkeypatch.setattr(crowd, bound, 1)
    assistant.gate.clear()
    await reception.receive(an_incoming((await reception.open("web")).conversation))
    api.says(BEN, "hello")
    api.says(ANN, "hello")
    api.says(ANN, "DANGER he is here")  # nothing holds it back
    await soon(lambda: " ".join(api.seen(ANN)).count(WORDS.full.text) == 2, A_WHILE)
    await soon(lambda: WORDS.full.text in " ".join(api.seen(BEN)), A_WHILE)
    async with asyncio.timeout(A_WHILE):
        while not (unread := await knowledge.alarms.unread(20)):
            await asyncio.sleep(0.02)
    assert [one.entry.text for one in unread] == ["DANGER he is here"]
    (item,) = await knowledge.conversations.queue()
    assert item.conversation == unread[0].conversation
    assert assistant.asked == ["hello"]
    assistant.gate.set()
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)), A_WHILE)
    await soon(lambda: "answer to DANGER" in " ".join(api.seen(ANN)), A_WHILE)
    await soon(lambda: "answer to hello" in " ".join(api.seen(BEN)), A_WHILE)


@pytest.mark.parametrize("limits", ["on"])
@pytest.mark.usefixtures("telegram")
async def test_who_writes_too_much_hears_of_999_and_nothing_is_lost(
    api: BotApi, knowledge: Knowledge, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "MESSAGES", a_minute(2, "messages"))
    monkeypatch.setattr(floods, "IN_DANGER", a_minute(3, "in danger"))
    written = [f"line {number}" for number in range(4)] + ["DANGER he is here", "line 5"]
    for words in written:
        api.says(ANN, words)
    await soon(lambda: "answer to DANGER he is here" in " ".join(api.seen(ANN)), A_WHILE)
    assert assistant.asked == ["line 0", "line 1", "DANGER he is here"]
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    async with asyncio.timeout(A_WHILE):
        while _said(thread := await _thread(knowledge, chat)) != written:
            await asyncio.sleep(0.02)
    told = [one.text for one in thread if one.author is Author.SYSTEM]
    assert 1 <= told.count(WORDS.too_much.text) <= 2  # once in each minute of the clock
    assert taking_in.NOT_READ in told  # of the last one
    await soon(lambda: WORDS.too_much.text in " ".join(api.seen(ANN)), A_WHILE)


async def _thread(knowledge: Knowledge, chat: Chat) -> list[Entry]:
    _, thread = await knowledge.conversations.thread(chat.conversation, reader=Reader.COORDINATOR)
    return thread


def _said(thread: list[Entry]) -> list[str]:
    return [one.text for one in thread if one.author is Author.PERSON]
