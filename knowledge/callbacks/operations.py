"""The verbs others may call on call-backs."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.callbacks import store
from knowledge.callbacks.model import Callback, Outcome, Part, next_time
from knowledge.clock import Clock
from knowledge.contact.model import Way
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
        now = self._clock()
        start, end = next_time(part, now)
        made = Callback(
            id=uuid.uuid4().hex,
            conversation=conversation,
            way=way,
            start=start,
            end=end,
            made_at=now,
        )
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            for before in await store.of(unit, [conversation]):
                if before.outcome is Outcome.OPEN:
                    values = {"outcome": Outcome.CALLED_OFF, "done_at": now}
                    await store.change(unit, before.id, **values)
            await store.add(unit, made)
            await self._tell(unit, made, Outcome.OPEN)
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
        """Note what became of it. Raises NotFound, and Conflict when that is noted already."""
        now = self._clock()
        async with self._database.writing() as unit:
            kept = await store.get(unit, callback)
            await conversations.state(unit, kept.conversation, lock=True)
            if (await store.get(unit, callback)).outcome is not Outcome.OPEN:
                raise Conflict("it is noted already")
            values = {"outcome": outcome, "done_by": coordinator, "done_at": now}
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
