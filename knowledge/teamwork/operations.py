"""The verbs with which the team works together: transfer, join, take over, and who read what."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.drafts import moved_by, note_by
from knowledge.conversations.model import (
    Author,
    Entry,
    Holder,
    Kind,
    State,
)
from knowledge.conversations.presence import PLACES, guests
from knowledge.database import Database
from knowledge.errors import Conflict, NotFound
from knowledge.teamwork import store
from knowledge.teamwork.model import PERSON, Mark, Mine


class Teamwork:
    """A conversation, and those of the team who are in it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def transfer(
        self, conversation: str, coordinator: str, to: str | None, words: str, note: str
    ) -> None:
        """Pass a conversation on with a note, to a colleague (``to``) or to whoever is free.

        It waits in the queue until somebody takes it, so that a colleague who is away can't let
        it be forgotten. ``words`` tell the person. Raises Conflict unless they hold it.
        """
        async with self._database.writing() as unit:
            await self._must_hold(unit, conversation, coordinator)
            passed = moved_by(coordinator, Kind.TRANSFERRED, words, **({"to": to} if to else {}))
            await conversations.append(unit, conversation, passed, self._clock())
            if note:
                between_us = note_by(coordinator, note)
                await conversations.append(unit, conversation, between_us, self._clock())
            await trace(unit, self._clock(), What.TRANSFERRED, conversation, who=coordinator)

    async def join(self, conversation: str, coordinator: str, words: str) -> None:
        """Come in beside the colleague who holds it; ``words`` tell the person.

        Being in it already changes nothing. Raises Conflict when nobody holds it.
        """
        async with self._database.writing() as unit:
            state = await conversations.state(unit, conversation, lock=True)
            if state.holder is not Holder.COORDINATOR:
                raise Conflict("nobody holds this conversation")
            if coordinator in (state.held_by, *await self._guests(unit, conversation)):
                return
            joined = moved_by(coordinator, Kind.JOINED, words)
            await conversations.append(unit, conversation, joined, self._clock())
            await trace(unit, self._clock(), What.JOINED, conversation, who=coordinator)

    async def leave(self, conversation: str, coordinator: str, words: str) -> None:
        """Go again after having joined; ``words`` tell the person. Raises Conflict."""
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            if coordinator not in await self._guests(unit, conversation):
                raise Conflict("you have not joined this conversation")
            left = moved_by(coordinator, Kind.LEFT, words)
            await conversations.append(unit, conversation, left, self._clock())
            await trace(unit, self._clock(), What.LEFT, conversation, who=coordinator)

    async def take_over(
        self, conversation: str, coordinator: str, held_by: str, words: str
    ) -> None:
        """Take a conversation from the colleague who holds it; ``words`` tell the person.

        Raises Conflict when that colleague (``held_by``) holds it no longer.
        """
        async with self._database.writing() as unit:
            await self._must_hold(unit, conversation, held_by)
            if held_by == coordinator:
                return
            taken = moved_by(coordinator, Kind.TAKEN, words, before=held_by)
            await conversations.append(unit, conversation, taken, self._clock())
            await trace(unit, self._clock(), What.TOOK_OVER, conversation, who=coordinator)

    async def guests(self, conversation: str) -> list[str]:
        """Who joined beside the holder."""
        async with self._database.reading() as unit:
            return await self._guests(unit, conversation)

    async def happened(self, conversation: str, kinds: Sequence[Kind]) -> list[Entry]:
        """All entries of these kinds in a thread, oldest first."""
        async with self._database.reading() as unit:
            return await conversations.of_kinds(unit, conversation, kinds)

    async def here(self, conversation: str) -> tuple[State, int, Mark]:
        """State, last sequence and how far the person has come. Raises NotFound."""
        async with self._database.reading() as unit:
            state = await conversations.state(unit, conversation)
            last = await store.last_sequence(unit, conversation) or 0
            mark = await store.mark_of(unit, conversation, PERSON) or Mark()
            brought = await store.brought_by_messenger(unit, conversation)
            return state, last, mark.after(Mark(brought))

    async def read_by_team(self, conversation: str) -> int:
        """Up to which sequence anybody of the team has read."""
        async with self._database.reading() as unit:
            return await store.read_by_team(unit, conversation)

    async def note_mark(self, conversation: str, reader: str, mark: Mark) -> bool:
        """Note how far somebody has come; False when nothing is new, or there is no such thread.

        Nobody can have read what is not there yet.
        """
        async with self._database.reading() as unit:
            before = await store.mark_of(unit, conversation, reader)
        if before is not None and before.after(mark) == before:
            return False  # most signs say nothing new: no need to write
        try:
            async with self._database.writing() as unit:
                # Two signs at once must not take each other back: one after the other.
                await conversations.state(unit, conversation, lock=True)
                return await self._keep_mark(unit, conversation, reader, mark)
        except NotFound:
            return False

    async def mine(self, coordinator: str) -> list[Mine]:
        """What somebody holds, joined or was handed; what waits longest for them first."""
        async with self._database.reading() as unit:
            found = [
                await self._mine(unit, coordinator, row.id, row.held_by, row.priority)
                for row in await store.open_at_the_desk(unit, coordinator)
            ]
        return sorted(filter(None, found), key=lambda one: (one.how != "handed", one.last_at))

    async def _keep_mark(
        self, unit: AsyncConnection, conversation: str, reader: str, mark: Mark
    ) -> bool:
        last = await store.last_sequence(unit, conversation) or 0
        before = await store.mark_of(unit, conversation, reader)
        now = (before or Mark()).after(Mark(min(mark.delivered, last), min(mark.read, last)))
        if now == before:
            return False
        await store.keep_mark(unit, conversation, reader, now)
        return True

    async def _mine(
        self,
        unit: AsyncConnection,
        coordinator: str,
        conversation: str,
        held_by: str | None,
        priority: str | None,
    ) -> Mine | None:
        places = await conversations.of_kinds(unit, conversation, PLACES)
        how = _how(coordinator, held_by, places)
        latest = await conversations.latest(unit, [conversation], Kind.SAID, Author.PERSON)
        said = latest.get(conversation)
        if how is None:
            return None
        mark = await store.mark_of(unit, conversation, coordinator) or Mark()
        return Mine(
            conversation=conversation,
            how=how,
            priority=priority,
            last_words=said.text if said else "",
            last_at=said.at if said else places[-1].at,
            unread=await store.unread(unit, conversation, mark.read),
        )

    async def _guests(self, unit: AsyncConnection, conversation: str) -> list[str]:
        return guests(await conversations.of_kinds(unit, conversation, PLACES))

    async def _must_hold(self, unit: AsyncConnection, conversation: str, coordinator: str) -> None:
        if (await conversations.state(unit, conversation, lock=True)).held_by != coordinator:
            raise Conflict("you do not hold this conversation")


def _how(coordinator: str, held_by: str | None, places: Sequence[Entry]) -> str | None:
    if held_by == coordinator:
        return "held"
    last = places[-1] if places else None
    if held_by is None and last and last.kind is Kind.TRANSFERRED:
        return "handed" if last.details.get("to") == coordinator else None
    return "joined" if held_by and coordinator in guests(places) else None
