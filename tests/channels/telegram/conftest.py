"""Telegram with a stand-in of its servers and an assistant that is not Rasa."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from channels.bell import Bell
from channels.floods import Floods
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram import asking, delivery, inbox
from channels.telegram.service import Telegram
from channels.words import Words
from knowledge.opening import Knowledge
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.fakes import FakeAssistant

PATIENCE = 10.0


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[BotApi]:
    """Telegram's server; what breaks its documented limits fails the test."""
    monkeypatch.setattr(asking, "ASK_FOR", 1)
    monkeypatch.setattr(inbox, "TRY_AGAIN_AFTER", 0.05)
    monkeypatch.setattr(delivery, "LOOK_EVERY", 0.2)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with bot_api(port) as served:
        yield served
    assert served.broken == []


@pytest.fixture
def telegram_settings(settings: Settings, api: BotApi) -> Settings:
    """Settings with a bot."""
    return settings.model_copy(update={"telegram_token": TOKEN, "telegram_api": api.url})


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def reception(
    knowledge: Knowledge, assistant: FakeAssistant, bell: Bell
) -> AsyncIterator[Reception]:
    """Reception, heard by Telegram's delivery."""
    made = Reception(knowledge.conversations, assistant, Words.load(), Lifelines.load(), bell)
    yield made
    await made.stop()
    await asyncio.sleep(0.1)  # what was broken off lets go of its connection


@pytest.fixture
def limits() -> str:
    """Whether a chat's messages are counted: a test writes faster than anybody."""
    return "off"


@pytest.fixture
async def telegram(
    telegram_settings: Settings,
    knowledge: Knowledge,
    reception: Reception,
    bell: Bell,
    limits: str,
) -> AsyncIterator[Telegram]:
    """Telegram, started."""
    floods = Floods(off=limits == "off")
    made = Telegram(telegram_settings, knowledge, reception, bell, floods)
    await made.start()
    yield made
    await made.stop()


async def soon(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return when it is so; AssertionError after a while."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not is_so():
        assert asyncio.get_running_loop().time() < deadline, "it never came to be"
        await asyncio.sleep(0.02)
