"""What the assistant could not read in time is read for risk again, until it has been read.

Last words call people to the conversation, but as `urgent`: an emergency among them must not wait
as long as that. The person has heard of 999; here only the desk learns more.
"""

import asyncio
import logging

from channels.assistant import Assistant, AssistantFailed
from channels.bell import QUEUE, Bell
from knowledge.conversations.model import HandOff, Pending
from knowledge.conversations.operations import Conversations
from knowledge.errors import NotFound

log = logging.getLogger(__name__)

WAITS = (1.0, 2.0, 5.0)  # seconds before each look; then always the last
AT_ONCE = 2  # looks; after a long failure they must not keep the assistant from answering people
LOOKS = 120  # about ten minutes; people have seen to it by then


class SecondLook:
    """Keeps asking for the risk of messages that were answered with last words."""

    def __init__(self, conversations: Conversations, assistant: Assistant, bell: Bell) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._bell = bell
        self._places = asyncio.Semaphore(AT_ONCE)
        self._looking: set[asyncio.Task[None]] = set()

    def risk_of(self, pending: Pending, error: Exception) -> HandOff | None:
        """The risk that an answer which failed had still found; what nobody read is looked at."""
        if not (isinstance(error, AssistantFailed) and error.read):
            task = asyncio.create_task(self._look(pending))
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)
        return error.risk if isinstance(error, AssistantFailed) else None

    async def stop(self) -> None:
        """End all looks."""
        for task in tuple(self._looking):
            task.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)

    async def _look(self, pending: Pending) -> None:
        for number in range(LOOKS):
            await asyncio.sleep(WAITS[min(number, len(WAITS) - 1)])
            try:
                async with self._places:
                    found = await self._assistant.recognise(pending)
                if found is not None:
                    await self._conversations.hand_off(pending.conversation, found)
                    self._bell.ring(pending.conversation, QUEUE)
            except NotFound:  # erased meanwhile
                return
            except Exception as error:  # the assistant or the database is still away
                log.info("reading again failed: %s", type(error).__name__)
                continue
            return
