"""Too many at once: what is written in Telegram waits for its turn, however long that takes."""

import asyncio

import pytest

from channels import crowd
from channels.reception import Reception
from channels.telegram import inbox
from tests.bot_api import BotApi
from tests.channels.builders import an_incoming
from tests.fakes import FakeAssistant

from .conftest import soon

ANN = 1401


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
