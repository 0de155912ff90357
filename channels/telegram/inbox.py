"""Updates that were kept -> worked off one by one and in order for each chat."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Bot
from telegram import Update as Told
from telegram.error import Forbidden

from channels.bell import Bell
from channels.telegram.updates import CHANNEL
from knowledge.chats.model import Update
from knowledge.chats.operations import Chats
from knowledge.errors import Unavailable

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds: another process may have kept something
A_MOMENT = 0.02
BREATH = 0.05  # between two looks: under load one look finds what many bells rang for
TRIES = 3
TRY_AGAIN_AFTER = 1.0
SET_ASIDE_FOR = 600.0  # seconds; what broke us may have been mended since


class Inbox:
    """Works off updates; what was kept survives any stop and is taken up again at the start."""

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        handle: Callable[[Told], Awaitable[None]],
        see_to: Callable[[Update], Awaitable[bool]],
        bell: Bell,
    ) -> None:
        """``see_to`` is the last resort: whether an update that broke ``handle`` is done with."""
        self._bot = bot
        self._chats = chats
        self._handle = handle
        self._see_to = see_to
        self._bell = bell
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._begun: set[int] = set()
        self._done_with: list[Update] = []
        self._noting = asyncio.Lock()
        self._set_aside: set[int] = set()  # what broke us must not hold back what comes after
        self._set_aside_since = time.monotonic()

    async def take(self, updates: list[Update]) -> None:
        """Keep updates, and wake whoever works them off. Raises Unavailable."""
        await self._chats.take(CHANNEL, updates)
        self._bell.ring(CHANNEL)

    async def run(self) -> None:
        """Work until cancelled."""
        with self._bell.listening(CHANNEL) as ear:
            while True:
                try:
                    await self._look()
                except Exception as error:  # whatever it was, people go on writing
                    log.error("telegram inbox: %s", type(error).__name__)
                await asyncio.sleep(BREATH)
                await ear.wait(LOOK_EVERY)

    async def stop(self) -> None:
        """Let go; what is not worked off is taken up at the next start."""
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def worked_off(self, address: str) -> None:
        """Return when nothing of this chat waits that can be worked off now."""
        while address in self._at_work or await self._waiting(address):
            await asyncio.sleep(A_MOMENT)

    async def _waiting(self, address: str) -> bool:
        undone = await self._chats.undone(CHANNEL)
        return any(
            update.address == address and update.number not in self._set_aside for update in undone
        )

    async def _look(self) -> None:
        if time.monotonic() - self._set_aside_since >= SET_ASIDE_FOR:
            self._set_aside.clear()
            self._set_aside_since = time.monotonic()
        waiting: dict[str, list[Update]] = defaultdict(list)
        for update in await self._chats.undone(CHANNEL, but=self._begun | self._set_aside):
            waiting[update.address].append(update)
        for address, updates in waiting.items():
            if address not in self._at_work:
                self._begun.update(update.number for update in updates)
                self._at_work[address] = asyncio.create_task(self._work(address, updates))

    async def _work(self, address: str, updates: list[Update]) -> None:
        try:
            for update in updates:
                await self._work_off(update)
        finally:
            self._begun.difference_update(update.number for update in updates)
            del self._at_work[address]
            self._bell.ring(CHANNEL)  # more may have come in meanwhile

    async def _work_off(self, update: Update) -> None:
        tries = 0
        while True:
            try:
                if tries < TRIES:
                    await self._try(update)
                elif not await self._see_to(update):
                    self._set_aside.add(update.number)
                    return
                await self._done(update)
                return
            except Exception as error:
                # The database may be away for long; an update that breaks us must not last.
                tries += not isinstance(error, Unavailable)
                log.error("telegram update failed: %s", type(error).__name__)
                if tries > TRIES:  # it stays kept, and is tried again later
                    self._set_aside.add(update.number)
                    return
                await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _try(self, update: Update) -> None:
        told = Told.de_json(json.loads(update.payload), self._bot)
        with suppress(Forbidden):  # they blocked us: nobody is there to answer
            await self._handle(told)

    async def _done(self, update: Update) -> None:
        """Note that an update is worked off, together with those that ended meanwhile."""
        self._done_with.append(update)
        async with self._noting:
            together, self._done_with = self._done_with, []
            try:
                if together:
                    await self._chats.done(*together)
            except BaseException:
                self._done_with = together + self._done_with  # whoever comes next notes them
                raise
