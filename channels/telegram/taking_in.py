"""The words of people in Telegram on their way to reception, and the chat they come from.

Telegram has taken a message before we see it: nobody can be asked to send it later. So what comes
over a limit, or while all is full, is kept in its thread all the same, and the person is told.
"""

import asyncio
import logging
from collections import deque
from dataclasses import replace

from channels.crowd import Overloaded
from channels.floods import MESSAGES, Flooded, Floods
from channels.lifelines import Lifelines
from channels.message import LONGEST, Reply, clean, said_by
from channels.reception import Incoming, Reception
from channels.telegram.render import split
from channels.telegram.updates import CHANNEL
from channels.words import Say, Words
from knowledge.chats.model import Chat
from knowledge.conversations.model import (
    Audience,
    Author,
    Draft,
    HandOff,
    Kind,
    Priority,
    Received,
)
from knowledge.errors import Unavailable
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

CALLED = HandOff(priority=Priority.URGENT, reasons=("assistant_failed",))
KNOCK_EVERY = 1.0  # seconds
READ_AT_ONCE = 4  # messages of those who wait because all is full
READ_WITHIN = 5.0  # seconds; who was not read by then may be in danger
COUNTED = 10_000  # updates that are counted once, however often they are tried
NOT_READ = (
    "Telegram: this person wrote so much in a minute that not all of it was read for danger. "
    "It stands here; please read it."
)


class TakingIn:
    """Brings words to reception. Doing it twice has the effect of once."""

    def __init__(
        self, knowledge: Knowledge, reception: Reception, floods: Floods, words: Words
    ) -> None:
        self.reception = reception
        self._chats = knowledge.chats
        self._conversations = knowledge.conversations
        self._clock = knowledge.clock
        self._floods = floods
        self._words = words
        self._lifelines = Lifelines.load()
        self._counted: deque[int] = deque(maxlen=COUNTED)
        self._reading = asyncio.Semaphore(READ_AT_ONCE)
        self._waiting: dict[str, Incoming] = {}  # what was kept while all was full

    async def chat(self, address: str, message: int) -> Chat:
        """The chat in which somebody writes; who is new is greeted. Raises Unavailable.

        ``message`` is Telegram's number of what they wrote.
        """
        known = await self._chats.hears(CHANNEL, address, message)
        if known is not None:
            return known
        opened = await self.reception.open(CHANNEL, Say.TELEGRAM_WELCOME)
        note = _note(self._words.reply(Say.TELEGRAM_DESK).text)
        await self.reception.remark(opened.conversation, note)
        chat = await self._chats.add(CHANNEL, address, opened.conversation)
        await self._chats.heard(chat, [message])
        return chat

    async def said(self, chat: Chat, text: str, number: int) -> None:
        """What a person said in an update, which has this number.

        Over the limit it is kept and not answered. Raises NotFound and Unavailable.
        """
        is_too_much = await self._is_too_much(chat, text, number)
        for part, piece in enumerate(split(text, LONGEST)):
            id_ = f"{CHANNEL}-{number}-{part}"
            if is_too_much:
                draft = Draft(author=Author.PERSON, text=clean(piece), message_id=id_)
                await self.reception.remark(chat.conversation, draft)
            else:
                said = Incoming(conversation=chat.conversation, message_id=id_, text=piece)
                await self.receive(said)

    async def receive(self, said: Incoming) -> Received:
        """Hand words or a choice on; while all is full they are kept, and answered later.

        Raises UnknownChoice, NotFound and Unavailable.
        """
        try:
            return await self.reception.receive(said)
        except Overloaded:
            return await self._keep(said)

    async def knock(self) -> None:
        """See that those who wait are answered as soon as there is room, until cancelled."""
        while True:
            await asyncio.sleep(KNOCK_EVERY)
            for conversation, said in list(self._waiting.items()):
                try:
                    await self.reception.receive(said)
                except (Overloaded, Unavailable):
                    break
                except Exception as error:  # it may have been erased
                    log.warning("telegram: knocking in vain: %s", type(error).__name__)
                self._waiting.pop(conversation, None)

    async def _keep(self, said: Incoming) -> Received:
        """Keep what waits for its answer. Who may be in danger is put before people at once."""
        conversation, text, details = said.conversation, clean(said.text), dict[str, str]()
        if said.choice is not None:
            offered = await self._conversations.offered(conversation)
            text, details = said_by(said.choice, offered)
        draft = Draft(author=Author.PERSON, text=text, message_id=said.message_id, details=details)
        received = await self._conversations.receive(conversation, draft)
        await self._tell(conversation, self._lifelines.full, f"{said.message_id}-full")
        if await self._may_be_in_danger(text, said.choice):
            called = replace(CALLED, about=received.sequence, unread=True).as_draft()
            called = replace(called, message_id=f"{said.message_id}-called")
            await self.reception.remark(conversation, called)
        self._waiting[conversation] = said
        return received

    async def _may_be_in_danger(self, text: str, choice: str | None) -> bool:
        try:
            async with asyncio.timeout(READ_WITHIN), self._reading:
                return await self.reception.tells_of_danger(text, choice)
        except TimeoutError:
            return True

    async def _is_too_much(self, chat: Chat, text: str, number: int) -> bool:
        """Whether this is over the limit and tells of no danger that we know of."""
        if number in self._counted:
            return False
        self._counted.append(number)
        was_read = False

        async def dangerous() -> bool:
            nonlocal was_read
            was_read = True
            return await self.reception.tells_of_danger(text)

        try:
            await self._floods.check_words(MESSAGES, chat.conversation, dangerous)
        except Flooded:
            await self._tell_of_flood(chat.conversation, was_read=was_read)
            return True
        return False

    async def _tell_of_flood(self, conversation: str, *, was_read: bool) -> None:
        """Tell the person, and people if not all could be read, once a minute."""
        minute = f"{self._clock():%Y%m%d%H%M}"
        await self._tell(conversation, self._lifelines.too_much, f"{CHANNEL}-too-much-{minute}")
        if not was_read:
            for name, draft in (("called", CALLED.as_draft()), ("unread", _note(NOT_READ))):
                id_ = f"{CHANNEL}-too-much-{name}-{minute}"
                await self.reception.remark(conversation, replace(draft, message_id=id_))

    async def _tell(self, conversation: str, words: Reply, message_id: str) -> None:
        draft = replace(words.as_draft(Author.SYSTEM), message_id=message_id)
        await self.reception.remark(conversation, draft)


def _note(text: str) -> Draft:
    return Draft(author=Author.SYSTEM, kind=Kind.NOTE, audience=Audience.COORDINATORS, text=text)
