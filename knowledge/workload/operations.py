"""The verbs others may call on figures of the desk."""

from datetime import datetime, timedelta

from knowledge.alarms import store as alarms
from knowledge.alarms.model import Alarm, Limits
from knowledge.callbacks import store as callbacks
from knowledge.clock import Clock
from knowledge.conversations.model import Priority
from knowledge.database import Database
from knowledge.workload import store
from knowledge.workload.model import Figures, expected_wait, figures

LATELY = timedelta(days=28)
FRESH_FOR = timedelta(minutes=1)


class Workload:
    """How the desk's work goes, in numbers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lately: tuple[datetime, list[Alarm]] | None = None

    async def figures(self, start: datetime, end: datetime, limits: Limits) -> Figures:
        """The figures of a time."""
        async with self._database.reading() as unit:
            raised = await alarms.raised_between(unit, start, end)
            agreed = await callbacks.ended_between(unit, start, end)
            outcomes = await store.outcomes(unit, start, end)
        return figures((start, end), raised, agreed, outcomes, limits)

    async def expected_wait(self, priority: Priority) -> tuple[int, int] | None:
        """How long people of this level waited lately: half of them, and nine in ten, in minutes.

        None when too few waited to say.
        """
        now = self._clock()
        if self._lately is None or not self._lately[0] <= now < self._lately[0] + FRESH_FOR:
            async with self._database.reading() as unit:
                self._lately = now, await alarms.raised_between(unit, now - LATELY, now)
        return expected_wait(self._lately[1], priority)
