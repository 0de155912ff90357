"""Who deletes a chat leaves nothing here, also of what could not be worked off."""

import pytest
from sqlalchemy import select

from channels.assistant import AssistantFailed
from channels.telegram.service import Telegram
from knowledge.chats.tables import updates
from knowledge.opening import Knowledge
from tests.bot_api import BotApi
from tests.fakes import FakeAssistant

from .conftest import soon

ANN, BEN = 1301, 1302


async def test_what_was_set_aside_goes_too_and_what_comes_after_does_not(
    api: BotApi, telegram: Telegram, knowledge: Knowledge
) -> None:
    for chat in (ANN, BEN):
        api.says(chat, "hello")
        await soon(lambda chat=chat: "answer to hello" in " ".join(api.seen(chat)))  # type: ignore[misc]
        api.presses_data(chat, list(api.chats[chat].values())[-1], "one:no number")
    bens = api.updates[-1]["update_id"]
    api.says(ANN, "/delete_all")
    api.says(ANN, "are you there")
    await soon(lambda: "answer to are you there" in " ".join(api.seen(ANN)))
    held = {one.number: one.address for one in await knowledge.chats.undone("telegram")}
    assert str(ANN) not in held.values()
    assert held == {bens: str(BEN)}
    async with knowledge.database.reading() as unit:
        rows = (await unit.execute(select(updates))).all()
    assert str(ANN) not in {row.address for row in rows}
    found = await knowledge.chats.at("telegram", str(ANN))  # a new chat, not the deleted one
    assert found is not None


async def test_while_the_assistant_is_away_it_is_said_what_is_still_to_do(
    api: BotApi,
    telegram: Telegram,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(_: str) -> None:
        raise AssistantFailed("down")

    api.says(ANN, "hello")
    await soon(lambda: "answer to hello" in " ".join(api.seen(ANN)))
    monkeypatch.setattr(assistant, "forget", fails)
    api.says(ANN, "/delete_all")
    await soon(lambda: "Done, but for one part" in " ".join(api.seen(ANN)))
    assert len(api.chats[ANN]) == 1
    assert await knowledge.chats.at("telegram", str(ANN)) is None
