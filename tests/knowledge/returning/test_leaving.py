"""Leaving in a hurry is marked, ends the key, and lasts until the person writes again."""

import pytest

from knowledge.conversations.model import Author, Draft, Kind, Reader
from knowledge.errors import NotAllowed
from knowledge.opening import Knowledge
from knowledge.returning.leaving import left_in_a_hurry
from knowledge.returning.operations import Returning

GREETING = Draft(author=Author.ASSISTANT, text="hello")
SAID = Draft(author=Author.PERSON, text="i am back")


@pytest.fixture
def returning(knowledge: Knowledge) -> Returning:
    return Returning(knowledge.database, knowledge.clock, "a key of some length to come back")


async def test_the_mark_is_for_the_team_and_ends_the_key(
    knowledge: Knowledge, returning: Returning
) -> None:
    opened = await knowledge.conversations.open("web", GREETING)
    phrase = await returning.new_phrase(opened.conversation)
    await returning.leave(opened.conversation)
    _, seen = await knowledge.conversations.thread(opened.conversation, reader=Reader.PERSON)
    assert Kind.HURRIED not in [one.kind for one in seen]
    with pytest.raises(NotAllowed):
        await knowledge.conversations.check(opened.conversation, opened.token)
    again = await returning.come_back(phrase)
    await knowledge.conversations.check(again.conversation, again.token)


async def test_it_lasts_until_the_person_writes(
    knowledge: Knowledge, returning: Returning
) -> None:
    opened = await knowledge.conversations.open("web", GREETING)
    assert not await _left(knowledge, opened.conversation)
    await returning.leave(opened.conversation)
    assert await _left(knowledge, opened.conversation)
    await knowledge.conversations.receive(opened.conversation, SAID)
    assert not await _left(knowledge, opened.conversation)


async def _left(knowledge: Knowledge, conversation: str) -> bool:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return left_in_a_hurry(thread)
