"""Telegram in the channels process: asking for updates or being called, and delivering."""

import asyncio
import hashlib
import hmac
import logging

from telegram import Bot, BotCommand
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from channels.bell import Bell
from channels.floods import Floods
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram.asking import ASK_FOR, Asking, Called, Way
from channels.telegram.broken import Broken
from channels.telegram.delivery import Delivery
from channels.telegram.handling import Handling
from channels.telegram.inbox import Inbox
from channels.telegram.outgoing import Outgoing
from channels.telegram.pace import Pace
from channels.telegram.taking_in import TakingIn
from channels.telegram.updates import CHANNEL, WANTED, WEBHOOK
from channels.telegram.wire import Wire
from channels.words import Words
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
TRIES = 5  # when Telegram says "too many requests", each after the time it names

# The menu of commands that people see. Neutral: somebody may look over a shoulder.
MENU = (
    ("help", "What you can do here"),
    ("urgent", "I need someone now"),
    ("person", "Ask for a person"),
    ("services", "Find help near me"),
    ("summary", "What I told you"),
    ("quiet", "Messages without their words"),
    ("words", "Messages with their words"),
    ("web", "Go on somewhere else"),
    ("leave", "Clear this chat"),
    ("delete", "Delete what I told you"),
)


def secret_of(settings: Settings) -> str:
    """What Telegram must show with each update; made from the secret the processes share."""
    return hmac.new(
        settings.assistant_token.encode(), b"telegram updates", hashlib.sha256
    ).hexdigest()


def bot_of(settings: Settings) -> Bot:
    """The bot of these settings, within Telegram's limits: 30 messages a second over all."""
    return ExtBot(
        settings.telegram_token or "",
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=Wire(at_once=64, pool_timeout=20.0),
        get_updates_request=Wire(read_timeout=ASK_FOR + 10),
        rate_limiter=Pace(TRIES),
    )


async def register(bot: Bot) -> None:
    """Tell Telegram the menu of commands. Raises TelegramError."""
    async with bot:
        await bot.set_my_commands([BotCommand(name, text) for name, text in MENU])


class Telegram:
    """One process at a time asks, works off and delivers (alive.py); any of them is called."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        reception: Reception,
        bell: Bell,
        floods: Floods,
    ) -> None:
        self._public_url = settings.public_url
        self._secret = secret_of(settings)
        self._bot = bot_of(settings)
        self._chats = knowledge.chats
        words = Words.load()
        outgoing = Outgoing(knowledge, words)
        self._taking_in = TakingIn(knowledge, reception, floods, words)
        handling = Handling(self._bot, knowledge, self._taking_in, words, outgoing, settings)
        broken = Broken(knowledge.chats, self._taking_in)
        self.inbox = Inbox(self._bot, knowledge.chats, handling.handle, broken.see_to, bell)
        self._way: Way = Called(self._bot)
        if self._public_url is None:
            self._way = Asking(self._bot, knowledge.chats, self.inbox)
        self._delivery = Delivery(self._bot, knowledge, outgoing, bell, self._caught_up)
        self._task: asyncio.Task[None] | None = None
        self._is_refused = False

    def knows(self, secret: str) -> bool:
        """Whether this is the secret that Telegram was given."""
        return hmac.compare_digest(secret.encode(), self._secret.encode())

    async def start(self) -> None:
        """Begin, without waiting for Telegram: the web must not depend on it."""
        self._task = asyncio.create_task(self._run())

    def ended(self) -> bool:
        """Whether something of it ended by itself; not when Telegram refuses the token."""
        return self._task is not None and self._task.done() and not self._is_refused

    async def stop(self) -> None:
        """End; what is not done is taken up at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.inbox.stop()
        await self._delivery.stop()
        await self._bot.shutdown()

    async def _run(self) -> None:
        """Until cancelled, or until one of its works ends: none of them should."""
        self._is_refused = not await self._connected()
        if self._is_refused:
            return
        work = (
            self.inbox.run(),
            self._delivery.run(),
            self._way.run(),
            self._taking_in.knock(),
            self._tidy(),
        )
        tasks = [asyncio.create_task(one) for one in work]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _connected(self) -> bool:
        """Present the bot to Telegram, however long it takes; False when its token is refused."""
        pause = 1.0
        while True:
            try:
                await self._bot.initialize()
                await self._choose_the_way()
            except InvalidToken:
                log.error("WAYMARK_TELEGRAM_TOKEN: Telegram refuses it. Telegram is off.")
                return False
            except Exception as error:  # whatever it was: later it may go
                log.warning("telegram can't be reached: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return True

    async def _choose_the_way(self) -> None:
        if self._public_url is None:
            await self._bot.delete_webhook()
        else:
            await self._bot.set_webhook(
                self._public_url + WEBHOOK, secret_token=self._secret, allowed_updates=WANTED
            )

    async def _caught_up(self, address: str) -> None:
        """Return when all that Telegram told us about a chat has been looked at."""
        await self._way.caught_up()
        await self.inbox.worked_off(address)

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(3600)
            try:
                await self._chats.tidy(CHANNEL)
            except Exception as error:
                log.error("tidying failed: %s", type(error).__name__)
