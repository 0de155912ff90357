"""What a person in Telegram writes and presses, and what they see."""

import asyncio

import pytest

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.reception import Reception
from channels.telegram import delivery
from channels.telegram.service import Telegram
from knowledge.conversations.model import Author, Draft, Entry, Holder, Kind, Priority, Reader
from knowledge.opening import Knowledge
from tests.bot_api import BotApi
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 501
PASSWORD = "a long enough password"
SAFE = Reply("Are you safe?", (Choice("Yes, I am", "safe_now=yes"), Choice("No", "safe_now=no")))


async def _thread(knowledge: Knowledge, chat: int = ANN) -> list[Entry]:
    found = await knowledge.chats.at("telegram", str(chat))
    assert found is not None
    _, thread = await knowledge.conversations.thread(found.conversation, reader=Reader.COORDINATOR)
    return thread


async def test_the_first_words_are_greeted_and_answered(api: BotApi, telegram: Telegram) -> None:
    api.says(ANN, "my bike was stolen")
    await soon(lambda: "answer to my bike was stolen" in " ".join(api.seen(ANN)))
    assert "I'm Waymark" in api.seen(ANN)[0]


async def test_an_answer_wakes_who_brings_it(
    api: BotApi, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    monkeypatch.setattr(delivery, "LOOK_EVERY", 3600.0)  # nobody looks by chance
    await asyncio.sleep(1)  # the looks that were begun before are over
    api.says(ANN, "my bike was stolen")
    await soon(lambda: "answer to my bike was stolen" in " ".join(api.seen(ANN)))


async def test_start_is_greeted_and_says_what_telegram_keeps(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.says(ANN, "/start")
    await soon(lambda: "Telegram keeps this chat" in " ".join(api.seen(ANN)))
    assert "I'm Waymark" in " ".join(api.seen(ANN))
    assert assistant.asked == []


async def test_a_choice_is_a_button_that_works_once(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant, knowledge: Knowledge
) -> None:
    assistant.plan["burgled"] = Answer((SAFE,), None)
    api.says(ANN, "burgled")
    await soon(lambda: api.buttons(ANN) == ["Yes, I am", "No"])
    question = list(api.chats[ANN].values())[-1]
    pressed = api.presses(ANN, "Yes, I am")
    await soon(lambda: "answer to Yes, I am" in api.seen(ANN))
    assert question["reply_markup"]["inline_keyboard"][0][0]["text"] == "✓ Yes, I am"
    api.repeats(pressed)
    api.presses_data(ANN, question, "one:4:1")
    await soon(lambda: api.updates == [])
    said = [one.text for one in await _thread(knowledge) if one.author is Author.PERSON]
    assert said == ["burgled", "Yes, I am"]


async def test_several_choices_are_ticked_and_sent_together(
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
        {"title": title, "value": f"needs={value}", "several": True}
        for title, value in (("Money", "finance_benefits"), ("My home", "shelter_accommodation"))
    ]
    question = Draft(
        author=Author.ASSISTANT, text="What would help?", details={"choices": choices}
    )
    await reception.remark(chat.conversation, question)
    await soon(lambda: api.buttons(ANN) == ["Money", "My home", "Done"])
    api.presses(ANN, "Money")
    await soon(lambda: "✓ Money" in api.buttons(ANN))
    assert api.buttons(ANN) == ["✓ Money", "My home", "Done"]
    api.presses(ANN, "✓ Money")
    await soon(lambda: "Money" in api.buttons(ANN))


async def test_the_desk_is_told_what_this_channel_cannot_do(
    api: BotApi, telegram: Telegram, knowledge: Knowledge
) -> None:
    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    notes = [one.text for one in await _thread(knowledge) if one.kind is Kind.NOTE]
    assert len(notes) == 1
    assert "can't be opened here" in notes[0]
    assert "can't be opened here" not in " ".join(api.seen(ANN))


async def test_danger_is_on_the_desk(
    api: BotApi, telegram: Telegram, knowledge: Knowledge
) -> None:
    api.says(ANN, "DANGER he is here")
    await soon(lambda: len(api.seen(ANN)) >= 1)
    await soon(lambda: "answer to DANGER" in " ".join(api.seen(ANN)))
    (item,) = await knowledge.conversations.queue()
    assert (item.state.priority, item.channel) == (Priority.EMERGENCY, "telegram")


async def test_urgent_goes_through_the_recogniser_like_any_words(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.says(ANN, "/urgent")
    await soon(lambda: assistant.asked)
    assert assistant.asked == ["/urgent: I am not safe and need to talk to a person now"]


async def test_a_changed_message_is_read_again(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.tells(ANN, {"text": "no he is here", "edit_date": 1}, kind="edited_message")
    await soon(lambda: assistant.asked == ["no he is here"])


async def test_what_cannot_be_read_is_said_and_its_words_are_read(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    api.tells(ANN, {"photo": photo, "caption": "look what they did"})
    await soon(lambda: "I can't open pictures" in " ".join(api.seen(ANN)))
    await soon(lambda: assistant.asked == ["look what they did"])


async def test_a_place_on_the_map_is_asked_about_used_once_and_not_kept(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant, knowledge: Knowledge
) -> None:
    api.tells(ANN, {"location": {"latitude": 51.8112, "longitude": -0.0309}})
    await soon(lambda: "May I use Ware?" in " ".join(api.seen(ANN)))
    assert assistant.asked == []
    api.presses(ANN, "Ware")
    await soon(lambda: assistant.asked == ["Ware"])
    await soon(lambda: "answer to Ware" in " ".join(api.seen(ANN)))
    chat = await knowledge.chats.at("telegram", str(ANN))
    assert chat is not None
    _, thread = await knowledge.conversations.thread(chat.conversation, reader=Reader.COORDINATOR)
    assert not any("51.8" in f"{one.text} {one.details}" for one in thread)
    assert await knowledge.chats.undone("telegram") == []


async def test_a_place_on_the_map_that_is_none_of_ours_is_not_used(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.tells(ANN, {"location": {"latitude": 51.5072, "longitude": -0.1276}})
    await soon(lambda: "I don't know a place near" in " ".join(api.seen(ANN)))
    assert assistant.asked == []


async def test_a_long_answer_is_split_at_sentences(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    sentence = "This is a sentence of the answer. "
    assistant.plan["tell me"] = Answer((Reply(sentence * 200),), None)
    api.says(ANN, "tell me")
    await soon(lambda: len(api.seen(ANN)) >= 3)
    assert all(text.endswith(".") for text in api.seen(ANN)[1:])
    assert " ".join(api.seen(ANN)[1:]).count("sentence of the answer") == 200


async def test_signs_stay_as_they_are(api: BotApi, telegram: Telegram) -> None:
    strange = "<b>it's</b> *me* _O'Brien_ [x](y) \\ `"
    api.says(ANN, strange)
    await soon(lambda: f"answer to {strange}" in " ".join(api.seen(ANN)))


async def test_a_group_is_left_with_one_neutral_line(
    api: BotApi, telegram: Telegram, assistant: FakeAssistant
) -> None:
    api.becomes(-77, "member", kind="group")
    await soon(lambda: api.called("leaveChat"))
    assert api.seen(-77) == ["I only answer in private chats: https://t.me/a_bot"]
    assert assistant.asked == []


async def test_a_coordinator_answers_as_on_the_web(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, reception: Reception
) -> None:
    api.says(ANN, "DANGER")
    await soon(lambda: "answer to DANGER" in " ".join(api.seen(ANN)))
    await knowledge.coordinators.add(email="kim@waymark.example", name="Kim", password=PASSWORD)
    signed_in = await knowledge.coordinators.sign_in("kim@waymark.example", PASSWORD)
    kim = signed_in.coordinator
    (item,) = await knowledge.conversations.queue()
    await reception.take(item.conversation, kim)
    await reception.say(item.conversation, kim, "Hello, I'm Kim.", "m1")
    await reception.note(item.conversation, kim, "a note among us")
    await soon(lambda: "Hello, I'm Kim." in " ".join(api.seen(ANN)))
    api.says(ANN, "thank you")
    await soon(lambda: api.updates == [])
    state, _ = await knowledge.conversations.thread(item.conversation, reader=Reader.PERSON)
    assert state.holder is Holder.COORDINATOR
    assert "a note among us" not in " ".join(api.seen(ANN))
