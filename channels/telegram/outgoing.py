"""What is on its way to a chat, and what proves that some of it arrived."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from channels.telegram.render import Part, parts
from channels.words import Say, Words
from knowledge.chats.model import Chat, Sending
from knowledge.conversations.model import Entry, Reader
from knowledge.opening import Knowledge


class Outgoing:
    """The messages of a way to a chat: the same ones, in the same order, whenever it is asked."""

    def __init__(self, knowledge: Knowledge, words: Words) -> None:
        self._chats = knowledge.chats
        self._conversations = knowledge.conversations
        self._words = words
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, address: str) -> asyncio.Lock:
        """Held while something is sent to a chat, or while the chat must stay as it is."""
        return self._turns.setdefault(address, asyncio.Lock())

    async def parts(self, chat: Chat, sending: Sending) -> list[Part]:
        """The messages between what was delivered and the end of this. Raises NotFound."""
        return self.way(chat, sending, await self.since(chat))

    async def since(self, chat: Chat) -> list[Entry]:
        """The entries of the thread that were not brought to the chat. Raises NotFound."""
        _, thread = await self._conversations.thread(
            chat.conversation, reader=Reader.PERSON, after=chat.delivered
        )
        return thread

    def way(self, chat: Chat, sending: Sending, thread: Sequence[Entry]) -> list[Part]:
        """The messages that these entries make, as far as this goes."""
        open_ = self._parts([entry for entry in thread if entry.sequence <= sending.upto])
        if not sending.covered:
            return open_
        return [
            self._cover(chat.delivered + 1, sending.upto, number, part)
            for number, part in enumerate(open_)
        ]

    async def between(self, chat: Chat, first: int, last: int) -> list[Part]:
        """The messages that these entries of the thread make. Raises NotFound."""
        _, thread = await self._conversations.thread(
            chat.conversation, reader=Reader.PERSON, after=first - 1
        )
        return self._parts([entry for entry in thread if entry.sequence <= last])

    def _parts(self, entries: Sequence[Entry]) -> list[Part]:
        return parts(entries, self._words.reply(Say.TELEGRAM_DONE).text)

    async def prove_by_press(self, chat: Chat, query: CallbackQuery) -> None:
        """Whose button was pressed has arrived, and so has all that was sent before it."""
        sending = await self._chats.sending(chat)
        if sending is None or query.message is None:
            return
        for number, part in enumerate(await self.parts(chat, sending)):
            if number >= sending.arrived and query.data in part.buttons:
                arrived = replace(sending, arrived=number)
                await self._chats.arrived(chat, arrived, query.message.message_id)

    async def prove_by_reply(self, chat: Chat, message: Message) -> None:
        """What is in doubt has arrived when an answer quotes it as a message unknown to us.

        An older message with the same words is known by its number: it proves nothing.
        """
        quoted = message.reply_to_message
        sending = await self._chats.sending(chat) if quoted else None
        if sending is None or not sending.in_doubt or quoted is None:
            return
        if quoted.message_id in await self._chats.messages(chat):
            return
        way = await self.parts(chat, sending)
        if sending.arrived < len(way) and quoted.text == way[sending.arrived].text:
            await self._chats.arrived(chat, sending, quoted.message_id)

    def _cover(self, first: int, last: int, number: int, part: Part) -> Part:
        """A message that says nothing; its button opens the words. Only the first one rings."""
        show = self._words.reply(Say.TELEGRAM_SHOW).text
        button = InlineKeyboardButton(show, callback_data=f"show:{first}:{last}:{number}")
        text = self._words.reply(Say.TELEGRAM_COVER).text
        return Part(text, part.upto, InlineKeyboardMarkup([[button]]), silent=number > 0)
