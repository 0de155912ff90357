"""Who is erased is forgotten by the assistant too, also what it was told in that moment."""

import asyncio
from collections.abc import Callable

import pytest

from channels import forgetting
from channels.assistant import AssistantFailed
from channels.reception import Reception
from knowledge.errors import NotFound, Unavailable
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant

from .builders import A_WHILE, an_incoming


async def test_it_is_told_before_and_after(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there: list[bool] = []

    async def forget(conversation: str) -> None:
        there.append(await _is_there(knowledge, conversation))

    monkeypatch.setattr(assistant, "forget", forget)
    await reception.erase((await reception.open("web")).conversation)
    assert there == [True, False]


async def test_an_answer_that_comes_too_late_is_forgotten(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    gone, stays = [(await reception.open("web")).conversation for _ in range(2)]
    assistant.gate.clear()
    for conversation in (gone, stays):
        await reception.receive(an_incoming(conversation))
    await _soon(lambda: len(assistant.asked) == 2)
    await knowledge.conversations.erase(gone)  # by another process, which has told it by now
    assert assistant.forgotten == []
    assistant.gate.set()
    await _soon(lambda: assistant.forgotten == [gone])
    assert await _is_there(knowledge, stays)


async def test_what_it_could_not_forget_at_first_stays_with_us(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(_: str) -> None:
        raise AssistantFailed("away")

    conversation = (await reception.open("web")).conversation
    monkeypatch.setattr(assistant, "forget", fails)
    with pytest.raises(Unavailable):
        await reception.erase(conversation)
    assert await _is_there(knowledge, conversation)


async def test_what_it_could_not_forget_later_is_tried_until_it_did(
    reception: Reception,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[str] = []

    async def forget(conversation: str) -> None:
        tries.append(conversation)
        if len(tries) in (2, 3):
            raise AssistantFailed("away")

    monkeypatch.setattr(forgetting, "TRY_AGAIN_AFTER", 0.01)
    monkeypatch.setattr(assistant, "forget", forget)
    conversation = (await reception.open("web")).conversation
    await reception.erase(conversation)
    assert tries == [conversation] * 4
    assert len(caplog.records) == 2
    assert conversation not in caplog.text


async def _is_there(knowledge: Knowledge, conversation: str) -> bool:
    try:
        await knowledge.conversations.check_erasable(conversation)
    except NotFound:
        return False
    return True


async def _soon(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(A_WHILE):
        while not true():
            await asyncio.sleep(0.01)
