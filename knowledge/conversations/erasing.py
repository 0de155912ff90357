"""Erasing a conversation, and what others must forget of it then."""

from datetime import timedelta

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import inbox, store
from knowledge.database import Database
from knowledge.retention import store as retention

# By then no turn is on its way that began before the erasing: who asked for it waits for less, and
# forgetting waits for what an engine has begun (bot/door.py).
LAST_TURN = timedelta(minutes=2)


class Erasing:
    """The verbs on conversations that remove them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def check_erasable(self, conversation: str) -> None:
        """Raises Held for a conversation that must stay, NotFound for one that is not there."""
        async with self._database.reading() as unit:
            await store.state(unit, conversation)
            await retention.check_hold(unit, conversation)

    async def erase(self, conversation: str, why: str = "") -> None:
        """Remove everything about a conversation (UK GDPR, Article 17).

        The same step notes that the assistant must forget it. Raises NotFound, and Held while a
        supervisor keeps it.
        """
        async with self._database.writing() as unit:
            await store.state(unit, conversation, lock=True)
            await retention.check_hold(unit, conversation)
            answering = await inbox.oldest(unit, conversation) is not None
            due = self._clock() + (LAST_TURN if answering else timedelta())
            await store.erase(unit, conversation)
            await retention.must_forget(unit, conversation, due)
            await trace(unit, self._clock(), What.ERASED, conversation, why=why)
        await self._database.empty_log()  # where others kept it from that: see ``forgotten``

    async def to_forget(self) -> list[str]:
        """What is erased and must still be forgotten, as far as that can be done for good now."""
        async with self._database.reading() as unit:
            return await retention.to_forget(unit, self._clock())

    async def forgotten(self, conversation: str, *, its_turn_ended: bool = False) -> bool:
        """The assistant has forgotten what was erased; False if it must once more.

        So it is while a turn may be on its way that tells it again, unless ``its_turn_ended``,
        and while the log of writes still holds what was erased.
        """
        if not await self._database.empty_log():
            return False
        async with self._database.writing() as unit:
            now = None if its_turn_ended else self._clock()
            return await retention.forgotten(unit, conversation, now)
