"""A phrase opens its conversation, and no other; nothing of it is kept in the clear."""

import pytest
from sqlalchemy import text

from knowledge.errors import NotAllowed, NotFound
from knowledge.opening import Knowledge
from knowledge.returning.operations import Returning
from tests.knowledge.conversations.builders import greeting, opened


async def test_the_phrase_opens_the_conversation_with_a_new_token(
    knowledge: Knowledge, returning: Returning
) -> None:
    before = await knowledge.conversations.open("web", greeting())
    phrase = await returning.new_phrase(before.conversation)
    back = await returning.come_back(phrase.upper())
    assert back.conversation == before.conversation
    await knowledge.conversations.check(back.conversation, back.token)
    with pytest.raises(NotAllowed):
        await knowledge.conversations.check(before.conversation, before.token)


async def test_only_the_last_phrase_is_good(knowledge: Knowledge, returning: Returning) -> None:
    conversation = await opened(knowledge)
    first = await returning.new_phrase(conversation)
    second = await returning.new_phrase(conversation)
    assert (await returning.come_back(second)).conversation == conversation
    with pytest.raises(NotFound):
        await returning.come_back(first)


async def test_a_phrase_is_good_more_than_once_and_only_for_its_own(
    knowledge: Knowledge, returning: Returning
) -> None:
    mine, other = await opened(knowledge), await opened(knowledge)
    phrase, _ = await returning.new_phrase(mine), await returning.new_phrase(other)
    for _ in range(2):
        assert (await returning.come_back(phrase)).conversation == mine


async def test_erasing_a_conversation_ends_its_phrase(
    knowledge: Knowledge, returning: Returning
) -> None:
    conversation = await opened(knowledge)
    phrase = await returning.new_phrase(conversation)
    await knowledge.conversations.erase(conversation)
    with pytest.raises(NotFound):
        await returning.come_back(phrase)
    assert await _kept(knowledge) == []


async def test_the_phrase_itself_is_nowhere(knowledge: Knowledge, returning: Returning) -> None:
    phrase = await returning.new_phrase(await opened(knowledge))
    (row,) = await _kept(knowledge)
    assert not set(phrase.split()) & set(str(row).split())
    assert phrase.split()[0] not in str(row)


async def test_another_key_ends_all_phrases(knowledge: Knowledge, returning: Returning) -> None:
    phrase = await returning.new_phrase(await opened(knowledge))
    other = Returning(knowledge.database, knowledge.clock, "another key of some length")
    with pytest.raises(NotFound):
        await other.come_back(phrase)


async def test_nobody_gets_a_phrase_for_what_is_not_there(returning: Returning) -> None:
    with pytest.raises(NotFound):
        await returning.new_phrase("0" * 32)


@pytest.fixture
def returning(knowledge: Knowledge) -> Returning:
    return Returning(knowledge.database, knowledge.clock, "a key of some length to come back")


async def _kept(knowledge: Knowledge) -> list[object]:
    async with knowledge.database.reading() as unit:
        return list(await unit.execute(text("SELECT * FROM return_phrases")))
