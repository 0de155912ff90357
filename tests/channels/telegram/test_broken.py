"""What can't be opened, read or worked off stops nobody else, and the desk hears of it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from channels.reception import Reception
from channels.telegram.delivery import UNKNOWN
from channels.telegram.service import Telegram
from knowledge.chats.model import Chat
from knowledge.conversations.model import Author, Draft, Entry, Reader
from knowledge.opening import Knowledge
from tests.bot_api import BotApi

from .conftest import soon

ANN, BEN = 1601, 1602
SPOILT = "spoilt|rest"

pytestmark = pytest.mark.usefixtures("telegram")


async def test_a_payload_that_does_not_open_stops_nobody(
    api: BotApi, knowledge: Knowledge
) -> None:
    await _answered(api, ANN, "hello")
    async with knowledge.database.writing() as unit:
        await unit.execute(
            text(
                "INSERT INTO updates (channel, number, address, payload, at)"
                " SELECT channel, number - 500, address, :spoilt, at FROM updates LIMIT 1"
            ),
            {"spoilt": SPOILT},
        )
    await _answered(api, ANN, "are you there")
    await _answered(api, BEN, "hello")


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
