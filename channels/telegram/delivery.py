"""From the thread to Telegram: in order, retried until it arrives or is given up loudly."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from channels.bell import QUEUE, Bell
from channels.telegram.render import Part, parts
from channels.telegram.updates import CHANNEL
from channels.words import Say, Words
from knowledge.chats.model import Chat
from knowledge.clock import Clock
from knowledge.contact.model import TALKING_FOR, Approach, Way
from knowledge.conversations.model import Audience, Author, Draft, Entry, Kind, Reader
from knowledge.errors import NotFound
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds: another process may have written
LONGEST_PAUSE = 30.0
BURST = (3, 3.0)  # messages, in seconds
MOST_PACES = 10_000
# Whoever wrote a moment ago has the chat before them; later, words may light up a screen.
AT_THE_SCREEN = timedelta(minutes=2)


class Delivery:
    """Brings every entry of a thread to its chat, one chat at a time in order."""

    def __init__(self, bot: Bot, knowledge: Knowledge, words: Words, bell: Bell) -> None:
        self._bot = bot
        self._chats = knowledge.chats
        self._conversations = knowledge.conversations
        self._gate = knowledge.gate
        self._clock: Clock = knowledge.clock
        self._words = words
        self._bell = bell
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._kept_back: dict[str, tuple[int, datetime]] = {}
        self._paces: dict[str, AsyncLimiter] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        with self._bell.listening(QUEUE) as ear:
            while True:
                try:
                    await self._look()
                except Exception as error:  # the database is away: look again
                    log.error("telegram delivery: %s", type(error).__name__)
                await ear.wait(LOOK_EVERY)

    async def stop(self) -> None:
        """Let go of what is being sent; what did not arrive is sent after the next start."""
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        for chat, newest in await self._chats.with_news(CHANNEL):
            if self._kept_back.get(chat.address) == (newest, chat.heard_at):
                continue  # nothing changed since the gate said no
            if chat.address not in self._at_work:
                task = asyncio.create_task(self._deliver(chat, newest))
                self._at_work[chat.address] = task

    async def _deliver(self, chat: Chat, newest: int) -> None:
        pause = 1.0
        try:
            while True:
                try:
                    await self._bring(chat, newest)
                except (Forbidden, InvalidToken):
                    await self._gone(chat)
                except BadRequest as error:
                    await self._refused(chat, newest, error)
                except (TelegramError, OSError) as error:  # Telegram is away: keep trying
                    log.warning("telegram: %s", type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                return
        except NotFound:  # erased meanwhile
            return
        finally:
            del self._at_work[chat.address]
            self._bell.ring(QUEUE)  # something may have come in meanwhile

    async def _bring(self, chat: Chat, newest: int) -> None:
        chat = await self._chats.at(CHANNEL, chat.address) or chat
        if chat.paused:
            return
        _, thread = await self._conversations.thread(
            chat.conversation, reader=Reader.PERSON, after=chat.delivered
        )
        entries = [entry for entry in thread if entry.sequence <= newest]
        messages = parts(entries, self._words.reply(Say.TELEGRAM_DONE).text)
        if messages and not await self._may_reach(chat, entries):
            self._kept_back[chat.address] = (newest, chat.heard_at)
            return  # until the person writes again
        if messages and self._must_cover(chat):
            messages = [self._cover(chat.delivered + 1, newest)]
        for part in messages:
            await self._pace(chat.address)
            sent = await self._bot.send_message(
                chat.address, part.text, reply_markup=part.keyboard
            )
            await self._chats.delivered(chat, part.upto, [sent.message_id])
        if not messages or messages[-1].upto < newest:
            await self._chats.delivered(chat, newest)

    async def _may_reach(self, chat: Chat, entries: Sequence[Entry]) -> bool:
        """Whoever is talking is answered; words out of the blue go through the gate."""
        approach = Approach(way=Way.THIS_CHAT, heard_at=chat.heard_at)
        first = next(one for one in entries if one.author is not Author.PERSON)
        return not await self._gate.ask(chat.conversation, approach, f"{first.sequence}")

    async def _pace(self, address: str) -> None:
        """Telegram: about one message a second in one chat, short bursts allowed."""
        if len(self._paces) > MOST_PACES:
            self._paces.clear()
        await self._paces.setdefault(address, AsyncLimiter(*BURST)).acquire()

    def _must_cover(self, chat: Chat) -> bool:
        silent_for = self._clock() - chat.heard_at
        return silent_for > TALKING_FOR or (chat.quiet and silent_for > AT_THE_SCREEN)

    def _cover(self, first: int, last: int) -> Part:
        """A message that says nothing; a button opens the words."""
        show = self._words.reply(Say.TELEGRAM_SHOW).text
        button = InlineKeyboardButton(show, callback_data=f"show:{first}:{last}")
        text = self._words.reply(Say.TELEGRAM_COVER).text
        return Part(text, last, InlineKeyboardMarkup([[button]]))

    async def _gone(self, chat: Chat) -> None:
        await self._chats.pause(chat)
        await self._tell_the_desk(chat, "Telegram: this person can't be reached here any more.")

    async def _refused(self, chat: Chat, newest: int, error: BadRequest) -> None:
        if "chat not found" in error.message.lower():
            await self._gone(chat)
            return
        # Given up loudly: a co-ordinator must know that these words did not arrive.
        log.error("telegram refused a message: BadRequest")
        await self._tell_the_desk(chat, "Telegram refused a message: it did not reach the person.")
        await self._chats.delivered(chat, newest)

    async def _tell_the_desk(self, chat: Chat, text: str) -> None:
        note = Draft(
            author=Author.SYSTEM, kind=Kind.NOTE, audience=Audience.COORDINATORS, text=text
        )
        with suppress(NotFound):
            await self._conversations.remark(chat.conversation, note)
