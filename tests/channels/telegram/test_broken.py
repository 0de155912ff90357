"""What can't be opened, read or worked off stops nobody else, and the desk hears of it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from telegram.ext import ExtBot

from channels.lifelines import Lifelines
from channels.reception import Incoming, Reception
from channels.telegram import broken, delivery, inbox
from channels.telegram.delivery import UNKNOWN
from channels.telegram.outgoing import Outgoing
from channels.telegram.render import Part
from channels.telegram.service import Telegram
from knowledge.chats import store
from knowledge.chats.model import Chat, Update
from knowledge.conversations.line import QueueItem
from knowledge.conversations.model import Author, Draft, Entry, Priority, Reader, Received
from knowledge.opening import Knowledge
from tests.bot_api import BotApi, Failure

from .conftest import soon

ANN, BEN = 1601, 1602
SPOILT = "spoilt|rest"
NOT_TAKEN_IN = Lifelines.load().not_taken_in.text

pytestmark = pytest.mark.usefixtures("telegram")


async def test_a_payload_that_does_not_open_stops_nobody(
    api: BotApi, knowledge: Knowledge
) -> None:
    await _answered(api, ANN, "hello")
    spoilt = Update(channel="telegram", number=1, address=str(ANN), payload="{}")
    async with knowledge.database.writing() as unit:
        await store.add_update(unit, spoilt, knowledge.clock())
        await unit.execute(
            text("UPDATE updates SET payload = :spoilt WHERE number = 1"), {"spoilt": SPOILT}
        )
    await _answered(api, ANN, "are you there")
    await _answered(api, BEN, "hello")
    await soon(lambda: NOT_TAKEN_IN in " ".join(api.seen(ANN)))
    assert len(await knowledge.conversations.queue()) == 1


async def test_an_address_that_does_not_open_stops_nobody(
    api: BotApi, knowledge: Knowledge, reception: Reception
) -> None:
    await _answered(api, ANN, "hello")
    chat = await _chat(knowledge, ANN)
    async with knowledge.database.writing() as unit:
        await unit.execute(text("UPDATE chats SET address = :spoilt"), {"spoilt": SPOILT})
    await reception.remark(chat.conversation, Draft(author=Author.SYSTEM, text="a word of ours"))
    await _answered(api, BEN, "hello")
    assert UNKNOWN in [one.text for one in await _thread(knowledge, ANN)]
    assert "a word of ours" not in " ".join(api.seen(ANN))
    api.says(ANN, "are you there")  # who writes says where they are
    await soon(lambda: "a word of ours" in " ".join(api.seen(ANN)))


async def test_an_odd_error_of_one_look_does_not_end_the_inbox(
    api: BotApi, telegram: Telegram, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(api, ANN, "hello")
    happened = asyncio.Event()

    async def odd(*_: Any, **__: Any) -> Any:
        happened.set()
        raise RuntimeError("odd")

    with monkeypatch.context() as patched:
        patched.setattr(knowledge.chats, "undone", odd)
        api.says(ANN, "are you there")
        await asyncio.wait_for(happened.wait(), 10)
    await soon(lambda: "answer to are you there" in " ".join(api.seen(ANN)))
    assert not telegram.ended()


async def test_words_that_break_us_are_taken_in_all_the_same(
    api: BotApi, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    api.says(ANN, "DANGER he is here", date="no date")
    api.says(ANN, "hurry")
    await soon(lambda: "answer to DANGER he is here" in " ".join(api.seen(ANN)))
    await soon(lambda: "answer to hurry" in " ".join(api.seen(ANN)))
    (item,) = await knowledge.conversations.queue()
    assert item.state.priority is Priority.EMERGENCY
    assert await knowledge.chats.undone("telegram") == []
    assert "DANGER" not in caplog.text


async def test_an_update_of_no_known_form_holds_back_nobody(api: BotApi) -> None:
    await _answered(api, ANN, "hello")
    api.tells(BEN, {"text": "hello", "chat": {"id": "odd"}})
    await _answered(api, ANN, "are you there")


async def test_words_that_break_us_in_every_way_are_on_the_desk_and_tried_again(
    api: BotApi, knowledge: Knowledge, reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(api, ANN, "hello")
    tries = 0

    async def breaks(_: Incoming) -> Received:
        nonlocal tries
        tries += 1
        raise RuntimeError("odd")

    monkeypatch.setattr(inbox, "SET_ASIDE_FOR", 0.1)
    with monkeypatch.context() as patched:
        patched.setattr(reception, "receive", breaks)
        api.says(ANN, "he is here")
        await soon(lambda: NOT_TAKEN_IN in " ".join(api.seen(ANN)))
        await soon(lambda: tries > 3 * inbox.TRIES)
        (item,) = await knowledge.conversations.queue()
        assert item.state.priority is Priority.URGENT
        assert item.state.reasons == ("assistant_failed",)
        assert [one.text for one in await _thread(knowledge, ANN)].count(broken.NOTE) == 1
    await soon(lambda: "answer to he is here" in " ".join(api.seen(ANN)))


async def test_a_press_that_breaks_us_calls_somebody_and_what_was_to_be_done_is_told(
    api: BotApi, knowledge: Knowledge
) -> None:
    await _answered(api, ANN, "hello")
    api.fails("sendMessage", Failure(500, "Internal Server Error"), times=inbox.TRIES)
    api.says(ANN, "/web")
    await soon(lambda: NOT_TAKEN_IN in " ".join(api.seen(ANN)))
    assert await knowledge.conversations.queue() == []
    assert await knowledge.chats.undone("telegram") == []
    api.presses_data(ANN, list(api.chats[ANN].values())[-1], "one:no number")
    await soon(lambda: " ".join(api.seen(ANN)).count(NOT_TAKEN_IN) == 2)
    assert [one.channel for one in await knowledge.conversations.queue()] == ["telegram"]


async def test_what_can_not_be_brought_for_a_reason_unforeseen_is_tried_slowly_and_told(
    api: BotApi, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(api, ANN, "hello")
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.2)
    tries = 0

    def odd(*_: object) -> list[Part]:
        nonlocal tries
        tries += 1
        raise RuntimeError("odd")

    with monkeypatch.context() as patched:
        patched.setattr(Outgoing, "way", odd)
        api.says(ANN, "are you there")
        queue = await _queue(knowledge)
        assert tries == delivery.ODD_TRIES
        assert queue[0].state.priority is Priority.URGENT
        await asyncio.sleep(1.0)
        assert tries <= delivery.ODD_TRIES + 2
    await soon(lambda: "answer to are you there" in " ".join(api.seen(ANN)))
    assert [one.text for one in await _thread(knowledge, ANN)].count(delivery.STUCK) == 1


async def test_what_is_taken_and_breaks_us_is_not_sent_for_ever(
    api: BotApi, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _answered(api, ANN, "hello")
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.05)
    sends = ExtBot.send_message

    async def odd(*given: Any, **more: Any) -> Any:
        await sends(*given, **more)
        raise RuntimeError("odd")

    with monkeypatch.context() as patched:
        patched.setattr(ExtBot, "send_message", odd)
        api.says(ANN, "are you there")
        await _queue(knowledge)
        await asyncio.sleep(1.0)
    await _answered(api, ANN, "I am here")
    assert " ".join(api.seen(ANN)).count("answer to are you there") == delivery.ODD_TRIES


async def _answered(api: BotApi, person: int, words: str) -> None:
    api.says(person, words)
    await soon(lambda: f"answer to {words}" in " ".join(api.seen(person)))


async def _thread(knowledge: Knowledge, person: int) -> list[Entry]:
    chat = await _chat(knowledge, person)
    _, thread = await knowledge.conversations.thread(chat.conversation, reader=Reader.COORDINATOR)
    return thread


async def _chat(knowledge: Knowledge, person: int) -> Chat:
    chat = await knowledge.chats.at("telegram", str(person))
    assert chat is not None
    return chat


async def _queue(knowledge: Knowledge) -> list[QueueItem]:
    """Who waits for people, as soon as somebody does."""
    async with asyncio.timeout(30):
        while not (queue := await knowledge.conversations.queue()):
            await asyncio.sleep(0.05)
    return queue
