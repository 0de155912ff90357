"""From the thread to Telegram: in order, retried until it arrives or is given up loudly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from channels.bell import QUEUE, Bell, bringing_to
from channels.telegram.outgoing import Outgoing
from channels.telegram.render import Part
from channels.telegram.taking_in import CALLED
from channels.telegram.updates import CHANNEL
from channels.telegram.wire import NotSent
from knowledge.chats.model import Chat, Sending
from knowledge.clock import Clock
from knowledge.contact.model import TALKING_FOR, Approach, Way
from knowledge.conversations.model import Audience, Author, Draft, Entry, Kind
from knowledge.errors import NotFound, Unavailable
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds: another process may have written
BREATH = 0.05  # between two looks: under load one look finds what many bells rang for
NOTE_AGAIN_AFTER = 1.0
NOTED_WITHIN = 1.0  # when this stops
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
BURST = (3, 3.0)  # messages, in seconds
MOST_PACES = 10_000
# Whoever wrote a moment ago has the chat before them; later, words may light up a screen.
AT_THE_SCREEN = timedelta(minutes=2)
ODD_TRIES = 3  # after errors that nobody foresaw; then people are called
STUCK = (
    "Telegram: what was said here can't be brought to this person just now, or may not have "
    "reached them. It is tried on; please see what they do not know yet."
)
UNKNOWN = (
    "Telegram: where this person writes from can't be opened (the keys, see README). "
    "Nothing reaches them until they write again."
)


def was_not_taken(error: Exception) -> bool:
    """Whether Telegram surely has not got the message; any other failure leaves it in doubt."""
    return isinstance(error, (NotSent, RetryAfter, Conflict, InvalidToken))


class Delivery:
    """Brings every entry of a thread to its chat, one chat at a time in order."""

    def __init__(
        self,
        bot: Bot,
        knowledge: Knowledge,
        outgoing: Outgoing,
        bell: Bell,
        caught_up: Callable[[str], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._chats = knowledge.chats
        self._conversations = knowledge.conversations
        self._gate = knowledge.gate
        self._clock: Clock = knowledge.clock
        self._outgoing = outgoing
        self._caught_up = caught_up
        self._bell = bell
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._busy: set[str] = set()  # the conversations of those chats
        self._noting: dict[str, asyncio.Task[None]] = {}  # what arrived, by chat
        self._kept_back: dict[str, tuple[int, datetime]] = {}
        self._paces: dict[str, AsyncLimiter] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        with self._bell.listening(QUEUE, bringing_to(CHANNEL)) as ear:
            while True:
                try:
                    await self._look()
                except Exception as error:  # the database is away: look again
                    log.error("telegram delivery: %s", type(error).__name__)
                await asyncio.sleep(BREATH)
                await ear.wait(LOOK_EVERY)

    async def stop(self) -> None:
        """Let go of what is being sent; what did not arrive is sent after the next start."""
        tasks = list(self._at_work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._noting:
            await asyncio.wait(self._noting.values(), timeout=NOTED_WITHIN)

    async def _look(self) -> None:
        for chat, newest, in_doubt in await self._chats.with_news(CHANNEL, but=self._busy):
            if self._kept_back.get(chat.conversation) == (newest, chat.heard_at):
                continue  # nothing changed since the gate said no
            if not chat.address:
                await self._tell_the_desk(chat, UNKNOWN, f"{CHANNEL}-no-address")
                self._kept_back[chat.conversation] = (newest, chat.heard_at)
            elif chat.address not in self._at_work:
                self._busy.add(chat.conversation)
                task = asyncio.create_task(self._deliver(chat, newest, in_doubt))
                self._at_work[chat.address] = task

    async def _deliver(self, chat: Chat, newest: int, in_doubt: bool) -> None:
        pause, odd = FIRST_PAUSE, 0
        try:
            while True:
                try:
                    if await self._tried(chat, newest, in_doubt):
                        return
                except NotFound:  # erased meanwhile
                    return
                except Exception as error:
                    log.error("telegram delivery: %s", type(error).__name__)
                    if isinstance(error, Unavailable):  # they hear as soon as it is back
                        pause = FIRST_PAUSE
                    else:
                        odd += 1
                        await self._stuck(chat, newest, odd)
                in_doubt = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            del self._at_work[chat.address]
            self._busy.discard(chat.conversation)
            self._bell.ring(bringing_to(CHANNEL))  # something may have come in meanwhile

    async def _tried(self, chat: Chat, newest: int, in_doubt: bool) -> bool:
        """Whether this chat is done with, for now: brought, refused or gone."""
        try:
            if noting := self._noting.get(chat.address):
                await asyncio.wait([noting])
            if in_doubt:
                await self._settle(chat)
            while await self._bring_next(chat, newest):
                pass
        except Forbidden:
            await self._gone(chat)
        except BadRequest as error:
            await self._refused(chat, error)
        except (TelegramError, OSError) as error:  # Telegram is away: keep trying
            log.warning("telegram: %s", type(error).__name__)
            if was_not_taken(error):
                await self._chats.refused(chat)
            return False
        return True

    async def _stuck(self, chat: Chat, newest: int, times: int) -> None:
        """An error that nobody foresaw: people must know that their words do not arrive."""
        if times < ODD_TRIES:
            return
        with suppress(Exception):  # done the next time
            called = replace(CALLED.as_draft(), message_id=f"{CHANNEL}-{newest}-stuck")
            await self._conversations.remark(chat.conversation, called)
            await self._tell_the_desk(chat, STUCK, f"{CHANNEL}-{newest}-stuck-note")
            self._bell.ring(chat.conversation, QUEUE)
            sending = await self._chats.sending(chat)
            if sending is not None and sending.in_doubt:  # else it arrives again each time
                await self._chats.arrived(chat, sending)

    async def _settle(self, chat: Chat) -> None:
        """What is in doubt is sent again only after all that could prove its arrival was read."""
        sending = await self._chats.sending(chat)
        if sending is not None and sending.in_doubt:
            await self._caught_up(chat.address)

    async def _bring_next(self, chat: Chat, newest: int) -> bool:
        """Send one message and note that it arrived; False when there is no more to send."""
        await self._pace(chat.address)
        async with self._outgoing.turn(chat.address):
            now, sending = await self._chats.standing(CHANNEL, chat.address)
            if now is None or now.paused:  # erased, or left meanwhile
                return False
            thread = await self._outgoing.since(now)
            if sending is None and not await self._may_reach(now, newest, thread):
                self._kept_back[chat.conversation] = (newest, now.heard_at)
                return False  # until the person writes again
            sending = sending or Sending(upto=newest, covered=self._must_cover(now))
            way = self._outgoing.way(now, sending, thread)
            if sending.arrived >= len(way):
                await self._chats.delivered(now, sending.upto)
                return False
            if self._must_cover(now) and not sending.covered:
                await self._start_over(now, way[: sending.arrived])
                return True
            return await self._send(now, sending, way)

    async def _send(self, chat: Chat, sending: Sending, way: Sequence[Part]) -> bool:
        """Send the next message of a way; False when it was the last one."""
        await self._chats.hand_over(chat, sending)
        part = way[sending.arrived]
        sent = await self._bot.send_message(
            chat.address,
            part.text,
            reply_markup=part.keyboard,
            disable_notification=part.silent or None,
        )
        is_last = sending.arrived + 1 == len(way)
        await self._note(chat, sending, sent.message_id, is_last=is_last)
        return not is_last

    async def _note(self, chat: Chat, sending: Sending, number: int, *, is_last: bool) -> None:
        """Note that it arrived, however long the database is away: else it would go out again.

        It is noted also when this is stopped, as it is when the database is away for long.
        """
        noting = asyncio.create_task(self._noted(chat, sending, number, is_last=is_last))
        self._noting[chat.address] = noting
        await asyncio.shield(noting)

    async def _noted(self, chat: Chat, sending: Sending, number: int, *, is_last: bool) -> None:
        try:
            while True:
                try:
                    return await self._chats.arrived(chat, sending, number, is_last=is_last)
                except Unavailable:
                    log.error("telegram delivery: what arrived can't be noted yet")
                    await asyncio.sleep(NOTE_AGAIN_AFTER)
        finally:
            del self._noting[chat.address]

    async def _start_over(self, chat: Chat, arrived: Sequence[Part]) -> None:
        """They went away from the screen: what did not arrive yet comes covered."""
        await self._chats.delivered(chat, arrived[-1].upto if arrived else chat.delivered)

    async def _may_reach(self, chat: Chat, newest: int, thread: Sequence[Entry]) -> bool:
        """Whoever is talking is answered; words out of the blue go through the gate."""
        said = [one for one in thread if one.author is not Author.PERSON]
        if not said or said[0].sequence > newest:
            return True
        approach = Approach(way=Way.THIS_CHAT, heard_at=chat.heard_at)
        return not await self._gate.ask(chat.conversation, approach, f"{said[0].sequence}")

    async def _pace(self, address: str) -> None:
        """Telegram: about one message a second in one chat, short bursts allowed."""
        if len(self._paces) > MOST_PACES:
            self._paces.clear()
        await self._paces.setdefault(address, AsyncLimiter(*BURST)).acquire()

    def _must_cover(self, chat: Chat) -> bool:
        silent_for = self._clock() - chat.heard_at
        return silent_for > TALKING_FOR or (chat.quiet and silent_for > AT_THE_SCREEN)

    async def _gone(self, chat: Chat) -> None:
        await self._chats.refused(chat)
        await self._chats.pause(chat)
        await self._tell_the_desk(chat, "Telegram: this person can't be reached here any more.")

    async def _refused(self, chat: Chat, error: BadRequest) -> None:
        if "chat not found" in error.message.lower():
            await self._gone(chat)
            return
        # Given up loudly: a co-ordinator must know that these words did not arrive. Those that
        # follow are brought all the same.
        log.error("telegram refused a message: BadRequest")
        await self._tell_the_desk(chat, "Telegram refused a message: it did not reach the person.")
        if sending := await self._chats.sending(chat):
            await self._chats.arrived(chat, sending)

    async def _tell_the_desk(self, chat: Chat, text: str, message_id: str | None = None) -> None:
        note = Draft(
            author=Author.SYSTEM,
            kind=Kind.NOTE,
            audience=Audience.COORDINATORS,
            text=text,
            message_id=message_id,
        )
        with suppress(NotFound):
            await self._conversations.remark(chat.conversation, note)
