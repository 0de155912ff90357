"""Who answers a message, in which order, and how often."""

import asyncio

import pytest

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.reception import Reception, UnknownChoice
from channels.words import Say
from knowledge.conversations.model import Holder, Priority, Reader
from knowledge.errors import NotFound
from knowledge.opening import Knowledge
from tests.fakes import FakeAssistant

from .builders import A_WHILE, an_incoming, settled, thread_of

MANY = 8


async def test_a_new_conversation_is_greeted_with_999(
    reception: Reception, knowledge: Knowledge
) -> None:
    opened = await reception.open("web")
    _, (greeting,) = await knowledge.conversations.thread(
        opened.conversation, reader=Reader.PERSON
    )
    assert "computer program" in greeting.text
    assert "999" in greeting.text


async def test_messages_are_answered_in_order_one_at_a_time(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    conversation = (await reception.open("web")).conversation
    texts = [f"message {number}" for number in range(MANY)]
    for text in texts:
        await reception.receive(an_incoming(conversation, text))
    await settled(reception, knowledge.conversations)
    assert assistant.asked == texts
    assert assistant.at_once_in[conversation] == 1
    answers = (await thread_of(knowledge.conversations, conversation))[-MANY:]
    assert set(answers) <= {f"answer to {text}" for text in texts} | set(texts)


async def test_many_conversations_are_answered_side_by_side(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    assistant.gate.clear()
    conversations = [(await reception.open("web")).conversation for _ in range(MANY)]
    for conversation in conversations:
        await reception.receive(an_incoming(conversation))
    async with asyncio.timeout(A_WHILE):
        while assistant.at_once < MANY:
            await asyncio.sleep(0.01)
    assistant.gate.set()
    await settled(reception, knowledge.conversations)
    for conversation in conversations:
        assert await thread_of(knowledge.conversations, conversation) == [
            "hello",
            "answer to hello",
        ]


async def test_a_slow_conversation_holds_up_no_other(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    slow, quick = [(await reception.open("web")).conversation for _ in range(2)]
    assistant.gate.clear()
    await reception.receive(an_incoming(slow))
    await reception.receive(an_incoming(quick))
    async with asyncio.timeout(A_WHILE):
        while len(assistant.asked) < 2:
            await asyncio.sleep(0.01)
    assert max(assistant.at_once_in.values()) == 1


async def test_the_same_message_ten_times_at_once_is_answered_once(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    conversation = (await reception.open("web")).conversation
    incoming = an_incoming(conversation, "once")
    received = await asyncio.gather(*(reception.receive(incoming) for _ in range(10)))
    await settled(reception, knowledge.conversations)
    await reception.receive(incoming)
    await settled(reception, knowledge.conversations)
    assert {one.sequence for one in received} == {2}
    assert assistant.asked == ["once"]


async def test_risk_brings_the_conversation_to_the_head_of_the_queue(
    reception: Reception, knowledge: Knowledge
) -> None:
    conversation = (await reception.open("web")).conversation
    await reception.receive(an_incoming(conversation, "DANGER at the door"))
    await settled(reception, knowledge.conversations)
    (item,) = await knowledge.conversations.queue()
    assert (item.conversation, item.state.priority) == (conversation, Priority.EMERGENCY)
    assert item.evidence[0].text == "DANGER at the door"


async def test_while_a_person_is_awaited_the_assistant_knows_it(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    conversation = (await reception.open("web")).conversation
    for text in ("DANGER", "are you there"):
        await reception.receive(an_incoming(conversation, text))
        await settled(reception, knowledge.conversations)
    assert [one.holder for one in assistant.pending] == [Holder.ASSISTANT, Holder.WAITING]
    assert assistant.pending[1].shown == ("emergency",)


async def test_a_choice_travels_as_its_value_and_reads_as_its_title(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    conversation = await _offered(reception, knowledge, assistant)
    await reception.receive(an_incoming(conversation, "", choice="safe_now=yes"))
    await settled(reception, knowledge.conversations)
    assert assistant.pending[-1].entry.details["choice"] == "safe_now=yes"
    assert "Yes, I am" in await thread_of(knowledge.conversations, conversation)


@pytest.mark.parametrize("choice", ["", "safe_now=no", "Yes, I am", "/restart", "ask_person"])
async def test_a_choice_that_was_never_offered_is_refused(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant, choice: str
) -> None:
    conversation = await _offered(reception, knowledge, assistant)
    asked = len(assistant.asked)
    with pytest.raises(UnknownChoice):
        await reception.receive(an_incoming(conversation, choice=choice))
    assert len(assistant.asked) == asked
    assert await knowledge.conversations.unfinished() == []


async def test_a_choice_of_another_conversation_is_refused(
    reception: Reception, knowledge: Knowledge, assistant: FakeAssistant
) -> None:
    await _offered(reception, knowledge, assistant)
    other = (await reception.open("web")).conversation
    with pytest.raises(UnknownChoice):
        await reception.receive(an_incoming(other, choice="safe_now=yes"))


async def test_nobody_can_write_into_a_conversation_that_is_not_there(
    reception: Reception, assistant: FakeAssistant
) -> None:
    with pytest.raises(NotFound):
        await reception.receive(an_incoming("nobody"))
    assert assistant.asked == []


VALUES = ("name", "before", "link", "place", "wait", "low", "high", "when", "address", "words")


def test_every_sentence_that_the_channels_say_is_in_the_domain(reception: Reception) -> None:
    for say in Say:
        assert reception._words.reply(say, **dict.fromkeys(VALUES, "x")).text


async def _offered(reception: Reception, knowledge: Knowledge, assistant: FakeAssistant) -> str:
    choices = (Choice("Yes, I am", "safe_now=yes"),)
    assistant.plan["burgled"] = Answer((Reply("Are you safe?", choices),), None)
    conversation = (await reception.open("web")).conversation
    await reception.receive(an_incoming(conversation, "burgled"))
    await settled(reception, knowledge.conversations)
    return conversation
