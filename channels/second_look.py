"""What the assistant could not read in time is read for risk again, until it has been read.

Last words call people to the conversation, but as `urgent`: an emergency among them must not wait
as long as that. The person has heard of 999; here only the desk learns more.
"""

import asyncio
import logging

from channels import figures
from channels.assistant import Assistant
from channels.background import Background
from channels.bell import QUEUE, Bell
from knowledge.alarms.operations import Alarms
from knowledge.conversations.model import Pending
from knowledge.conversations.operations import Conversations
from knowledge.errors import NotFound

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
AFTER_FAILURE = 5.0
AT_ONCE = (
    2  # readings; after a long failure they must not keep the assistant from answering people
)
MOST = 20  # messages in one look, so that one which can never be read holds up no other


class SecondLook(Background):
    """Asks for the risk of messages that nobody has read. One process does it for all."""

    def __init__(
        self, conversations: Conversations, alarms: Alarms, assistant: Assistant, bell: Bell
    ) -> None:
        self._conversations = conversations
        self._alarms = alarms
        self._assistant = assistant
        self._bell = bell
        self._places = asyncio.Semaphore(AT_ONCE)

    async def stop(self) -> None:
        """End; what is unread stays noted."""
        await super().stop()
        figures.UNREAD.set(0)  # another process counts now

    async def look(self) -> bool:
        """One look; False when something could not be read this time either."""
        try:
            unread = await self._alarms.unread(MOST)
        except NotFound:  # erased in this moment
            return True
        figures.UNREAD.set(len(unread))
        results = await asyncio.gather(*map(self._read, unread), return_exceptions=True)
        failed = [one for one in results if one is not None and not isinstance(one, NotFound)]
        for error in failed[:1]:
            log.info("reading again failed: %s", type(error).__name__)
        return not failed

    async def _read(self, pending: Pending) -> None:
        async with self._places:
            found = await self._assistant.recognise(pending)
        if found is not None:
            await self._conversations.hand_off(pending.conversation, found)
            self._bell.ring(pending.conversation, QUEUE)
        await self._alarms.was_read(pending)

    async def _run(self) -> None:
        while True:
            try:
                well = await self.look()
            except Exception as error:  # the database is away
                log.info("reading again failed: %s", type(error).__name__)
                well = False
            await asyncio.sleep(LOOK_EVERY if well else AFTER_FAILURE)
