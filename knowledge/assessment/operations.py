"""The verbs others may call on assessments."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from knowledge.assessment import store
from knowledge.assessment.correcting import corrected
from knowledge.assessment.model import Fact, Record, as_seen, empty_record, with_fact
from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import LONDON, Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.drafts import note_by
from knowledge.conversations.model import Kind
from knowledge.database import Database


class Assessments:
    """What people told us, kept as they tell it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, conversation: str, facts: Sequence[Fact]) -> Record:
        """Add facts to a conversation's record and give the record back.

        Raises NotFound for an unknown conversation and ValueError for a fact that fits no field.
        """
        if not facts:
            return await self.record(conversation)
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            record = empty_record() | (await store.record(unit, conversation) or {})
            for fact in facts:
                record = with_fact(record, fact, self._today())
            await store.keep(unit, conversation, record, self._clock())
        return record

    async def record(self, conversation: str) -> Record:
        """A conversation's record as it is kept; no writer is waited for. Raises NotFound."""
        async with self._database.reading() as unit:
            return empty_record() | (await store.record(unit, conversation) or {})

    async def correct(self, conversation: str, coordinator: str, name: str, value: Any) -> Record:
        """A co-ordinator puts a fact right, or adds one; the thread keeps who, when and before.

        Raises NotFound, and ValueError for a field or value that we do not know.
        """
        now = self._clock()
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            before = empty_record() | (await store.record(unit, conversation) or {})
            after = corrected(before, name, value, now)
            await store.keep(unit, conversation, after, now)
            change = {"field": name, "before": before[name], "after": after[name]}
            draft = note_by(coordinator, "", Kind.CORRECTED, **change)
            await conversations.append(unit, conversation, draft, now)
            await trace(unit, now, What.CORRECTED, conversation, who=coordinator, why=name)
        return after

    async def start_again(self, conversation: str) -> Record:
        """Forget all facts of a conversation; its thread stays. Raises NotFound."""
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            record = empty_record()
            await store.keep(unit, conversation, record, self._clock())
        return record

    async def read(self, conversation: str) -> Record:
        """The assessment as people and co-ordinators see it. Raises NotFound.

        What can't be opened is unknown.
        """
        async with self._database.reading() as unit:
            state = await conversations.state(unit, conversation)
            kept = await store.records(unit, [conversation])
        return as_seen(empty_record() | kept.get(conversation, {}), state)

    async def counties(self, conversations: Sequence[str]) -> dict[str, str]:
        """The county of each conversation in which it is known."""
        async with self._database.reading() as unit:
            records = await store.records(unit, conversations)
        places = {one: record["place"] for one, record in records.items()}
        return {one: place["county"] for one, place in places.items() if place and place["county"]}

    def _today(self) -> date:
        return self._clock().astimezone(LONDON).date()
