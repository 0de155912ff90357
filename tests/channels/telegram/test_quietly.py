"""Leaving, deleting, and messages that say nothing on a locked screen."""

from datetime import timedelta

import pytest

from channels.reception import Reception
from channels.settings import Settings
from channels.telegram import delivery, leaving
from channels.telegram.service import Telegram
from knowledge.conversations.model import Author, Draft, Reader
from knowledge.errors import NotFound
from knowledge.opening import Knowledge
from knowledge.returning.operations import Returning
from tests.bot_api import BotApi, Failure
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 502
LATER = Draft(author=Author.ASSISTANT, text="Here is more about the break-in.")


async def _conversation(knowledge: Knowledge) -> str:
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    return chat.conversation


async def test_leaving_clears_the_chat_and_sends_nothing_more(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, reception: Reception
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    api.says(ANN, "/leave")
    await soon(lambda: "I can't clear what is older" in " ".join(api.seen(ANN)))
    assert len(api.chats[ANN]) == 1
    await reception.remark(await _conversation(knowledge), LATER)
    api.says(ANN + 1, "somebody else")
    await soon(lambda: "answer to somebody else" in " ".join(api.seen(ANN + 1)))
    assert len(api.chats[ANN]) == 1
    api.says(ANN, "I am back")
    await soon(lambda: "answer to I am back" in " ".join(api.seen(ANN)))
    assert LATER.text in " ".join(api.seen(ANN))


async def test_deleting_takes_two_steps_and_reaches_everything(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    conversation = await _conversation(knowledge)
    api.says(ANN, "/delete")
    await soon(lambda: "/delete_all" in " ".join(api.seen(ANN)))
    await knowledge.conversations.queue()
    api.says(ANN, "/delete_all")
    await soon(lambda: "It is gone from our computers" in " ".join(api.seen(ANN)))
    assert assistant.forgotten == [conversation]
    assert await knowledge.conversations.to_forget() == []
    assert len(api.chats[ANN]) == 1
    assert await knowledge.chats.at("telegram", str(ANN)) is None
    with pytest.raises(NotFound):
        await knowledge.assessments.read(conversation)


async def test_words_stay_covered_until_they_are_asked_for(
    api: BotApi,
    telegram: Telegram,
    knowledge: Knowledge,
    reception: Reception,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    api.says(ANN, "/quiet")
    await soon(lambda: "comes without its words" in " ".join(api.seen(ANN)))
    monkeypatch.setattr(delivery, "AT_THE_SCREEN", timedelta(0))
    await reception.remark(await _conversation(knowledge), LATER)
    await soon(lambda: api.seen(ANN)[-1] == "You have a message.")
    api.presses(ANN, "Show")
    await soon(lambda: api.seen(ANN)[-1] == LATER.text)


async def test_a_blocked_bot_ends_cleanly_and_the_desk_is_told(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, reception: Reception
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    conversation = await _conversation(knowledge)
    api.fails("sendMessage", Failure(403, "Forbidden: bot was blocked by the user"))
    await reception.remark(conversation, LATER)
    await soon(lambda: api.failures["sendMessage"] == [])
    api.says(ANN + 1, "somebody else")
    await soon(lambda: "answer to somebody else" in " ".join(api.seen(ANN + 1)))
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    assert chat.paused


async def test_words_to_go_on_with_on_the_web_open_the_conversation(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, settings: Settings
) -> None:
    api.says(ANN, "/web")
    await soon(lambda: "/come-back" in " ".join(api.seen(ANN)))
    phrase = api.seen(ANN)[-1].partition("with these words: ")[2].partition("\n")[0]
    returning = Returning(knowledge.database, knowledge.clock, settings.return_key)
    conversation = await _conversation(knowledge)
    assert (await returning.come_back(phrase)).conversation == conversation
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert phrase not in " ".join(entry.text for entry in thread)
    api.says(ANN, "/leave")
    await soon(lambda: "I can't clear what is older" in " ".join(api.seen(ANN)))
    assert phrase not in " ".join(api.seen(ANN))


async def test_leaving_says_what_stays_and_asks_only_for_what_may_be_deleted(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    monkeypatch.setattr(leaving, "DELETABLE_FOR", timedelta(0))
    api.says(ANN, "/leave")
    await soon(lambda: "I can't clear what is older than two days" in " ".join(api.seen(ANN)))
    assert api.called("deleteMessages") == []


async def test_what_is_being_sent_while_somebody_leaves_is_cleared_too(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, reception: Reception
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    slow = Failure(0, "", after_effect=True, late=0.5)
    api.fails("sendMessage", slow)
    await reception.remark(await _conversation(knowledge), LATER)
    await soon(lambda: LATER.text in " ".join(api.seen(ANN)))
    api.says(ANN, "/leave")
    await soon(lambda: "I can't clear what is older" in " ".join(api.seen(ANN)))
    assert len(api.chats[ANN]) == 1
