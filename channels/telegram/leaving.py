"""Clearing a chat, and deleting everything: what Telegram lets us do, and no more promised."""

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

GONE = Draft(
    author=Author.SYSTEM,
    kind=Kind.NOTE,
    audience=Audience.COORDINATORS,
    text="Telegram: this person cleared the chat. Nothing is sent there until they write again.",
)


class Leaving:
    """What a person asks for who must not be found here."""

    def __init__(self, bot: Bot, chats: Chats, reception: Reception, words: Words) -> None:
        self._bot = bot
        self._chats = chats
        self._reception = reception
        self._words = words

    async def leave(self, chat: Chat, _message: Message) -> None:
        """Clear the chat and send nothing until the person writes again."""
        await self._chats.pause(chat)
        await self._reception.remark(chat.conversation, GONE)
        await self._clear(chat)
        await self._bot.send_message(
            chat.address, self._words.reply(Say.TELEGRAM_LEFT).text, disable_notification=True
        )

    async def delete(self, chat: Chat, _message: Message) -> None:
        """Erase the conversation everywhere on our side, and clear the chat."""
        numbers = await self._chats.messages(chat, DELETABLE_FOR)
        try:
            await self._reception.erase(chat.conversation)
        except (Unavailable, Held):
            say = Say.TELEGRAM_NOT_DELETED
        else:
            say = Say.TELEGRAM_DELETED
            await self._remove(chat, numbers)
        await self._bot.send_message(chat.address, self._words.reply(say).text)

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
