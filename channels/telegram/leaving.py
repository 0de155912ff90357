"""Clearing a chat, and deleting everything: what Telegram lets us do, and no more promised."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import batched

from telegram import Bot, Message
from telegram.error import TelegramError

from channels.reception import Reception
from channels.words import Say, Words
from knowledge.chats.model import Chat
from knowledge.chats.operations import Chats
from knowledge.conversations.model import Audience, Author, Draft, Kind
from knowledge.errors import Held, Unavailable

# Bot API, deleteMessage: a message can only be deleted if it was sent less than 48 hours ago.
DELETABLE_FOR = timedelta(hours=48)
AT_ONCE = 100  # deleteMessages
PATIENCE = 5.0  # seconds

GONE = Draft(
    author=Author.SYSTEM,
    kind=Kind.NOTE,
    audience=Audience.COORDINATORS,
    text="Telegram: this person cleared the chat. Nothing is sent there until they write again.",
)


class Leaving:
    """What a person asks for who must not be found here."""

    def __init__(
        self,
        bot: Bot,
        chats: Chats,
        reception: Reception,
        words: Words,
        turn: Callable[[str], asyncio.Lock],
    ) -> None:
        self._turn = turn
        self._bot = bot
        self._chats = chats
        self._reception = reception
        self._words = words

    async def leave(self, chat: Chat, _message: Message) -> None:
        """Clear the chat and send nothing until the person writes again."""
        await self._chats.pause(chat)
        await self._reception.remark(chat.conversation, GONE)
        async with self._nothing_on_its_way(chat):
            await self._clear(chat)
            await self._bot.send_message(
                chat.address, self._words.reply(Say.TELEGRAM_LEFT).text, disable_notification=True
            )

    async def delete(self, chat: Chat, update: int) -> None:
        """Erase the conversation everywhere on our side, and clear the chat.

        ``update`` is the number of the update that asks for it.
        """
        async with self._nothing_on_its_way(chat):
            await self._erase(chat, update)

    async def _erase(self, chat: Chat, update: int) -> None:
        numbers = await self._chats.messages(chat, DELETABLE_FOR)
        try:
            forgotten = await self._reception.erase(chat.conversation)
            await self._chats.forget_set_aside(chat, update)
        except (Unavailable, Held):
            say = Say.TELEGRAM_NOT_DELETED
        else:
            say = Say.TELEGRAM_DELETED if forgotten else Say.TELEGRAM_NEARLY_DELETED
            await self._remove(chat, numbers)
        await self._bot.send_message(chat.address, self._words.reply(say).text)

    @asynccontextmanager
    async def _nothing_on_its_way(self, chat: Chat) -> AsyncIterator[None]:
        """What is being sent now arrives first, so that it is cleared as well; not for long."""
        turn = self._turn(chat.address)
        try:
            async with asyncio.timeout(PATIENCE):
                await turn.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            turn.release()

    async def _clear(self, chat: Chat) -> None:
        numbers = await self._chats.messages(chat, DELETABLE_FOR)
        await self._chats.removed(chat, await self._remove(chat, numbers))

    async def _remove(self, chat: Chat, numbers: list[int]) -> list[int]:
        removed: list[int] = []
        for some in batched(numbers, AT_ONCE):
            try:
                await self._bot.delete_messages(chat.address, some)
            except TelegramError:
                continue  # it says so: only the person can clear the rest
            removed += some
        return removed
