"""A person in danger who vanishes is an event, once for each time, and nothing is sent to them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from knowledge.assessment.model import Fact
from knowledge.conversations.model import Entry, Kind, Priority, Reader
from knowledge.opening import Knowledge
from tests.fakes import HandClock
from tests.knowledge.conversations.builders import ANNA, tell, waiting

FIVE = timedelta(minutes=5)


@pytest.mark.parametrize("priority", [Priority.URGENT, Priority.EMERGENCY])
async def test_silence_is_noted_once_with_what_was_agreed(
    knowledge: Knowledge, clock: HandClock, priority: Priority
) -> None:
    conversation = await waiting(knowledge, priority)
    told = {"how": "text", "avoid": ["landline"], "care": ["call me Jay"]}
    fact = Fact(name="contact", value=told, message="m1", as_said="text me")
    await knowledge.assessments.keep(conversation, [fact])
    since = clock.now
    clock.move(minutes=4)
    assert await knowledge.presence.note_silence(FIVE) == []
    clock.move(minutes=1)
    assert await knowledge.presence.note_silence(FIVE) == [conversation]
    clock.move(minutes=60)
    assert await knowledge.presence.note_silence(FIVE) == []
    (entry,) = await _silences(knowledge, conversation)
    assert entry.details["since"] == since.isoformat()
    assert entry.details["agreed"]["how"] == "text"
    assert entry.details["agreed"]["avoid"] == ["landline"]
    assert entry.details["agreed"]["care"] == ["call me Jay"]
    assert (await knowledge.conversations.queue())[0].silent


@pytest.mark.parametrize("spoils", ["assessments SET record", "entries SET details"])
async def test_a_record_that_does_not_open_hides_nobodys_silence(
    knowledge: Knowledge, clock: HandClock, spoils: str
) -> None:
    first = await waiting(knowledge, Priority.EMERGENCY)
    fact = Fact(name="contact", value={"how": "text"}, message="m1", as_said="text me")
    await knowledge.assessments.keep(first, [fact])
    second = await waiting(knowledge, Priority.EMERGENCY)
    gone = [first, second]
    if spoils.startswith("entries"):  # what was noted when the first one vanished before
        clock.move(minutes=6)
        assert sorted(await knowledge.presence.note_silence(FIVE)) == sorted(gone)
        await knowledge.presence.seen(second)
        gone = [second]
    async with knowledge.database.writing() as unit:
        where = {"of": first}
        await unit.execute(text(f"UPDATE {spoils} = 'spoilt' WHERE conversation = :of"), where)
    clock.move(minutes=6)
    assert sorted(await knowledge.presence.note_silence(FIVE)) == sorted(gone)
    for one in (first, second):
        assert await _silences(knowledge, one)


async def test_the_person_is_told_nothing(knowledge: Knowledge, clock: HandClock) -> None:
    conversation = await waiting(knowledge, Priority.EMERGENCY)
    _, before = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    clock.move(minutes=30)
    await knowledge.presence.note_silence(FIVE)
    _, after = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert after == before


async def test_an_open_page_is_a_sign(knowledge: Knowledge, clock: HandClock) -> None:
    conversation = await waiting(knowledge, Priority.URGENT)
    for _ in range(10):
        clock.move(minutes=1)
        await knowledge.presence.seen(conversation)
    assert await knowledge.presence.note_silence(FIVE) == []


async def test_who_comes_back_and_vanishes_again_is_noted_again(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await waiting(knowledge, Priority.URGENT)
    await knowledge.conversations.take(conversation, ANNA, "here")
    clock.move(minutes=6)
    await knowledge.presence.note_silence(FIVE)
    await tell(knowledge.conversations, conversation, "sorry, he came in")
    assert not (await knowledge.conversations.queue())[0].silent
    clock.move(minutes=6)
    assert await knowledge.presence.note_silence(FIVE) == [conversation]
    assert len(await _silences(knowledge, conversation)) == 2


async def test_who_is_in_no_danger_may_go(knowledge: Knowledge, clock: HandClock) -> None:
    await waiting(knowledge, Priority.NORMAL)
    clock.move(hours=3)
    assert await knowledge.presence.note_silence(FIVE) == []


async def _silences(knowledge: Knowledge, conversation: str) -> list[Entry]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return [one for one in thread if one.kind is Kind.SILENT]
