"""Words that can't be opened hide nobody from the desk."""

from sqlalchemy import text

from knowledge.conversations.queueing import UNREADABLE
from knowledge.opening import Knowledge

from .builders import waiting


async def test_one_unreadable_thread_hides_nobody(knowledge: Knowledge) -> None:
    broken, whole = await waiting(knowledge), await waiting(knowledge)
    async with knowledge.database.writing() as unit:
        spoil = text("UPDATE entries SET text = 'spoilt' WHERE conversation = :broken")
        await unit.execute(spoil, {"broken": broken})

    queue = {item.conversation: item.last_words for item in await knowledge.conversations.queue()}

    assert queue[broken] == UNREADABLE
    assert queue[whole] != UNREADABLE
