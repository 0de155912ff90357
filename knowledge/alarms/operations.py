"""The verbs others may call on alarms."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from knowledge.alarms import store
from knowledge.alarms.model import LONGEST_PAUSE, Alarm, Limits, Notice, Step
from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Kind, Pending, Priority
from knowledge.database import Database
from knowledge.errors import Conflict

# How long a process may have a notice in hand before another takes it to be lost.
IN_HAND = timedelta(minutes=1)
GIVE_UP_AFTER = 8  # tries, about two hours with the pauses below

# Whom an alarm goes up to: pairs of a way and an id (one of the team, or `duty`).
Recipients = Sequence[tuple[str, str]]


class Alarms:
    """What rings at the desk, and what goes up because nobody heard it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ringing(self) -> list[Alarm]:
        """Every alarm that nobody has acknowledged, the oldest first."""
        async with self._database.reading() as unit:
            return await store.ringing(unit)

    async def unanswered(self) -> list[Alarm]:
        """Those that ring, and those of people in danger who still wait although it was heard."""
        async with self._database.reading() as unit:
            return [*await store.ringing(unit), *await store.left_waiting(unit, self._clock())]

    async def of(self, conversations: Sequence[str]) -> list[Alarm]:
        """The alarms of these conversations, the latest first."""
        async with self._database.reading() as unit:
            return await store.of(unit, conversations)

    async def acknowledge(self, conversation: str, coordinator: str) -> None:
        """Somebody of the team has seen the alarms; it stays for somebody to take.

        Raises Conflict when none rings (somebody else was first), and NotFound.
        """
        draft = Draft(
            author=Author.SYSTEM,
            kind=Kind.ACKNOWLEDGED,
            audience=Audience.COORDINATORS,
            by=coordinator,
        )
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            if not await store.of(unit, [conversation], unheard=True):
                raise Conflict("no alarm rings")
            await conversations.append(unit, conversation, draft, self._clock())
            await trace(unit, self._clock(), What.ACKNOWLEDGED, conversation, who=coordinator)

    async def unread(self, most: int) -> list[Pending]:
        """Messages that people were called to because the recogniser could not read them."""
        async with self._database.reading() as unit:
            found = await store.unread_messages(unit, most)
            return [await conversations.pending(unit, *one) for one in found]

    async def was_read(self, pending: Pending) -> None:
        """The recogniser has read such a message now."""
        async with self._database.writing() as unit:
            await store.was_read(unit, pending.conversation, pending.entry.sequence)

    async def to_go_up(
        self, limits: Limits, closed: Callable[[Alarm], bool]
    ) -> list[tuple[Alarm, Step]]:
        """What must go up now and has not yet: clocks that ran out, emergencies that ring while
        nobody is on duty (``closed`` says whether), and what was seen and then left."""
        now = self._clock()
        unanswered = await self.unanswered()
        if not unanswered:
            return []
        async with self._database.reading() as unit:
            before = await store.gone_up(unit)
        steps = [(alarm, _step(alarm, now, limits, closed(alarm))) for alarm in unanswered]
        return [
            (alarm, step)
            for alarm, step in steps
            if step and (alarm.conversation, alarm.sequence, step) not in before
        ]

    async def go_up(self, alarm: Alarm, step: Step, to: Recipients) -> bool:
        """Send an alarm up, once: the thread says so, and each recipient will be told.

        Returns False when it went up before for this reason, or was answered meanwhile.
        """
        draft = Draft(
            author=Author.SYSTEM,
            kind=Kind.WENT_UP,
            audience=Audience.COORDINATORS,
            details={
                "step": step,
                "about": alarm.sequence,
                "ways": sorted({way for way, _ in to}),
            },
        )
        notices = [
            Notice(id=uuid.uuid4().hex, step=step, way=way, to=one, tries=0) for way, one in to
        ]
        async with self._database.writing() as unit:
            # The conversation is locked before its alarms, as every entry does.
            await conversations.state(unit, alarm.conversation, lock=True)
            if not await store.went_up(unit, alarm, step, self._clock()):
                return False
            await conversations.append(unit, alarm.conversation, draft, self._clock())
            await store.add_notices(unit, notices, self._clock())
        return True

    async def next_notice(self, way: str | None = None) -> Notice | None:
        """One notice to be sent now, in this process's hand for a while; None when none is due.

        With a ``way``, one of those that go by it.
        """
        now = self._clock()
        async with self._database.reading() as unit:
            if not await store.any_notice(unit, now, way):
                return None
        async with self._database.writing() as unit:
            return await store.next_notice(unit, now, now + IN_HAND, way)

    async def sent(self, notice: Notice) -> None:
        """It arrived."""
        async with self._database.writing() as unit:
            await store.change_notice(unit, notice.id, sent_at=self._clock(), next_try_at=None)

    async def not_sent(self, notice: Notice) -> bool:
        """It did not arrive: it is tried again later. Returns False when it is given up."""
        now = self._clock()
        pause = min(timedelta(seconds=15) * 2**notice.tries, LONGEST_PAUSE)
        given_up = notice.tries >= GIVE_UP_AFTER
        async with self._database.writing() as unit:
            await store.change_notice(
                unit,
                notice.id,
                next_try_at=None if given_up else now + pause,
                given_up_at=now if given_up else None,
            )
        return not given_up


def _step(alarm: Alarm, now: datetime, limits: Limits, is_closed: bool) -> Step | None:
    """For what reason an alarm that nobody answered has to go up now."""
    if is_closed:
        rings = alarm.acknowledged_at is None and alarm.priority is Priority.EMERGENCY
        return Step.NOBODY_ON_DUTY if rings else None
    if alarm.acknowledged_at is None:
        return Step.CLOCK_RAN_OUT if alarm.has_run_out(now, limits) else None
    return Step.NOBODY_TOOK_IT if alarm.should_be_taken(now, limits) else None
