"""The verbs others may call on chats of messengers."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.chats import store
from knowledge.chats.model import Chat, Sending, Update
from knowledge.clock import Clock
from knowledge.database import Database

# Telegram repeats an update for at most 24 hours (Bot API, "Getting updates").
REPEATED_FOR = timedelta(days=2)


class Chats:
    """Chats of messengers, what came in by them and what went out."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def take(self, channel: str, updates: Sequence[Update]) -> None:
        """Keep updates before they are worked off. What was kept before changes nothing."""
        try:
            await self._take(channel, updates)
        except IntegrityError:  # another process kept one of them in this moment
            await self._take(channel, updates)

    async def newest(self, channel: str) -> int | None:
        """The highest number of an update that was kept, None when there was none."""
        async with self._database.reading() as unit:
            return await store.newest_update(unit, channel)

    async def undone(self, channel: str, but: Collection[int] = ()) -> list[Update]:
        """What still has to be worked off, in the messenger's order; some numbers left out."""
        async with self._database.reading() as unit:
            return await store.undone_updates(unit, channel, but)

    async def done(self, *worked_off: Update) -> None:
        """Note that updates of a channel are worked off: what they held is forgotten."""
        async with self._database.writing() as unit:
            channel, numbers = worked_off[0].channel, [one.number for one in worked_off]
            await store.empty_updates(unit, channel, numbers)

    async def forget_set_aside(self, chat: Chat, before: int) -> None:
        """Forget what this chat sent before an update and could not be worked off.

        Its updates are taken in their order, so nothing else of it is left from before.
        """
        async with self._database.writing() as unit:
            undone = await store.undone_updates(unit, chat.channel)
            theirs = [
                one.number for one in undone if one.address == chat.address and one.number < before
            ]
            await store.empty_updates(unit, chat.channel, theirs)
        await self._database.empty_log()

    async def tidy(self, channel: str) -> None:
        """Forget numbers of updates that cannot come again."""
        async with self._database.writing() as unit:
            await store.forget_updates(unit, channel, self._clock() - REPEATED_FOR)

    async def at(self, channel: str, address: str) -> Chat | None:
        """The chat at an address, None when nobody wrote from there or it was erased."""
        async with self._database.reading() as unit:
            return await store.chat(unit, channel, address)

    async def standing(
        self, channel: str, address: str
    ) -> tuple[Chat, Sending | None] | tuple[None, None]:
        """The chat at an address, and what is on its way there."""
        async with self._database.reading() as unit:
            chat = await store.chat(unit, channel, address)
            if chat is None:
                return None, None
            return chat, await store.sending(unit, chat.conversation)

    async def add(self, channel: str, address: str, conversation: str) -> Chat:
        """Note that a conversation goes on in this chat; the one that stands first is kept."""
        made = Chat(
            channel=channel,
            address=address,
            conversation=conversation,
            delivered=0,
            quiet=False,
            paused=False,
            heard_at=self._clock(),
        )
        async with self._database.writing() as unit:
            before = await store.chat(unit, channel, address)
            if before is None:
                await store.add_chat(unit, made)
        return before or made

    async def heard(self, chat: Chat, messages: Sequence[int] = ()) -> None:
        """The person wrote: they are there again. ``messages`` are the messenger's numbers."""
        now = self._clock()
        async with self._database.writing() as unit:
            await store.change_chat(unit, chat.conversation, heard_at=now, paused=False)
            await store.note_messages(unit, chat.conversation, messages, now)

    async def hears(self, channel: str, address: str, message: int) -> Chat | None:
        """The person at an address wrote, if they are known: their chat, and that they are there.

        ``message`` is the messenger's number of it.
        """
        now = self._clock()
        async with self._database.writing() as unit:
            before = await store.chat(unit, channel, address)
            if before is None:
                return None
            chat = replace(before, heard_at=now, paused=False)
            await store.hear(unit, chat)
            await store.note_messages(unit, chat.conversation, [message], now)
        return chat

    async def be_quiet(self, chat: Chat, quiet: bool) -> None:
        """Whether notifications must say nothing from now on."""
        async with self._database.writing() as unit:
            await store.change_chat(unit, chat.conversation, quiet=quiet)

    async def pause(self, chat: Chat) -> None:
        """Send nothing until the person writes again."""
        async with self._database.writing() as unit:
            await store.change_chat(unit, chat.conversation, paused=True)

    async def with_news(
        self, channel: str, but: Collection[str] = ()
    ) -> list[tuple[Chat, int, bool]]:
        """Chats whose thread has more than was delivered, each with the thread's last sequence
        and whether something sent to it is in doubt.

        The one that wrote first stands at the head; chats that are paused are left out, and
        those of the conversations in ``but``. One whose address can't be opened has an empty one.
        """
        async with self._database.reading() as unit:
            return await store.chats_with_news(unit, channel, but)

    async def sending(self, chat: Chat) -> Sending | None:
        """What is on its way to the chat; None when nothing is."""
        async with self._database.reading() as unit:
            return await store.sending(unit, chat.conversation)

    async def hand_over(self, chat: Chat, sending: Sending) -> None:
        """Note that the next message of this goes to the messenger now: it is in doubt."""
        async with self._database.writing() as unit:
            await store.put_sending(unit, chat.conversation, replace(sending, in_doubt=True))

    async def refused(self, chat: Chat) -> None:
        """The messenger did not take the message: there is no doubt about it."""
        async with self._database.writing() as unit:
            before = await store.sending(unit, chat.conversation)
            if before is not None:
                await store.put_sending(unit, chat.conversation, replace(before, in_doubt=False))

    async def arrived(
        self, chat: Chat, sending: Sending, number: int | None = None, *, is_last: bool = False
    ) -> None:
        """Note that the next message of this stands in the chat, under the messenger's number.

        With the last one, the thread was brought to the chat as far as this goes.
        Whoever says so second changes nothing: the messenger's answer or what proves it.
        """
        count = sending.arrived + 1
        async with self._database.writing() as unit:
            before = await store.sending(unit, chat.conversation)
            if before is not None and before.upto == sending.upto and before.arrived < count:
                now = replace(before, arrived=count, in_doubt=False)
                await self._go_on(unit, chat, now, is_last)
            numbers = [] if number is None else [number]
            await store.note_messages(unit, chat.conversation, numbers, self._clock())

    async def _go_on(self, unit: AsyncConnection, chat: Chat, now: Sending, is_last: bool) -> None:
        if not is_last:
            await store.put_sending(unit, chat.conversation, now)
            return
        await store.change_chat(unit, chat.conversation, delivered=now.upto)
        await store.drop_sending(unit, chat.conversation)

    async def delivered(self, chat: Chat, upto: int) -> None:
        """Note that the thread was brought to the chat up to here."""
        async with self._database.writing() as unit:
            await store.change_chat(unit, chat.conversation, delivered=upto)
            await store.drop_sending(unit, chat.conversation)

    async def messages(self, chat: Chat, younger_than: timedelta | None = None) -> list[int]:
        """The messenger's numbers of messages in the chat, all or those younger than this."""
        async with self._database.reading() as unit:
            since = None if younger_than is None else self._clock() - younger_than
            return await store.message_numbers(unit, chat.conversation, since)

    async def removed(self, chat: Chat, messages: Sequence[int]) -> None:
        """Note that these messages no longer stand in the chat."""
        async with self._database.writing() as unit:
            await store.forget_messages(unit, chat.conversation, list(messages))

    async def _take(self, channel: str, updates: Sequence[Update]) -> None:
        async with self._database.writing() as unit:
            known = await store.known_updates(unit, channel, [one.number for one in updates])
            for update in updates:
                if update.number not in known:
                    known.add(update.number)
                    await store.add_update(unit, update, self._clock())
