"""The assistant forgets whom we erase, and what it was told while they were being erased.

What must be forgotten is noted in the same step as it is erased (knowledge/conversations/erasing),
so that it is forgotten also when the assistant is away, or when the process dies that erased it.
"""

import asyncio
import logging

from channels.assistant import Assistant
from channels.background import Background
from knowledge.conversations.operations import Conversations
from knowledge.errors import Held, NotFound

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds
WAITS = 5.0  # seconds that a person who deletes waits for the assistant


class Forgetting(Background):
    """Has the assistant forget conversations: at once, or later as the job of one process."""

    def __init__(self, conversations: Conversations, assistant: Assistant) -> None:
        self._conversations = conversations
        self._assistant = assistant

    async def now(self, conversation: str) -> bool:
        """After it was erased; whether the assistant has forgotten it, else it will soon."""
        failed = await self._forget(conversation)
        if failed is not None:
            log.warning("forgetting what is erased, again soon: %s", failed)
        return failed is None

    async def if_gone(self, conversation: str) -> None:
        """After a turn whose answer nobody took: it may be of a conversation that is erased."""
        try:
            await self._conversations.check_erasable(conversation)
        except Held:
            return
        except NotFound:
            await self._forget(conversation, its_turn_ended=True)

    async def look(self) -> bool:
        """See to what is left, one by one; False when something could not be forgotten."""
        left = await self._conversations.to_forget()
        failed = [why for one in left if (why := await self._forget(one)) is not None]
        if failed:
            log.error("forgetting what is erased, %d again soon: %s", len(failed), failed[-1])
        return not failed

    async def _forget(self, conversation: str, *, its_turn_ended: bool = False) -> str | None:
        """Why it is not forgotten for good, None when it is. Whatever fails is noted already."""
        try:
            async with asyncio.timeout(WAITS):
                await self._assistant.forget(conversation)
            done = await self._conversations.forgotten(conversation, its_turn_ended=its_turn_ended)
        except Exception as error:
            return type(error).__name__
        return None if done else "once more"

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # the database is away
                log.warning("forgetting what is erased: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)
