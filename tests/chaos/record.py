"""What is kept, read past every door: the threads with what only the team sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from channels.telegram.updates import CHANNEL
from knowledge.conversations.model import Audience, Entry, Reader
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Ring
from tests.journeys.running import Waymark


@dataclass(frozen=True)
class Kept:
    """A conversation and its thread."""

    conversation: str
    thread: list[Entry]

    @property
    def for_the_person(self) -> list[Entry]:
        """What of it the person may see."""
        return [one for one in self.thread if one.audience is Audience.EVERYONE]


def waiting(waymark: Waymark) -> list[str]:
    """The conversations in which a message still waits for its answer. Raises Unavailable."""

    async def look() -> list[str]:
        async with _opened(waymark) as knowledge:
            return await knowledge.conversations.unfinished()

    return asyncio.run(look())


def threads(waymark: Waymark, conversations: Iterable[str]) -> dict[str, Kept]:
    """The threads of these conversations. Raises NotFound and Unavailable."""

    async def look() -> dict[str, Kept]:
        async with _opened(waymark) as knowledge:
            return {one: await _kept(knowledge, one) for one in conversations}

    return asyncio.run(look())


def of_chats(waymark: Waymark, numbers: Iterable[int]) -> dict[int, Kept]:
    """The thread of each chat in Telegram; none for one that nobody knows. Raises Unavailable."""

    async def look() -> dict[int, Kept]:
        async with _opened(waymark) as knowledge:
            found = {one: await knowledge.chats.at(CHANNEL, str(one)) for one in numbers}
            return {
                one: await _kept(knowledge, chat.conversation)
                for one, chat in found.items()
                if chat is not None
            }

    return asyncio.run(look())


@asynccontextmanager
async def _opened(waymark: Waymark) -> AsyncIterator[Knowledge]:
    use(Ring.load(waymark.var / "keys"))
    knowledge = open_knowledge(waymark.environment["WAYMARK_DATABASE_URL"])
    try:
        yield knowledge
    finally:
        await knowledge.database.close()


async def _kept(knowledge: Knowledge, conversation: str) -> Kept:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return Kept(conversation, thread)
