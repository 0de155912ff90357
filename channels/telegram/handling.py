"""What each kind of update means: words and choices go to reception, commands are done here."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from channels.message import SAYS, Choice, Reply
from channels.reception import Incoming, UnknownChoice
from channels.settings import Settings
from channels.telegram.leaving import Leaving
from channels.telegram.links import DELETE, command_in, words_in
from channels.telegram.outgoing import Outgoing
from channels.telegram.render import PRESSED, pressed, ticked, ticks
from channels.telegram.taking_in import TakingIn
from channels.telegram.updates import CHANNEL
from channels.words import Say, Words
from knowledge.chats.model import Chat
from knowledge.conversations.model import Author, Entry, Reader
from knowledge.errors import NotFound
from knowledge.opening import Knowledge
from knowledge.places.near import nearest_place
from knowledge.returning.operations import Returning

log = logging.getLogger(__name__)

HERE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
Doing = Callable[[Chat, Message], Awaitable[None]]


class Handling:
    """Takes one update after the other of a chat. Doing one twice has the effect of once."""

    def __init__(
        self,
        bot: Bot,
        knowledge: Knowledge,
        taking_in: TakingIn,
        words: Words,
        outgoing: Outgoing,
        settings: Settings,
    ) -> None:
        self._bot = bot
        self._site = settings.site if settings.site_url else settings.public_url or settings.site
        self._returning = Returning(knowledge.database, knowledge.clock, settings.return_key)
        self._taking_in = taking_in
        self._chats = knowledge.chats
        self._conversations = knowledge.conversations
        self._reception = taking_in.reception
        self._words = words
        self._outgoing = outgoing
        self._leaving = Leaving(bot, knowledge.chats, taking_in.reception, words, outgoing.turn)
        self._commands: dict[str, Doing] = {
            "start": self._about,
            "help": self._help,
            "quiet": self._be_quiet,
            "words": self._be_loud,
            "web": self._web,
            "leave": self._leaving.leave,
            "delete": self._ask_to_delete,
        }

    async def handle(self, update: Update) -> None:
        """Do what an update asks for. Raises Unavailable when it could not be kept."""
        if update.my_chat_member is not None:
            await self._membership(update)
        elif update.callback_query is not None:
            await self._press(update.callback_query, update.update_id)
        elif (message := update.message or update.edited_message) is not None:
            await self._message(message, update.update_id)

    async def _membership(self, update: Update) -> None:
        change = update.my_chat_member
        if change is None:
            return
        here = change.new_chat_member.status in HERE
        if change.chat.type != ChatType.PRIVATE:
            if here:
                await self._leave_group(change.chat.id)
            return
        chat = await self._chats.at(CHANNEL, str(change.chat.id))
        if chat is not None and not here:
            await self._chats.pause(chat)

    async def _leave_group(self, group: int) -> None:
        text = self._words.reply(Say.TELEGRAM_GROUP, link=self._bot.link).text
        with suppress(TelegramError):
            await self._bot.send_message(group, text)
        with suppress(TelegramError):
            await self._bot.leave_chat(group)

    async def _message(self, message: Message, number: int) -> None:
        if message.chat.type != ChatType.PRIVATE:
            await self._leave_group(message.chat.id)
            return
        chat = await self._taking_in.chat(str(message.chat.id), message.message_id)
        await self._outgoing.prove_by_reply(chat, message)
        command = command_in(message.text or "")
        if command == DELETE:
            await self._leaving.delete(chat, number)
            return
        if command in self._commands:
            await self._commands[command](chat, message)
        if text := words_in(message.text, message.caption):
            await self._taking_in.said(chat, text, number)
        if _is_unreadable(message):
            await self._remark(chat, self._unreadable(message), f"{CHANNEL}-{number}-unread")

    def _unreadable(self, message: Message) -> Reply:
        """What is answered to what has no words. A place on the map is looked up, and not kept."""
        if message.location is None:
            return self._words.reply(Say.TELEGRAM_CANNOT_READ)
        place = nearest_place(message.location.latitude, message.location.longitude)
        if place is None:
            return self._words.reply(Say.TELEGRAM_LOCATION)
        text = self._words.reply(Say.TELEGRAM_NEAR, place=place).text
        return Reply(text, (Choice(place, SAYS + place),))

    async def _remark(self, chat: Chat, said: Say | Reply, message_id: str) -> None:
        reply = self._words.reply(said) if isinstance(said, Say) else said
        draft = replace(reply.as_draft(Author.SYSTEM), message_id=message_id)
        await self._reception.remark(chat.conversation, draft)

    async def _about(self, chat: Chat, message: Message) -> None:
        await self._remark(chat, Say.TELEGRAM_ABOUT, f"{CHANNEL}-about-{message.message_id}")

    async def _help(self, chat: Chat, message: Message) -> None:
        await self._remark(chat, Say.TELEGRAM_HELP, f"{CHANNEL}-help-{message.message_id}")

    async def _ask_to_delete(self, chat: Chat, message: Message) -> None:
        await self._remark(chat, Say.TELEGRAM_DELETE, f"{CHANNEL}-delete-{message.message_id}")

    async def _web(self, chat: Chat, _message: Message) -> None:
        """Words to go on with on the web. They stand in no thread: they are sent from here."""
        phrase = await self._returning.new_phrase(chat.conversation)
        address = f"{self._site}/come-back"
        text = self._words.reply(Say.TELEGRAM_WEB, words=phrase, address=address).text
        sent = await self._bot.send_message(chat.address, text)
        await self._chats.heard(chat, [sent.message_id])

    async def _be_quiet(self, chat: Chat, message: Message) -> None:
        await self._chats.be_quiet(chat, True)
        await self._remark(chat, Say.TELEGRAM_QUIET, f"{CHANNEL}-quiet-{message.message_id}")

    async def _be_loud(self, chat: Chat, message: Message) -> None:
        await self._chats.be_quiet(chat, False)
        await self._remark(chat, Say.TELEGRAM_NOT_QUIET, f"{CHANNEL}-words-{message.message_id}")

    async def _press(self, query: CallbackQuery, number: int) -> None:
        with suppress(TelegramError):  # too late to say so: the button works all the same
            await query.answer()
        message = query.message
        data = query.data or ""
        if message is None or data == PRESSED:
            return
        chat = await self._chats.at(CHANNEL, str(message.chat.id))
        if chat is None:  # deleted meanwhile
            return
        await self._outgoing.prove_by_press(chat, query)
        await self._chats.heard(chat, [message.message_id])
        kind, _, rest = data.partition(":")
        keyboard = message.reply_markup if isinstance(message, Message) else None
        if kind == "tick" and keyboard is not None:
            await _gently(query.edit_message_reply_markup(ticked(keyboard, data)))
        elif kind == "show":
            await self._show(chat, query, rest)
        elif kind in ("one", "all"):
            await self._choose(chat, query, keyboard, rest)

    async def _choose(
        self, chat: Chat, query: CallbackQuery, keyboard: InlineKeyboardMarkup | None, which: str
    ) -> None:
        entry = await self._entry(chat, int(which.split(":")[0]))
        numbers = [int(which.split(":")[1])] if ":" in which else ticks(keyboard)
        chosen = [entry.details["choices"][number] for number in numbers] if entry else []
        if entry is None or not chosen:
            return
        said = Incoming(
            conversation=chat.conversation,
            message_id=f"choice-{entry.sequence}",
            choice=_together([one["value"] for one in chosen]),
        )
        with suppress(UnknownChoice):
            received = await self._taking_in.receive(said)
            # What counted is shown: another copy of the question may have been pressed before.
            counted = await self._entry(chat, received.sequence)
            title = counted.text if counted else ", ".join(one["title"] for one in chosen)
            await _gently(query.edit_message_reply_markup(pressed(title)))

    async def _show(self, chat: Chat, query: CallbackQuery, which: str) -> None:
        """The words that a covered message stands for, in its place."""
        first, last, *number = [int(one) for one in which.split(":")]
        messages = await self._outgoing.between(chat, first, last)
        part = messages[number[0] if number else 0]
        await _gently(query.edit_message_text(part.text, reply_markup=part.keyboard))

    async def _entry(self, chat: Chat, sequence: int) -> Entry | None:
        with suppress(NotFound):
            _, thread = await self._conversations.thread(
                chat.conversation, reader=Reader.PERSON, after=sequence - 1
            )
            return next((entry for entry in thread if entry.sequence == sequence), None)
        return None


async def _gently(doing: Awaitable[object]) -> None:
    """Something that only pleases: when Telegram can't do it now, nothing is lost."""
    try:
        await doing
    except TelegramError as error:
        log.info("telegram: %s", type(error).__name__)


def _is_unreadable(message: Message) -> bool:
    return message.text is None and message.effective_attachment is not None


def _together(values: list[str]) -> str:
    """Several choices of one question as one value: ``needs=a,b``."""
    field, separator, _ = values[0].partition("=")
    if not separator:
        return values[0]
    return f"{field}={','.join(value.partition('=')[2] for value in values)}"
