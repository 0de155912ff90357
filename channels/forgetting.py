"""The assistant forgets whom we erase, and what it was told while they were being erased."""

import asyncio
import logging

from channels.assistant import Assistant, AssistantFailed
from knowledge.conversations.operations import Conversations
from knowledge.errors import Held, NotFound, Unavailable

log = logging.getLogger(__name__)

TRY_AGAIN_AFTER = 2.0  # seconds
WAITS = 5.0  # seconds; then it goes on by itself


class Forgetting:
    """Has the assistant forget conversations: once at first, later until it did."""

    def __init__(self, conversations: Conversations, assistant: Assistant) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._tasks: set[asyncio.Task[None]] = set()

    async def first(self, conversation: str) -> None:
        """Before anything is erased. Raises Unavailable while the assistant can't be reached."""
        try:
            await self._assistant.forget(conversation)
        except AssistantFailed as error:
            raise Unavailable("the assistant could not forget") from error

    async def again(self, conversation: str) -> None:
        """After it was erased: a turn may have come to its end in between."""
        task = asyncio.create_task(self._until_done(conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait([task], timeout=WAITS)

    async def if_gone(self, conversation: str) -> None:
        """After a turn whose answer nobody took: it may be of a conversation that is erased."""
        try:
            await self._conversations.check_erasable(conversation)
        except Held:
            return
        except NotFound:
            await self.again(conversation)

    async def stop(self) -> None:
        """Let go; whatever is not forgotten by now is said in the log already."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _until_done(self, conversation: str) -> None:
        while True:
            try:
                return await self._assistant.forget(conversation)
            except AssistantFailed as error:
                log.error("forgetting what is erased, again soon: %s", type(error).__name__)
                await asyncio.sleep(TRY_AGAIN_AFTER)
