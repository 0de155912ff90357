"""Danger at every question, written, pressed and mixed in Telegram, is on the desk.

What the assistant makes of each is shown in tests/conversations/; here it is Telegram's part:
nothing that a person sends while any question stands is lost, held up or taken for its answer.
"""

import asyncio
from typing import Any

import pytest

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.telegram.service import Telegram
from knowledge.conversations.model import Holder, Priority
from knowledge.opening import Knowledge
from tests.bot_api import BotApi
from tests.fakes import FakeAssistant, danger
from tests.house import domain

from .conftest import soon

PREFIX = "utter_ask_assessment_"
HELP = "If you are in danger now, call 999."
FIRST_CHAT = 7000
PATIENCE = 60.0
QUESTIONS = {
    name.removeprefix(PREFIX): Reply(
        f"{name}: {one['text']}",
        tuple(Choice(button["title"], button["payload"]) for button in one["buttons"]),
    )
    for name, one in domain.responses()
    if name.startswith(PREFIX) and one.get("buttons")
}
CHATS = dict(enumerate(QUESTIONS, FIRST_CHAT))


def _titles(question: str) -> list[str]:
    return [one.title for one in QUESTIONS[question].choices if "field=" not in one.value]


@pytest.fixture
async def at_every_question(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> FakeAssistant:
    """A chat at each question: the safety question stands above it, unanswered."""
    assistant.plan["are you there"] = Answer((QUESTIONS["safe_now"],), None)
    assistant.plan["No"] = Answer((Reply(HELP),), danger())
    for chat, question in CHATS.items():
        assistant.plan[f"go to {question}"] = Answer((QUESTIONS[question],), None)
        api.says(chat, "are you there")
        api.says(chat, f"go to {question}")
    for chat, question in CHATS.items():
        asked = f"{PREFIX}{question}: "
        await _sees(api, chat, asked)
    return assistant


async def test_written(
    api: BotApi, at_every_question: FakeAssistant, knowledge: Knowledge
) -> None:
    for chat, question in CHATS.items():
        api.says(chat, f"DANGER at {question}")
    await _all_on_the_desk(knowledge)
    assert {f"DANGER at {question}" for question in QUESTIONS} <= set(at_every_question.asked)


async def test_pressed(
    api: BotApi, at_every_question: FakeAssistant, knowledge: Knowledge
) -> None:
    for chat in CHATS:
        api.presses_data(chat, *_button(api, chat, "No"))
    await _all_on_the_desk(knowledge)
    for chat in CHATS:
        await _sees(api, chat, HELP)


async def test_pressed_and_written_at_once(
    api: BotApi, at_every_question: FakeAssistant, knowledge: Knowledge
) -> None:
    for chat, question in CHATS.items():
        api.presses(chat, _titles(question)[-1])
        api.says(chat, f"DANGER after {question}")
    await _all_on_the_desk(knowledge)


async def _sees(api: BotApi, chat: int, words: str) -> None:
    await soon(lambda: words in " ".join(api.seen(chat)), PATIENCE)


def _button(api: BotApi, chat: int, title: str) -> tuple[dict[str, Any], str]:
    """The oldest button with this title, and the message that it stands under."""
    return next(
        (message, button["callback_data"])
        for message in api.chats[chat].values()
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in row
        if button["text"] == title
    )


async def _all_on_the_desk(knowledge: Knowledge) -> None:
    """Every chat waits for a person, as an emergency; AssertionError after a while."""
    chats = [await knowledge.chats.at("telegram", str(chat)) for chat in CHATS]
    expected = {chat.conversation for chat in chats if chat is not None}
    assert len(expected) == len(CHATS)
    async with asyncio.timeout(PATIENCE):
        while expected > {one.conversation for one in await knowledge.conversations.queue()}:
            await asyncio.sleep(0.05)
    queue = await knowledge.conversations.queue()
    assert {one.conversation for one in queue} == expected
    assert {one.state.priority for one in queue} == {Priority.EMERGENCY}
    assert {one.state.holder for one in queue} == {Holder.WAITING}
