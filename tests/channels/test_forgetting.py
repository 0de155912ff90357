"""Who is erased is forgotten by the assistant too, also what it was told in that moment."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from channels import forgetting
from channels.assistant import AssistantFailed
from channels.forgetting import Forgetting
from channels.reception import Reception
from knowledge.errors import NotFound, Unavailable
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant, HandClock

from .builders import A_WHILE, an_incoming


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "LOOK_EVERY", 0.02)


@pytest.fixture
def clock(knowledge: Knowledge) -> HandClock:
    """The clock of what is erased, in our hands."""
    knowledge.conversations._clock = made = HandClock()
    return made


async def test_it_is_told_after_and_nothing_is_left_to_do(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there: list[bool] = []

    async def forget(conversation: str) -> None:
        there.append(await _is_there(knowledge, conversation))

    monkeypatch.setattr(assistant, "forget", forget)
    assert await reception.erase((await reception.open("web")).conversation)
    assert there == [False]
    assert await knowledge.conversations.to_forget() == []


async def test_an_answer_that_comes_too_late_is_forgotten(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant, clock: HandClock
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
    await _soon(lambda: not reception._at_work)
    clock.move(days=1)
    assert await knowledge.conversations.to_forget() == []


async def test_who_deletes_waits_for_the_turn_under_way(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant, clock: HandClock
) -> None:
    conversation = (await reception.open("web")).conversation
    assistant.gate.clear()
    await reception.receive(an_incoming(conversation))
    await _soon(lambda: len(assistant.asked) == 1)
    erasing = asyncio.create_task(reception.erase(conversation))
    await asyncio.sleep(0.1)
    assert not await _is_there(knowledge, conversation)  # what is ours goes at once
    assert assistant.forgotten == []
    assistant.gate.set()
    assert await erasing
    clock.move(days=1)
    assert await knowledge.conversations.to_forget() == []


async def test_while_the_assistant_is_away_all_that_is_ours_goes_at_once(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = (await reception.open("web")).conversation
    with monkeypatch.context() as patched:
        patched.setattr(assistant, "forget", _fails)
        async with _the_job(knowledge, assistant):
            assert not await reception.erase(conversation)
            assert not await _is_there(knowledge, conversation)
            await _soon(lambda: any(one.levelname == "ERROR" for one in caplog.records))
        assert await knowledge.conversations.to_forget() == [conversation]
    async with _the_job(knowledge, assistant):
        await _nothing_left(knowledge)
    assert assistant.forgotten == [conversation]
    assert conversation not in caplog.text


async def test_a_hanging_assistant_keeps_nobody_waiting_for_long(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def hangs(_: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(assistant, "forget", hangs)
    monkeypatch.setattr(forgetting, "WAITS", 0.1)
    conversation = (await reception.open("web")).conversation
    async with asyncio.timeout(A_WHILE):
        assert not await reception.erase(conversation)
    assert await knowledge.conversations.to_forget() == [conversation]


async def test_a_kill_after_erasing_leaves_no_memory(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant, clock: HandClock
) -> None:
    conversation = (await reception.open("web")).conversation
    assistant.gate.clear()
    await reception.receive(an_incoming(conversation))
    await _soon(lambda: len(assistant.asked) == 1)
    await knowledge.conversations.erase(conversation)
    await reception.stop()  # it never learns how the turn ended, nor that it must be forgotten
    async with _the_job(knowledge, assistant):
        await asyncio.sleep(0.1)
        assert assistant.forgotten == []  # the turn may still end, and be remembered
        clock.move(minutes=2)
        await _nothing_left(knowledge)
    assert assistant.forgotten == [conversation]


async def test_one_that_can_not_be_forgotten_holds_up_no_other(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stuck, *others = [(await reception.open("web")).conversation for _ in range(3)]
    for conversation in (stuck, *others):
        await knowledge.conversations.erase(conversation)
    forget = assistant.forget

    async def refuses(conversation: str) -> None:
        await (_fails if conversation == stuck else forget)(conversation)

    monkeypatch.setattr(assistant, "forget", refuses)
    assert not await Forgetting(knowledge.conversations, assistant).look()
    assert set(assistant.forgotten) == set(others)
    assert await knowledge.conversations.to_forget() == [stuck]


async def test_while_the_database_is_away_the_job_goes_on(
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def away() -> list[str]:
        raise Unavailable("MARKED")

    async with _the_job(knowledge, assistant):
        with monkeypatch.context() as patched:
            patched.setattr(knowledge.conversations, "to_forget", away)
            await _soon(lambda: len(caplog.records) > 1)
        assert "MARKED" not in caplog.text


@asynccontextmanager
async def _the_job(knowledge: Knowledge, assistant: FakeAssistant) -> AsyncIterator[None]:
    """What one process does for all, at work."""
    job = Forgetting(knowledge.conversations, assistant)
    await job.start()
    yield
    await job.stop()


async def _fails(_: str) -> None:
    raise AssistantFailed("away")


async def _is_there(knowledge: Knowledge, conversation: str) -> bool:
    try:
        await knowledge.conversations.check_erasable(conversation)
    except NotFound:
        return False
    return True


async def _nothing_left(knowledge: Knowledge) -> None:
    async with asyncio.timeout(A_WHILE):
        while await knowledge.conversations.to_forget():
            await asyncio.sleep(0.01)


async def _soon(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(A_WHILE):
        while not true():
            await asyncio.sleep(0.01)
