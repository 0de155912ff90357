"""Who holds a conversation, in which order people wait, and what erasing leaves."""

import asyncio

import pytest
from sqlalchemy import func, select

from knowledge.conversations.model import Author, Holder, Priority, Reader, State
from knowledge.errors import Conflict
from knowledge.migrations.all_tables import metadata
from knowledge.opening import Knowledge
from tests.fakes import HandClock

from .builders import ANNA, BEN, opened, pending, reply, said, tell, waiting


async def test_of_ten_co_ordinators_at_once_exactly_one_takes_it(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    deeds = (knowledge.conversations.take(conversation, f"c{n}", f"c{n}") for n in range(10))
    done = await asyncio.gather(*deeds, return_exceptions=True)
    assert [type(one) for one in done if one is not None] == [Conflict] * 9
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert sum(entry.author is Author.SYSTEM for entry in thread) == 1


async def test_taking_what_one_holds_changes_nothing(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    for _ in range(2):
        await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert [entry.text for entry in thread].count("Anna joined") == 1


async def test_who_does_not_hold_it_may_not_speak_give_back_or_close(
    knowledge: Knowledge,
) -> None:
    conversation = await waiting(knowledge)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    for deed in (
        knowledge.conversations.say(conversation, BEN, "hello"),
        knowledge.conversations.give_back(conversation, BEN, reply()),
        knowledge.conversations.close(conversation, BEN, "closed"),
        knowledge.conversations.take(conversation, BEN, "Ben joined"),
    ):
        with pytest.raises(Conflict):
            await deed
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert thread[-1].text == "Anna joined"


async def test_a_note_stays_among_co_ordinators(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    note = await knowledge.conversations.note(conversation, BEN, "call the police for her")
    _, seen = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    _, whole = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert note not in seen
    assert note in whole


async def test_given_back_it_is_the_assistants_again(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, Priority.URGENT)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    await knowledge.conversations.give_back(conversation, ANNA, reply("I'm here again"))
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert state == State()
    assert thread[-1].text == "I'm here again"
    assert await knowledge.conversations.queue() == []


async def test_whoever_writes_after_the_end_is_answered_again(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    await knowledge.conversations.close(conversation, ANNA, "closed", "helped")
    state, _ = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert state.holder is Holder.NOBODY
    await tell(knowledge.conversations, conversation, "one more thing")
    assert (await pending(knowledge.conversations, conversation)).holder is Holder.ASSISTANT


async def test_the_same_words_of_a_co_ordinator_again_are_sent_once(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    first = await knowledge.conversations.say(conversation, ANNA, "hello", "same-id")
    again = await knowledge.conversations.say(conversation, ANNA, "hello", "same-id")
    assert again.sequence == first.sequence


async def test_the_most_urgent_comes_first_then_who_waits_longest(
    knowledge: Knowledge, clock: HandClock
) -> None:
    expected = {}
    for place, priority in ((3, Priority.NORMAL), (4, Priority.NORMAL), (1, Priority.EMERGENCY)):
        expected[place] = await waiting(knowledge, priority)
        clock.move(minutes=1)
    expected[2] = await waiting(knowledge, Priority.URGENT)
    expected[5] = await waiting(knowledge, Priority.EMERGENCY)
    await knowledge.conversations.take(expected[5], ANNA, "Anna joined")
    queue = [item.conversation for item in await knowledge.conversations.queue()]
    assert queue == [expected[place] for place in sorted(expected)]


async def test_the_queue_shows_the_persons_last_words(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await waiting(knowledge)
    await opened(knowledge)  # with the assistant: not in the queue
    clock.move(minutes=3)
    await tell(knowledge.conversations, conversation, "still here")
    (item,) = await knowledge.conversations.queue()
    assert (item.last_words, item.last_at) == ("still here", clock())


async def test_erasing_leaves_nothing_of_one_and_everything_of_others(
    knowledge: Knowledge,
) -> None:
    gone, noise = await waiting(knowledge), await waiting(knowledge)
    await knowledge.conversations.erase(gone)
    assert [item.conversation for item in await knowledge.conversations.queue()] == [noise]
    assert await knowledge.conversations.unfinished() == [noise]
    assert (await knowledge.conversations.thread(noise, reader=Reader.PERSON))[1]
    assert await _rows_about(knowledge, gone) == 0


async def test_an_answer_to_what_was_erased_meanwhile_goes_nowhere(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    waits = await pending(knowledge.conversations, conversation)
    await knowledge.conversations.erase(conversation)
    assert not await knowledge.conversations.answer(waits, [reply()])


async def test_a_person_may_use_the_id_of_nobody_elses_message(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge)
    await knowledge.conversations.take(conversation, ANNA, "Anna joined")
    await knowledge.conversations.say(conversation, ANNA, "hello", "anna-1")
    received = await knowledge.conversations.receive(conversation, said("hi", "mine-1"))
    assert not received.again


async def _rows_about(knowledge: Knowledge, conversation: str) -> int:
    async with knowledge.database.reading() as unit:
        found = 0
        for name in ("entries", "inbox", "assessments"):
            table = metadata.tables[name]
            query = select(func.count()).where(table.c.conversation == conversation)
            found += await unit.scalar(query) or 0
    return found
