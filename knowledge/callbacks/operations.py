"""The verbs others may call on call-backs."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.callbacks import store
from knowledge.callbacks.model import AHEAD, FARTHEST, LONGEST, Callback, Outcome, next_time
from knowledge.clock import Clock
from knowledge.contact.model import Way
from knowledge.contact.times import Part
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Kind
from knowledge.database import Database
from knowledge.errors import Conflict


class Callbacks:
    """What was agreed about reaching people later."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def agree(self, conversation: str, way: Way, part: Part) -> Callback:
        """Agree on a call-back in the next such part of a day; the one before is called off.

        Raises NotFound for an unknown conversation.
        """
        return await self._make(conversation, way, next_time(part, self._clock()))

    async def plan(
        self, conversation: str, way: Way, agreed: tuple[datetime, datetime], coordinator: str
    ) -> Callback:
        """Keep what a co-ordinator agreed on with the person; the one before is called off.

        Raises NotFound, and ValueError for a time that is over, too long or too far away.
        """
        (start, end), now = agreed, self._clock()
        if not now < end <= now + FARTHEST or not start < end <= start + LONGEST:
            raise ValueError("not a time to agree on")
        return await self._make(conversation, way, agreed, coordinator)

    async def _make(
        self,
        conversation: str,
        way: Way,
        agreed: tuple[datetime, datetime],
        coordinator: str | None = None,
    ) -> Callback:
        now = self._clock()
        made = Callback(
            id=uuid.uuid4().hex,
            conversation=conversation,
            way=way,
            start=agreed[0],
            end=agreed[1],
            made_at=now,
        )
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            for before in await store.of(unit, [conversation]):
                if before.is_ahead:
                    values = {"outcome": Outcome.CALLED_OFF, "done_at": now}
                    await store.change(unit, before.id, **values)
            await store.add(unit, made)
            await self._tell(unit, made, Outcome.OPEN, coordinator)
            if coordinator:
                what = What.CALLBACK_CHANGED
                await trace(unit, now, what, conversation, who=coordinator, why=Outcome.OPEN)
        return made

    async def get(self, callback: str) -> Callback:
        """One call-back. Raises NotFound."""
        async with self._database.reading() as unit:
            return await store.get(unit, callback)

    async def of(self, conversations: Sequence[str]) -> list[Callback]:
        """The call-backs of these conversations, the earliest first."""
        async with self._database.reading() as unit:
            return await store.of(unit, conversations)

    async def due(self) -> list[Callback]:
        """Those that should happen now, or should have happened, the earliest first."""
        async with self._database.reading() as unit:
            return await store.due(unit, self._clock())

    async def finish(self, callback: str, outcome: Outcome, coordinator: str) -> None:
        """Note what became of it. Raises NotFound, and Conflict when that is noted already.

        Whoever may reach out by now asks the gate first (knowledge.contact).
        """
        now = self._clock()
        async with self._database.writing() as unit:
            kept = await store.get(unit, callback)
            await conversations.state(unit, kept.conversation, lock=True)
            before = (await store.get(unit, callback)).outcome
            if before not in AHEAD or before is outcome:
                raise Conflict("it is noted already")
            values = {"outcome": outcome, "done_by": coordinator, "done_at": now}
            if outcome is Outcome.BEGUN:
                values = {"outcome": outcome, "done_by": coordinator, "begun_at": now}
            await store.change(unit, callback, **values)
            await self._tell(unit, kept, outcome, coordinator)
            await trace(
                unit, now, What.CALLBACK_CHANGED, kept.conversation, who=coordinator, why=outcome
            )

    async def _tell(
        self, unit: AsyncConnection, callback: Callback, outcome: Outcome, by: str | None = None
    ) -> None:
        draft = Draft(
            author=Author.SYSTEM,
            kind=Kind.CALLBACK,
            audience=Audience.COORDINATORS,
            by=by,
            details={
                "callback": callback.id,
                "outcome": outcome,
                "way": callback.way,
                "start": callback.start.isoformat(),
                "end": callback.end.isoformat(),
            },
        )
        await conversations.append(unit, callback.conversation, draft, self._clock())
