"""Asking Telegram for updates (long polling), or being called by it: what waits there comes in."""

import asyncio
import logging
from typing import Any, Protocol

from telegram import Bot
from telegram.error import Conflict, NetworkError, TelegramError

from channels.telegram.inbox import Inbox
from channels.telegram.updates import CHANNEL, WANTED, kept_anyhow
from knowledge.chats.operations import Chats

log = logging.getLogger(__name__)

ASK_FOR = 25  # seconds that Telegram holds a question for updates open
AT_ONCE = 100  # updates in one answer
# `getUpdates` by a name for which the library gives what came as it is. Under its own name one
# update that the library can't read keeps back all others for ever, and its words go to the log.
UNREAD = "get__updates"
LONGEST_PAUSE = 60.0
# Seconds to wait for what Telegram has not brought yet. Telling late is worse than twice.
WAIT_FOR_CALLS = 10.0
LOOK_EVERY = 0.5


class Way(Protocol):
    """How updates come in."""

    async def run(self) -> None:
        """Bring updates in until cancelled."""

    async def caught_up(self) -> None:
        """Return when what waited at Telegram is kept here."""


class Asking:
    """We ask. Another question that is still open is answered the moment something comes."""

    def __init__(self, bot: Bot, chats: Chats, inbox: Inbox) -> None:
        self._bot = bot
        self._chats = chats
        self._inbox = inbox
        self._caught_up = asyncio.Event()

    async def caught_up(self) -> None:
        """Return when nothing waits at Telegram that was not kept."""
        await self._caught_up.wait()

    async def run(self) -> None:
        """Ask until cancelled."""
        self._caught_up.clear()
        pause = 1.0
        while True:
            try:
                await self._ask_once()
                pause = 1.0
            except Conflict:  # another process asks already
                self._caught_up.set()
                await asyncio.sleep(LONGEST_PAUSE / 4)
            except Exception as error:  # whatever it was, people go on writing
                self._caught_up.clear()
                if not isinstance(error, NetworkError):
                    log.error("asking telegram failed: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _ask_once(self) -> None:
        """Keep what is new. Only asking for later numbers tells Telegram that these are safe."""
        newest = await self._chats.newest(CHANNEL)
        asked = {
            "offset": None if newest is None else newest + 1,
            "timeout": ASK_FOR if self._caught_up.is_set() else 0,
            "allowed_updates": WANTED,
        }
        found: list[dict[str, Any]] = await self._bot.do_api_request(UNREAD, asked)
        if found:
            await self._inbox.take([kept_anyhow(update) for update in found])
        if len(found) < AT_ONCE:
            self._caught_up.set()


class Called:
    """Telegram calls us. It counts what it could not bring yet (Bot API, getWebhookInfo)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def caught_up(self) -> None:
        """Return when nothing waits at Telegram, or after a while."""
        deadline = asyncio.get_running_loop().time() + WAIT_FOR_CALLS
        while asyncio.get_running_loop().time() < deadline:
            try:
                if (await self._bot.get_webhook_info()).pending_update_count == 0:
                    return
            except TelegramError as error:
                log.warning("telegram: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def run(self) -> None:
        """Updates come in by the webhook."""
        await asyncio.Event().wait()
