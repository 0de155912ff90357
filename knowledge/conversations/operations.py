"""The verbs others may call on conversations."""

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import inbox, store
from knowledge.conversations.drafts import moved_by, note_by, said_by
from knowledge.conversations.erasing import Erasing
from knowledge.conversations.line import QueueItem, urgency
from knowledge.conversations.model import (
    Author,
    Draft,
    Entry,
    HandOff,
    Holder,
    Kind,
    Opened,
    Pending,
    Reader,
    Received,
    State,
    risk_shown,
)
from knowledge.conversations.presence import PLACES, speakers
from knowledge.conversations.queueing import queue_items
from knowledge.conversations.spread import Ids
from knowledge.database import Database
from knowledge.errors import Conflict, NotAllowed
from knowledge.processes import store as processes
from knowledge.processes.operations import LIVES


class Conversations(Erasing):
    """Threads with people, and who holds each of them. ``me`` names this process."""

    def __init__(self, database: Database, clock: Clock, me: str) -> None:
        super().__init__(database, clock)
        self._me = me
        self._ids = Ids()

    async def open(self, channel: str, greeting: Draft) -> Opened:
        """Start a conversation with its greeting as the first entry."""
        opened = Opened(self._ids.new(), secrets.token_urlsafe(32))
        async with self._database.writing() as unit:
            await store.add_conversation(
                unit,
                conversation=opened.conversation,
                token_hash=token_hash(opened.token),
                channel=channel,
                at=self._clock(),
            )
            await store.append(unit, opened.conversation, greeting, self._clock())
        return opened

    async def check(self, conversation: str, token: str) -> None:
        """Let the holder of the secret in. Raises NotFound or NotAllowed."""
        async with self._database.reading() as unit:
            kept = await store.token_hash_of(unit, conversation)
        if not secrets.compare_digest(kept, token_hash(token)):
            raise NotAllowed(conversation)

    async def receive(self, conversation: str, said: Draft) -> Received:
        """Keep a message of the person and note that it waits for an answer.

        The same ``message_id`` again changes nothing and gives the same sequence.
        Raises NotFound for an unknown conversation.
        """
        message_id = said.message_id or uuid.uuid4().hex
        try:
            async with self._database.writing() as unit:
                before = await store.sequence_of(unit, conversation, message_id)
                if before is not None:
                    return Received(before, again=True)
                entry = await store.append(unit, conversation, said, self._clock())
                await inbox.put(unit, conversation, entry.sequence, self._me)
        except IntegrityError:  # the same message came in twice at once
            async with self._database.reading() as unit:
                before = await store.sequence_of(unit, conversation, message_id)
            if before is None:
                raise
            return Received(before, again=True)
        return Received(entry.sequence)

    async def unfinished(self) -> list[str]:
        """The conversations in which a message still waits for its answer."""
        async with self._database.reading() as unit:
            return await inbox.conversations(unit)

    async def left_alone(self) -> list[str]:
        """Those of them that no other living process sees to."""
        async with self._database.reading() as unit:
            others = await processes.living(unit, LIVES) - {self._me}
            return await inbox.conversations(unit, others)

    async def next_pending(self, conversation: str) -> Pending | None:
        """The oldest message that waits for its answer; ours from now on, if no other has it."""
        async with self._database.reading() as unit:
            found = await inbox.oldest(unit, conversation)
            if found is None:
                return None
            entry, owner = found.entry, found.owner
            if owner != self._me and owner in await processes.living(unit, LIVES):
                return None
            pending = Pending(
                conversation=conversation,
                channel=found.channel,
                entry=entry,
                holder=found.holder,
                shown=risk_shown(await store.of_kinds(unit, conversation, [Kind.HAND_OFF])),
            )
        if owner == self._me:
            return pending
        async with self._database.writing() as unit:
            ours = await inbox.take_over(unit, conversation, entry.sequence, owner, self._me)
        return pending if ours else None

    async def answer(
        self, pending: Pending, replies: Sequence[Draft], hand_off: HandOff | None = None
    ) -> bool:
        """Keep the replies to a message and, in the same step, a hand-off if one is needed.

        While a co-ordinator holds the conversation the assistant is silent: its replies are
        dropped, a hand-off is kept. Returns False when the message had its answer already, and
        when another process took the conversation over because it believed this one dead.
        """
        conversation, sequence = pending.conversation, pending.entry.sequence
        async with self._database.writing() as unit:
            # Whoever erases locks in this order too; the other one would block both.
            state = await store.state_if_any(unit, conversation, lock=True)
            if not await inbox.take(unit, conversation, sequence, self._me):
                return False
            held = state is not None and state.holder is Holder.COORDINATOR
            if hand_off is not None:
                await self._append_hand_off(unit, conversation, hand_off)
            for reply in replies:
                if not held or reply.author is not Author.ASSISTANT:
                    await store.append(unit, conversation, reply, self._clock())
        return True

    async def hand_off(self, conversation: str, hand_off: HandOff) -> None:
        """Ask for a co-ordinator. Asking again for the same message changes nothing."""
        async with self._database.writing() as unit:
            await self._append_hand_off(unit, conversation, hand_off)

    async def take(self, conversation: str, coordinator: str, words: str) -> None:
        """Give a conversation to one co-ordinator; ``words`` tell the person.

        Taking what one holds already changes nothing. Raises Conflict when another holds it.
        """
        async with self._database.writing() as unit:
            state = await store.state(unit, conversation, lock=True)
            if state.held_by == coordinator:
                return
            if state.held_by is not None:
                raise Conflict("another co-ordinator holds this conversation")
            taken = moved_by(coordinator, Kind.TAKEN, words)
            await store.append(unit, conversation, taken, self._clock())
            await trace(unit, self._clock(), What.TOOK, conversation, who=coordinator)

    async def say(
        self,
        conversation: str,
        coordinator: str,
        text: str,
        message_id: str | None = None,
        services: Sequence[Mapping[str, Any]] = (),
    ) -> Received:
        """A co-ordinator's message to the person; the same id again changes nothing.

        Raises Conflict unless they hold the conversation or have joined it.
        """
        async with self._database.writing() as unit:
            state = await store.state(unit, conversation, lock=True)
            places = await store.of_kinds(unit, conversation, PLACES)
            if coordinator not in speakers(state, places):
                raise Conflict("you do not hold this conversation")
            before = message_id and await store.sequence_of(unit, conversation, message_id)
            if before:
                return Received(before, again=True)
            draft = said_by(coordinator, text, message_id, services)
            entry = await store.append(unit, conversation, draft, self._clock())
            await trace(unit, self._clock(), What.SAID, conversation, who=coordinator)
        return Received(entry.sequence)

    async def note(self, conversation: str, coordinator: str, text: str) -> Entry:
        """An internal note; the person is never given it."""
        draft = note_by(coordinator, text)
        async with self._database.writing() as unit:
            entry = await store.append(unit, conversation, draft, self._clock())
            await trace(unit, self._clock(), What.NOTED, conversation, who=coordinator)
        return entry

    async def remark(self, conversation: str, said: Draft) -> bool:
        """Put something into the thread that the channel says; the same id again does nothing.

        Returns whether it is new. Raises NotFound.
        """
        async with self._database.writing() as unit:
            await store.state(unit, conversation, lock=True)
            id_ = said.message_id
            if id_ and await store.sequence_of(unit, conversation, id_):
                return False
            await store.append(unit, conversation, said, self._clock())
        return True

    async def give_back(self, conversation: str, coordinator: str, words: Draft) -> None:
        """Hand the conversation back to the assistant. Raises Conflict unless they hold it."""
        draft = moved_by(coordinator, Kind.GIVEN_BACK, words.text, **words.details)
        await self._append_held(conversation, coordinator, draft, What.GAVE_BACK)

    async def close(
        self, conversation: str, coordinator: str, words: str, outcome: str | None = None
    ) -> None:
        """End the conversation. Raises Conflict unless they hold it."""
        told = {"outcome": outcome} if outcome else {}
        draft = moved_by(coordinator, Kind.CLOSED, words, **told)
        await self._append_held(conversation, coordinator, draft, What.CLOSED)

    async def thread(
        self, conversation: str, *, reader: Reader, after: int = 0
    ) -> tuple[State, list[Entry]]:
        """The state, and what this reader may see after a sequence. Raises NotFound."""
        async with self._database.reading() as unit:
            state = await store.state(unit, conversation)
            return state, await store.thread(unit, conversation, reader=reader, after=after)

    async def offered(self, conversation: str) -> dict[str, str]:
        """The choices that the person was offered so far: value to title."""
        async with self._database.reading() as unit:
            entries = await store.thread(unit, conversation, reader=Reader.PERSON)
        spoken = [entry for entry in entries if entry.author is not Author.PERSON]
        return {
            choice["value"]: choice["title"]
            for entry in spoken
            for choice in entry.details.get("choices", [])
        }

    async def queue(self) -> list[QueueItem]:
        """All conversations that need or have a co-ordinator, the most urgent first.

        Within one priority, who has waited longest comes first; those that somebody holds
        come after those that wait.
        """
        async with self._database.reading() as unit:
            waiting = await store.awaiting_people(unit)
            return sorted(await queue_items(unit, waiting), key=urgency)

    async def _append_held(
        self, conversation: str, coordinator: str, draft: Draft, what: What
    ) -> None:
        async with self._database.writing() as unit:
            if (await store.state(unit, conversation, lock=True)).held_by != coordinator:
                raise Conflict("you do not hold this conversation")
            await store.append(unit, conversation, draft, self._clock())
            await trace(unit, self._clock(), what, conversation, who=coordinator)

    async def _append_hand_off(
        self, unit: AsyncConnection, conversation: str, hand_off: HandOff
    ) -> None:
        await store.state(unit, conversation, lock=True)
        kept = await store.of_kinds(unit, conversation, [Kind.HAND_OFF])
        asked = [(entry.details["about"], entry.details["reasons"]) for entry in kept]
        if hand_off.about is None or (hand_off.about, list(hand_off.reasons)) not in asked:
            await store.append(unit, conversation, hand_off.as_draft(), self._clock())


def token_hash(token: str) -> str:
    """What is kept of a conversation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()
