"""A message is kept once, waits for its answer, and gets it once."""

import asyncio

import pytest

from knowledge.conversations.model import (
    Author,
    Evidence,
    HandOff,
    Holder,
    Priority,
    Reader,
    Received,
)
from knowledge.errors import NotAllowed, NotFound
from knowledge.opening import Knowledge
from tests.fakes import danger

from .builders import ANNA, asked, greeting, opened, pending, reply, said, tell, waiting


async def test_a_conversation_starts_with_its_greeting(knowledge: Knowledge) -> None:
    state, thread = await knowledge.conversations.thread(
        await opened(knowledge), reader=Reader.PERSON
    )
    assert [(entry.sequence, entry.text) for entry in thread] == [(1, "Hello")]
    assert state.holder is Holder.ASSISTANT


async def test_only_the_secret_opens_a_conversation(knowledge: Knowledge) -> None:
    mine = await knowledge.conversations.open("web", greeting())
    noise = await knowledge.conversations.open("web", greeting())
    await knowledge.conversations.check(mine.conversation, mine.token)
    for wrong in ("", noise.token, mine.token[:-1], "é"):
        with pytest.raises(NotAllowed):
            await knowledge.conversations.check(mine.conversation, wrong)
    with pytest.raises(NotFound):
        await knowledge.conversations.check("nobody", mine.token)


async def test_the_same_message_again_changes_nothing(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    message = said("once")
    first = await knowledge.conversations.receive(conversation, message)
    await tell(knowledge.conversations, conversation, "something else")
    again = await knowledge.conversations.receive(conversation, message)
    assert (first, again) == (Received(2), Received(2, again=True))


async def test_the_same_message_ten_times_at_once_is_kept_once(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    message = said("once")
    received = await asyncio.gather(
        *(knowledge.conversations.receive(conversation, message) for _ in range(10))
    )
    assert {one.sequence for one in received} == {2}
    assert sum(not one.again for one in received) == 1


async def test_the_same_id_in_two_conversations_is_two_messages(knowledge: Knowledge) -> None:
    one, other = await opened(knowledge), await opened(knowledge)
    for conversation in (one, other):
        received = await knowledge.conversations.receive(conversation, said("hi", "same-id"))
        assert not received.again


async def test_many_messages_at_once_stand_one_after_the_other(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    texts = [f"message {number}" for number in range(12)]
    received = await asyncio.gather(
        *(tell(knowledge.conversations, conversation, text) for text in texts)
    )
    assert sorted(one.sequence for one in received) == list(range(2, 14))


async def test_the_oldest_message_is_answered_first(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    for text in ("first", "second"):
        await tell(knowledge.conversations, conversation, text)
    for text in ("first", "second"):
        waits = await pending(knowledge.conversations, conversation)
        assert waits.entry.text == text
        await knowledge.conversations.answer(waits, [reply()])
    assert await knowledge.conversations.next_pending(conversation) is None


async def test_what_has_no_answer_is_known_after_a_restart(knowledge: Knowledge) -> None:
    conversation, noise = await opened(knowledge), await opened(knowledge)
    await tell(knowledge.conversations, conversation, "are you there")
    assert await knowledge.conversations.unfinished() == [conversation]
    assert noise != conversation


async def test_a_message_gets_its_answer_once(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, "hello")
    waits = await pending(knowledge.conversations, conversation)
    done = await asyncio.gather(
        *(knowledge.conversations.answer(waits, [reply()]) for _ in range(5))
    )
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON, after=2)
    assert sorted(done) == [False] * 4 + [True]
    assert [entry.text for entry in thread] == ["I am sorry"]


async def test_an_answer_with_risk_brings_the_conversation_to_people(
    knowledge: Knowledge,
) -> None:
    conversation = await opened(knowledge)
    received = await tell(knowledge.conversations, conversation, "he is at the door")
    waits = await pending(knowledge.conversations, conversation)
    await knowledge.conversations.answer(waits, [reply("999")], danger(received.sequence))
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert (state.holder, state.priority) == (Holder.WAITING, Priority.EMERGENCY)
    assert thread[-1].text == "999"


async def test_while_a_co_ordinator_holds_it_answers_are_dropped_and_alarms_kept(
    knowledge: Knowledge,
) -> None:
    conversation = await waiting(knowledge)
    waits = await pending(knowledge.conversations, conversation)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    await knowledge.conversations.answer(waits, [reply()], danger(waits.entry.sequence))
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert state.priority is Priority.EMERGENCY
    assert Author.ASSISTANT not in [entry.author for entry in thread[1:]]


async def test_the_same_alarm_about_the_same_message_is_raised_once(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    for alarm in (danger(2), danger(2), asked(about=2), danger(3)):
        await knowledge.conversations.hand_off(conversation, alarm)
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert [entry.details["about"] for entry in thread[1:]] == [2, 2, 3]


async def test_levels_of_risk_shown_before_go_along_with_the_next_message(
    knowledge: Knowledge,
) -> None:
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, "hello")
    await knowledge.conversations.hand_off(
        conversation, asked(Priority.URGENT, "stalking_harassment")
    )
    await knowledge.conversations.hand_off(conversation, asked())
    waits = await pending(knowledge.conversations, conversation)
    assert waits.shown == ("urgent",)


async def test_a_failed_assistant_is_not_risk_that_was_shown(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, "hello")
    failed = asked(Priority.URGENT, "assistant_failed", about=2)
    await knowledge.conversations.hand_off(conversation, failed)
    assert (await pending(knowledge.conversations, conversation)).shown == ()


async def test_nothing_can_be_said_in_a_conversation_that_is_not_there(
    knowledge: Knowledge,
) -> None:
    for deed in (
        knowledge.conversations.receive("nobody", said()),
        knowledge.conversations.hand_off("nobody", asked()),
        knowledge.conversations.note("nobody", ANNA, "note"),
        knowledge.conversations.take("nobody", ANNA, "joined"),
        knowledge.conversations.thread("nobody", reader=Reader.PERSON),
        knowledge.conversations.erase("nobody"),
    ):
        with pytest.raises(NotFound):
            await deed
    assert await knowledge.conversations.next_pending("nobody") is None


@pytest.mark.parametrize("text", ["'; DROP TABLE entries; --", "🙏 ça ira \u202e", "a" * 4000])
async def test_words_are_kept_as_they_were_written(knowledge: Knowledge, text: str) -> None:
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, text)
    assert (await pending(knowledge.conversations, conversation)).entry.text == text


async def test_evidence_is_kept_as_it_was_found(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    found = (Evidence(text="the words", by="model", score=0.5), Evidence(text="b", by="rule:x"))
    alarm = HandOff(priority=Priority.URGENT, reasons=("stalking",), evidence=found)
    await knowledge.conversations.hand_off(conversation, alarm)
    assert (await knowledge.conversations.queue())[0].evidence == found
