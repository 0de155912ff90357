"""The verbs others may call on presence."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from knowledge.assessment import store as assessments
from knowledge.assessment.model import empty_record
from knowledge.clock import APART, Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Entry, Kind, Priority
from knowledge.database import Database
from knowledge.errors import Unavailable
from knowledge.presence import store

NOTED_EVERY = timedelta(seconds=20)
# Whose silence is an event.
IN_DANGER = frozenset({Priority.URGENT, Priority.EMERGENCY})
AGREED = ("wanted", "how", "safe_times", "avoid", "safe_to_leave_message", "care")


class Presence:
    """Who is there, and who went silent."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._noted: dict[str, datetime] = {}

    async def seen(self, conversation: str) -> None:
        """The person's page asked for news; noted every few seconds.

        Where nothing can be kept just now (the disk is full) what is kept can still be read.
        """
        now = self._clock()
        before = self._noted.get(conversation)
        if before is not None and before <= now < before + NOTED_EVERY:
            return
        self._noted = {one: at for one, at in self._noted.items() if now < at + NOTED_EVERY}
        self._noted[conversation] = now
        try:
            async with self._database.writing() as unit:
                await store.see(unit, conversation, now)
        except (IntegrityError, Unavailable):  # two pages at once, or it was just erased
            return

    async def signs(self, conversations: Sequence[str]) -> dict[str, datetime]:
        """The last sign of each of these people."""
        async with self._database.reading() as unit:
            return await store.signs(unit, conversations, self._clock())

    async def note_silence(self, after: timedelta) -> list[str]:
        """Put it into the thread when a person in danger was not seen for this long, with what
        was agreed about contact. Once for each time they vanish. Returns the conversations.
        """
        now = self._clock()
        async with self._database.reading() as unit:
            held = await conversations.awaiting_people(unit)
            urgent = [one for one, _, state in held if state.priority in IN_DANGER]
            signs = await store.signs(unit, urgent, now)
            noted = await conversations.latest(unit, urgent, Kind.SILENT)
        for one, at in signs.items():
            if at > now + APART:  # the clock was set back: their silence counts from here on
                await self.seen(one)
        gone = [
            (one, at)
            for one, at in signs.items()
            if now - at >= after and _since(noted.get(one)) != at.isoformat()
        ]
        return [one for one, at in gone if await self._note(one, at)]

    async def _note(self, conversation: str, since: datetime) -> bool:
        id_ = f"silent:{since.isoformat()}"
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            if await conversations.sequence_of(unit, conversation, id_) is not None:
                return False
            # What can't be opened is unknown: it must hide neither them nor anybody else.
            kept = await assessments.records(unit, [conversation])
            record = empty_record() | kept.get(conversation, {})
            agreed = {key: record["contact"].get(key) for key in AGREED}
            draft = Draft(
                author=Author.SYSTEM,
                kind=Kind.SILENT,
                audience=Audience.COORDINATORS,
                message_id=id_,
                details={"since": since.isoformat(), "agreed": agreed},
            )
            await conversations.append(unit, conversation, draft, self._clock())
        return True


def _since(noted: Entry | None) -> str | None:
    """Since when somebody had been silent when it was noted last."""
    return None if noted is None else noted.details.get("since")
