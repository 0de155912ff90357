"""Every kind of message is met: what can't be read is said, and nothing is ever downloaded."""

from typing import Any

import pytest

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.reception import Reception
from channels.telegram.links import said_by, said_by_link
from channels.telegram.service import MENU, Telegram
from knowledge.conversations.model import Author, Draft, Reader
from knowledge.opening import Knowledge
from tests.bot_api import BotApi
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 901
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 1, "height": 1}
UNREAD = "I can't open pictures, voice messages or files here"
PIN = "Your map pin is closest to Stevenage."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"voice": {**FILE, "duration": 3}}, UNREAD),
        ({"audio": {**FILE, "duration": 3}}, UNREAD),
        ({"video": {**SIZED, "duration": 3}}, UNREAD),
        ({"video_note": {**FILE, "length": 1, "duration": 3}}, UNREAD),
        ({"document": FILE}, UNREAD),
        ({"photo": [SIZED]}, UNREAD),
        (
            {"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}},
            UNREAD,
        ),
        ({"contact": {"phone_number": "07700900123", "first_name": "Bo"}}, UNREAD),
        ({"dice": {"emoji": "🎲", "value": 3}}, UNREAD),
        ({"location": {"latitude": 51.9, "longitude": -0.2}}, PIN),
        (
            {
                "location": {"latitude": 51.9, "longitude": -0.2},
                "venue": {
                    "location": {"latitude": 51.9, "longitude": -0.2},
                    "title": "a place",
                    "address": "a road",
                },
            },
            PIN,
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
async def test_what_cannot_be_read_is_said(
    api: BotApi,
    telegram: Telegram,
    assistant: FakeAssistant,
    knowledge: Knowledge,
    content: dict[str, Any],
    said: str,
) -> None:
    api.tells(ANN, content)
    await soon(lambda: said in " ".join(api.seen(ANN)))
    assert "999" in " ".join(api.seen(ANN))
    assert assistant.asked == []
    assert api.called("getFile") == []
    await soon(lambda: api.updates == [])
    kept = await knowledge.chats.undone("telegram")
    assert all("latitude" not in one.payload for one in kept)


async def test_an_answer_that_quotes_is_read_like_any_other(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    api.replies(ANN, "yes that", quoted=list(api.chats[ANN].values())[-1])
    await soon(lambda: assistant.asked == ["hello", "yes that"])


async def test_a_second_copy_of_a_question_shows_the_answer_that_counted(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    choices = (Choice("Yes", "safe_now=yes"), Choice("No", "safe_now=no"))
    assistant.plan["burgled"] = Answer((Reply("Are you safe?", choices),), None)
    api.says(ANN, "burgled")
    await soon(lambda: api.buttons(ANN) == ["Yes", "No"])
    question = list(api.chats[ANN].values())[-1]
    no = question["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    api.presses(ANN, "Yes")
    await soon(lambda: "answer to Yes" in api.seen(ANN))
    api.presses_data(ANN, question, no)
    await soon(lambda: len(api.called("editMessageReplyMarkup")) == 2)
    assert question["reply_markup"]["inline_keyboard"][0][0]["text"] == "✓ Yes"
    assert "No" not in assistant.asked


async def test_ticked_choices_are_sent_together_by_done(
    api: BotApi,
    telegram: Telegram,
    assistant: FakeAssistant,
    reception: Reception,
    knowledge: Knowledge,
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    choices = [
        {"title": title, "value": f"needs={title.lower()}", "several": True}
        for title in ("Money", "Home", "Sleep")
    ]
    asked = Draft(author=Author.ASSISTANT, text="What would help?", details={"choices": choices})
    await reception.remark(chat.conversation, asked)
    await soon(lambda: api.buttons(ANN) == ["Money", "Home", "Sleep", "Done"])
    for title in ("Money", "Sleep"):
        api.presses(ANN, title)
        await soon(lambda title=title: f"✓ {title}" in api.buttons(ANN))  # type: ignore[misc]
    api.presses(ANN, "Done")
    await soon(lambda: "answer to Money, Sleep" in api.seen(ANN))
    _, thread = await knowledge.conversations.thread(chat.conversation, reader=Reader.PERSON)
    assert [one.details for one in thread if one.text == "Money, Sleep"] == [
        {"choice": "needs=money,sleep"}
    ]


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("services", "Where can I get help near me?"),
        ("topic-burglary", "I need help after a burglary"),
        ("area-stevenage", "I live in Stevenage"),
        ("topic-vehicle_crime-area-stevenage", "I need help after a car crime in Stevenage"),
        ("topic-nothing-area-stevenage", "I live in Stevenage"),
        ("topic-nothing", None),
        ("area-atlantis", None),
        ("", None),
        ("x" * 64, None),
        ("leave", None),
    ],
)
def test_a_link_stands_for_words(payload: str, words: str | None) -> None:
    assert said_by_link(payload) == words


async def test_a_link_sets_area_and_topic(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.says(ANN, "/start topic-burglary-area-stevenage")
    await soon(lambda: assistant.asked == ["I need help after a burglary in Stevenage"])
    await soon(lambda: "Telegram keeps this chat" in " ".join(api.seen(ANN)))


@pytest.mark.parametrize("command", [name for name, _ in MENU])
async def test_every_command_of_the_menu_is_answered(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant, command: str
) -> None:
    api.says(ANN, "/start")
    await soon(lambda: "Telegram keeps this chat" in " ".join(api.seen(ANN)))
    before = len(api.called("sendMessage"))
    api.says(ANN, f"/{command}@a_bot")
    await soon(lambda: len(api.called("sendMessage")) > before)
    words = said_by(command)
    assert assistant.asked == ([words] if words else [])
