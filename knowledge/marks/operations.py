"""The verbs others may call on marks."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.drafts import note_by
from knowledge.conversations.model import (
    Author,
    Evidence,
    HandOff,
    Holder,
    Kind,
    Priority,
    Reader,
)
from knowledge.database import Database
from knowledge.errors import NotFound
from knowledge.marks import store
from knowledge.marks.model import CATEGORIES, Candidate, Verdict, candidates

BY = "a co-ordinator"


class Marks:
    """What co-ordinators say of alarms. Marks stand in the thread, where the person sees none."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def mark(
        self, conversation: str, coordinator: str, alarm: int, verdict: Verdict
    ) -> None:
        """Say of an alarm (its sequence) that it was right or wrong. Raises NotFound, ValueError.

        Nothing follows from it by itself: risk that was shown stays shown.
        """
        if verdict is Verdict.MISSED:
            raise ValueError("an alarm was not missed")
        async with self._database.writing() as unit:
            asked = await conversations.hand_offs(unit, conversation)
            found = next((one for one in asked if one.sequence == alarm), None)
            if found is None or found.details["about"] is None:
                raise NotFound(f"alarm {alarm}")
            details = {
                "verdict": verdict,
                "alarm": alarm,
                "message": found.details["about"],
                "disposition": found.details["priority"],
                "categories": found.details["reasons"],
            }
            draft = note_by(coordinator, "", Kind.MARKED, **details)
            await conversations.append(unit, conversation, draft, self._clock())
            await self._trace(unit, conversation, coordinator, verdict)

    async def missed(
        self,
        conversation: str,
        coordinator: str,
        message: int,
        priority: Priority,
        categories: Sequence[str],
    ) -> None:
        """Say that a message carries risk that was not seen, and raise the alarm now.

        Raises NotFound for a message that the person did not write, and ValueError for a level
        or a category that we do not know. A closed conversation stays closed.
        """
        if priority is Priority.NORMAL or not categories or set(categories) - set(CATEGORIES):
            raise ValueError("a missed risk is urgent or an emergency, with its categories")
        async with self._database.writing() as unit:
            state = await conversations.state(unit, conversation, lock=True)
            thread = await conversations.thread(unit, conversation, reader=Reader.PERSON)
            said = next((one for one in thread if one.sequence == message), None)
            if said is None or said.author is not Author.PERSON:
                raise NotFound(f"message {message}")
            details = {
                "verdict": Verdict.MISSED,
                "message": message,
                "disposition": priority,
                "categories": list(categories),
            }
            draft = note_by(coordinator, "", Kind.MARKED, **details)
            await conversations.append(unit, conversation, draft, self._clock())
            if state.holder is not Holder.NOBODY:
                alarm = HandOff(
                    priority=priority,
                    reasons=tuple(categories),
                    evidence=(Evidence(text=said.text, by=BY),),
                    about=message,
                )
                await conversations.append(unit, conversation, alarm.as_draft(), self._clock())
            await self._trace(unit, conversation, coordinator, Verdict.MISSED)

    async def candidates(self) -> tuple[list[Candidate], int]:
        """All marked messages that may be learned from, and how many conversations may not."""
        found: list[Candidate] = []
        without = 0
        async with self._database.reading() as unit:
            for conversation in await store.marked_conversations(unit):
                reader = Reader.COORDINATOR
                thread = await conversations.thread(unit, conversation, reader=reader)
                allowed = candidates(thread)
                found += allowed
                without += not allowed
        return found, without

    async def exported(self, how_many: int) -> None:
        """Note in the log that marks left the database."""
        async with self._database.writing() as unit:
            await trace(unit, self._clock(), What.MARKS_EXPORTED, why=f"{how_many} messages")

    async def _trace(
        self, unit: AsyncConnection, conversation: str, coordinator: str, verdict: Verdict
    ) -> None:
        await trace(unit, self._clock(), What.MARKED, conversation, who=coordinator, why=verdict)
