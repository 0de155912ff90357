"""The verbs others may call on how long things are kept."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.operations import Audit
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import store as conversations
from knowledge.database import Database
from knowledge.errors import NotFound
from knowledge.retention import store
from knowledge.retention.model import Counted, Hold, Kind, rules

COMPLETED = "completed"
HAS_LONGER = (COMPLETED, store.UNKNOWN)  # what can't be opened may have come to its end


class Retention:
    """What is due to be deleted, and what must stay."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._audit = Audit(database, clock)

    async def count_on(self) -> timedelta:
        """Begin a run: the verbs below go by what is counted from here on.

        Returns how much is not counted yet because the clock jumped or nothing ran for long.
        """
        now = self._clock()
        async with self._database.writing() as unit:
            before = await store.counted(unit)
            after = before.at(now) if before else Counted(seen=now, until=now)
            await store.count(unit, after)
        return after.behind

    async def due(self, kind: Kind, most: int, after: str = "") -> tuple[list[str], str | None]:
        """Conversations of a kind whose time is over, looking at ``most`` of them.

        The second value is where to look on, None at the end.
        """
        async with self._database.reading() as unit:
            before = await self._ends_before(unit, kind)
            found = await store.due(unit, kind, before, most, after)
            wanted = found
            if kind is Kind.ABANDONED:  # who came to the end has longer: see SIGNPOSTING
                status = await store.statuses(unit, found)
                wanted = [one for one in found if status.get(one) not in HAS_LONGER]
        return wanted, found[-1] if len(found) == most else None

    async def tidy(self) -> int:
        """Forget what messengers sent that could not be worked off for too long; how many."""
        async with self._database.writing() as unit:
            before = await self._ends_before(unit, Kind.SET_ASIDE)
            emptied = await store.empty_set_aside(unit, before)
        await self._database.empty_log()
        return emptied

    async def shorten_trace(self) -> int:
        """Remove notes of who did what that are too old, a part of them; how many.

        Raises Conflict when the log is broken there: then nothing is removed.
        """
        async with self._database.reading() as unit:
            before = await self._ends_before(unit, Kind.TRACE)
        return await self._audit.shorten(before)

    async def hold(self, conversation: str, who: str, reason: str) -> None:
        """Keep a conversation until the hold is released. Raises NotFound."""
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            hold = Hold(reason=reason, by=who, at=self._clock())
            await store.put_on_hold(unit, conversation, hold)
            await trace(unit, self._clock(), What.PUT_ON_HOLD, conversation, who=who)

    async def release(self, conversation: str, who: str) -> None:
        """End a hold. Raises NotFound when there is none."""
        async with self._database.writing() as unit:
            if not await store.release(unit, conversation):
                raise NotFound(conversation)
            await trace(unit, self._clock(), What.RELEASED, conversation, who=who)

    async def hold_of(self, conversation: str) -> Hold | None:
        """The hold on a conversation, if there is one."""
        async with self._database.reading() as unit:
            return await store.hold_of(unit, conversation)

    async def _ends_before(self, unit: AsyncConnection, kind: Kind) -> datetime:
        """What is older than this goes, as far as time is counted; a clock may go back since."""
        known, now = await store.counted(unit), self._clock()
        return rules()[kind].ends_before(min(known.until, now) if known else now)
