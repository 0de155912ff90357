"""The assistant fails: calm last words, the message is kept, people are called."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from channels import reception as room
from channels import second_look
from channels.assistant import AssistantFailed, RasaAssistant
from channels.bell import Bell
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.second_look import SecondLook
from channels.words import Words
from knowledge.conversations.model import Holder, Kind, Pending, Priority, Reader
from knowledge.errors import Unavailable
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant, danger

from .builders import A_WHILE, an_incoming, settled, thread_of
from .door import a_door

LAST_WORDS = Lifelines.load().last_words.text
AGAIN = Lifelines.load().again.text

ODD = [KeyError("text"), RuntimeError("odd"), ValueError("emergencyish is not a priority")]


async def test_the_last_words_begin_with_999_and_the_message_is_kept(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("empty")
    conversation = await _says(reception, knowledge, "my bike was stolen")
    thread = await thread_of(knowledge.conversations, conversation)
    assert thread == ["my bike was stolen", LAST_WORDS]
    assert LAST_WORDS.startswith("If you are in danger now, call 999.")


async def test_the_conversation_goes_to_the_queue_with_the_reason(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("ConnectError")
    conversation = await _says(reception, knowledge)
    (item,) = await knowledge.conversations.queue()
    assert item.conversation == conversation
    assert (item.state.holder, item.state.priority) == (Holder.WAITING, Priority.URGENT)
    assert item.state.reasons == ("assistant_failed",)


async def test_risk_that_was_still_seen_keeps_its_level_and_words(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("empty", danger(2, "he is at the door"))
    await _says(reception, knowledge, "he is at the door")
    (item,) = await knowledge.conversations.queue()
    assert item.state.priority is Priority.EMERGENCY
    assert item.state.reasons == ("immediate_danger", "assistant_failed")
    assert [found.text for found in item.evidence] == ["he is at the door"]


async def test_an_emergency_that_nobody_read_in_time_is_read_again(
    reception: Reception,
    knowledge: Knowledge,
    assistant: FakeAssistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(second_look, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(second_look, "AFTER_FAILURE", 0.02)
    assistant.always = AssistantFailed("TimeoutError")
    await _says(reception, knowledge, "DANGER he is at the door")
    (item,) = await knowledge.conversations.queue()
    assert item.state.priority is Priority.URGENT
    look = _second_look(knowledge, assistant)
    await look.start()
    await asyncio.sleep(0.1)  # it is away still
    assistant.always = None

    async def raised() -> bool:
        (item,) = await knowledge.conversations.queue()
        return item.state.priority is Priority.EMERGENCY

    async with asyncio.timeout(A_WHILE):
        while not await raised():
            await asyncio.sleep(0.02)
    await look.stop()
    (item,) = await knowledge.conversations.queue()
    assert item.evidence


async def test_a_restart_forgets_nothing_that_is_unread_and_reads_nothing_twice(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("TimeoutError")
    await _says(reception, knowledge, "my bike was stolen")
    await _says(reception, knowledge, "DANGER he is at the door")
    before = _second_look(knowledge, assistant)
    assert not await before.look()
    assistant.always = None
    assistant.recognised.clear()
    after = _second_look(knowledge, assistant)
    assert await after.look()
    assert await after.look()
    assert sorted(assistant.recognised) == ["DANGER he is at the door", "my bike was stolen"]
    first, second = await knowledge.conversations.queue()
    assert [one.state.priority for one in (first, second)] == [Priority.EMERGENCY, Priority.URGENT]


async def test_what_people_have_seen_is_not_read_again(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("TimeoutError")
    conversation = await _says(reception, knowledge, "my bike was stolen")
    await knowledge.alarms.acknowledge(conversation, "anna")
    assistant.always = None
    assert await _second_look(knowledge, assistant).look()
    assert assistant.recognised == []


async def test_what_was_read_and_is_harmless_is_not_read_again(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("empty", read=True)
    await _says(reception, knowledge, "my bike was stolen")
    assistant.always = None
    assert await _second_look(knowledge, assistant).look()
    assert assistant.recognised == []


def _second_look(knowledge: Knowledge, assistant: FakeAssistant) -> SecondLook:
    return SecondLook(knowledge.conversations, knowledge.alarms, assistant, Bell())


async def test_the_second_time_the_words_are_shorter(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("empty")
    conversation = await _says(reception, knowledge, "one")
    await reception.receive(an_incoming(conversation, "two"))
    await settled(reception, knowledge.conversations)
    thread = await thread_of(knowledge.conversations, conversation)
    assert thread == ["one", LAST_WORDS, "two", AGAIN]
    assert AGAIN.startswith("If you are in danger now, call 999.")


async def test_a_conversation_given_back_is_answered_by_an_assistant_that_is_well_again(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.always = AssistantFailed("empty")
    conversation = await _says(reception, knowledge, "one")
    assistant.always = None
    await reception.receive(an_incoming(conversation, "two"))
    await settled(reception, knowledge.conversations)
    assert (await thread_of(knowledge.conversations, conversation))[-1] == "answer to two"


@pytest.mark.parametrize("odd", ODD, ids=lambda error: type(error).__name__)
async def test_an_odd_failure_ends_in_last_words_too(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant, odd: Exception
) -> None:
    assistant.always = odd
    async with asyncio.timeout(1):
        conversation = await _says(reception, knowledge)
    assert (await thread_of(knowledge.conversations, conversation))[-1] == LAST_WORDS


async def test_when_the_recogniser_fails_the_co_ordinator_is_told_and_the_person_is_not(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    conversation = await _says(reception, knowledge, "one")
    await knowledge.conversations.take(conversation, "anna", "Anna joined")
    assistant.always = AssistantFailed("ConnectError")
    await reception.receive(an_incoming(conversation, "two"))
    await settled(reception, knowledge.conversations)
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert (state.holder, thread[-1].kind) == (Holder.COORDINATOR, Kind.HAND_OFF)
    assert (await thread_of(knowledge.conversations, conversation))[-1] == "two"


async def test_many_at_once_hear_of_999_soon_though_nobody_answers(
    knowledge: Knowledge,
) -> None:
    async with a_door() as door:
        door.late = 60.0
        hanging = RasaAssistant([f"http://127.0.0.1:{door.port}"], "a token", patience=1.0)
        reception = Reception(
            knowledge.conversations, hanging, Words.load(), Lifelines.load(), Bell()
        )
        people = [(await reception.open("web")).conversation for _ in range(100)]
        await asyncio.gather(
            *(reception.receive(an_incoming(one, "he is at the door")) for one in people)
        )
        async with asyncio.timeout(60):
            while await knowledge.conversations.unfinished():
                await asyncio.sleep(0.05)
        assert len(door.asked) < 2 * room.AT_ONCE  # the rest waited for nobody
        await reception.stop()
        await hanging.close()
    for one in people:
        assert await thread_of(knowledge.conversations, one) == ["he is at the door", LAST_WORDS]
    assert {one.conversation for one in await knowledge.conversations.queue()} == set(people)
    assert len(await knowledge.alarms.unread(1000)) == len(people)  # each is read again


async def test_when_the_database_is_away_for_a_moment_the_message_is_answered_later(
    reception: Reception, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TRY_AGAIN_AFTER", 0.01)
    conversation = (await reception.open("web")).conversation
    away = _Away(knowledge.conversations.next_pending, times=3)
    monkeypatch.setattr(knowledge.conversations, "next_pending", away)
    await reception.receive(an_incoming(conversation))
    async with asyncio.timeout(A_WHILE):
        while away.times:
            await asyncio.sleep(0.01)
    await settled(reception, knowledge.conversations)
    assert (await thread_of(knowledge.conversations, conversation))[-1] == "answer to hello"


class _Away:
    """A verb of knowledge that does not answer the first few times."""

    def __init__(self, verb: Callable[[str], Awaitable[Pending | None]], times: int) -> None:
        self._verb = verb
        self.times = times

    async def __call__(self, conversation: str) -> Pending | None:
        """Fail while times are left."""
        if self.times:
            self.times -= 1
            raise Unavailable("away")
        return await self._verb(conversation)


async def _says(reception: Reception, knowledge: Knowledge, text: str = "hello") -> str:
    conversation = (await reception.open("web")).conversation
    await reception.receive(an_incoming(conversation, text))
    await settled(reception, knowledge.conversations)
    return conversation
