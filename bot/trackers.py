"""Where the assistant keeps its trackers: Rasa's SQL store, told where by one address.

Rasa's own store reads and parses a whole conversation for every turn, twice, and counts it once
more to save. This one remembers what it saved last and asks the database only whether that is
still the newest, so that several assistants may share one database. A long conversation starts
afresh now and then: its slots, its open form and its last turns are carried over.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

REMEMBERED = 500  # conversations
LONGEST = 16  # messages of a person, after which a conversation starts afresh
CARRIED = 6  # of them, so that what was said a moment ago can still be asked about


@dataclass(frozen=True)
class _Kept:
    """A conversation as the database has it: the id of its last row, and its events."""

    newest: int
    events: tuple[Event, ...]


class TrackerStore(SQLTrackerStore):
    """Rasa's SQL store on SQLite (write-ahead log) or PostgreSQL."""

    engine: sa.engine.Engine

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the store at ``host``, a complete SQLAlchemy address."""
        sa.event.listen(sa.engine.Engine, "connect", _prepare)
        self._remembered: OrderedDict[str, _Kept] = OrderedDict()
        super().__init__(domain, host=host, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._keep_connections()

    def _keep_connections(self) -> None:
        """SQLAlchemy 1.4 opens SQLite anew for every session unless it is told not to."""
        self.engine = sa.create_engine(
            self.engine.url,
            poolclass=sa.pool.QueuePool,
            connect_args={"check_same_thread": False},
        )
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation since it last started afresh; None for a new one."""
        with self.session_scope() as session:
            kept = self._kept(session, sender_id)
        if not kept.events:
            return None
        return self._tracker(sender_id, kept.events)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new in a tracker."""
        await self.stream_events(tracker)
        events = tuple(tracker.events)
        with self.session_scope() as session:
            known = len(self._kept(session, tracker.sender_id).events)
            added = events[known:]
            if _turns(events) > LONGEST:
                added = events = self._afresh(tracker.sender_id, events)
            if not added:
                return
            rows = [self._row(tracker.sender_id, event) for event in added]
            session.add_all(rows)
            session.flush()
            newest = rows[-1].id
            session.commit()
        self._remember(tracker.sender_id, _Kept(newest, _since_start(events)))

    async def delete(self, sender_id: str) -> None:
        """Remove everything about a conversation (UK GDPR, Article 17)."""
        self._remembered.pop(sender_id, None)
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()

    def _kept(self, session: Any, sender_id: str) -> _Kept:
        rows = sa.select(sa.func.max(self.SQLEvent.id)).where(self.SQLEvent.sender_id == sender_id)
        newest = session.execute(rows).scalar() or 0
        kept = self._remembered.get(sender_id)
        if kept is None or kept.newest != newest:
            kept = _Kept(newest, self._read(session, sender_id) if newest else ())
            self._remember(sender_id, kept)
        self._remembered.move_to_end(sender_id)
        return kept

    def _read(self, session: Any, sender_id: str) -> tuple[Event, ...]:
        """The events since the conversation last started afresh."""
        row = self.SQLEvent
        started = (
            sa.select(sa.func.max(row.id))
            .where(row.sender_id == sender_id, row.type_name == SessionStarted.type_name)
            .scalar_subquery()
        )
        rows = (
            sa.select(row.data)
            .where(row.sender_id == sender_id, row.id >= sa.func.coalesce(started, 0))
            .order_by(row.id)
        )
        found = [json.loads(data) for (data,) in session.execute(rows)]
        return tuple(deserialise_events(found))

    def _remember(self, sender_id: str, kept: _Kept) -> None:
        self._remembered[sender_id] = kept
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _row(self, sender_id: str, event: Event) -> Any:
        data = event.as_dict()
        return self.SQLEvent(
            sender_id=sender_id,
            type_name=event.type_name,
            timestamp=data.get("timestamp"),
            data=json.dumps(data),
        )

    def _tracker(self, sender_id: str, events: Sequence[Event]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    def _afresh(self, sender_id: str, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """The same conversation, shorter: where it stood, then its last turns word for word."""
        spoken = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
        cut = spoken[-CARRIED]
        before = self._tracker(sender_id, events[:cut])
        slots = [
            SlotSet(name, slot.value)
            for name, slot in before.slots.items()
            if slot.value != slot.initial_value
        ]
        loop = [ActiveLoop(before.active_loop_name)] if before.active_loop_name else []
        # Which services were shown is read from these, however long ago they were.
        cards = [
            event
            for event in events[:cut]
            if isinstance(event, BotUttered) and event.data.get("custom")
        ]
        listening = [event for event in events[:cut] if event.type_name == "action"][-1:]
        return (SessionStarted(), *slots, *loop, *cards, *listening, *events[cut:])


def _since_start(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What the database would give: the events since the last start."""
    starts = [at for at, event in enumerate(events) if isinstance(event, SessionStarted)]
    return events[starts[-1] :] if starts else events


def _turns(events: Sequence[Event]) -> int:
    return sum(isinstance(event, UserUttered) for event in events)


def _prepare(connection: Any, _record: object) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()
