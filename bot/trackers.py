"""Where the assistant keeps its trackers: one sealed row for each turn.

Rasa's own SQL store keeps every event in clear in a row of its own, counts rows before each save,
reads everything again for each look, and does it all inside the event loop. Here a turn is one
insert, what was read stays in memory for a while (only rows that somebody else wrote since are
read again), and the database works beside the event loop, but for SQLite's quick looks.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore as RasaStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.afresh import afresh, is_long
from bot.old_events import take_over_rest
from bot.swifter import twin
from bot.turns import Session, Turns
from knowledge.sealing.ring import Ring

REMEMBERED = 500  # conversations whose events stay in memory
FORGOTTEN_AFTER = 15 * 60.0  # seconds without a turn
STANDING = 100  # of them whose tracker does
AT_ONCE = 4  # connections to PostgreSQL; SQLite has one that writes
# A server that takes no connection, or whose machine is gone without a word, is waited for so long
# (seconds, then milliseconds): else the threads that wait would be all there are.
PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
T = TypeVar("T")


# What was looked up since the turn began: its lock keeps others from writing to it.
_looked_up: ContextVar[set[str] | None] = ContextVar("looked_up", default=None)


@contextmanager
def one_turn() -> Iterator[None]:
    """A block in which a conversation is read once; hold its lock."""
    token = _looked_up.set(set())
    try:
        yield
    finally:
        _looked_up.reset(token)


class TrackerStore(RasaStore):
    """Trackers on SQLite (write-ahead log) or PostgreSQL, sealed by the ring of keys."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: Any = None,
        event_broker: EventBroker | None = None,
        keys: str | None = None,
        keys_file: str = "var/keys",
    ) -> None:
        """Open the store at ``host``, a complete SQLAlchemy address. Raises NoKeys."""
        super().__init__(domain, event_broker)
        self._turns = Turns(_engine(host), Ring.chosen(keys, Path(keys_file)))
        self._is_sqlite = host.startswith("sqlite")
        self._beside = ThreadPoolExecutor(1 if self._is_sqlite else AT_ONCE, "trackers")
        self._known: OrderedDict[str, tuple[float, Session]] = OrderedDict()
        self._stood: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        if self._turns.old.there:
            Thread(target=take_over_rest, args=[self._turns], daemon=True).start()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker since the last start of a session; None for an unknown conversation."""
        session = await self._session(sender_id)
        return self._grown(sender_id, session.events)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The tracker with all its sessions."""
        events = await self._run(lambda: self._turns.all(conversation_id))
        return self._tracker(conversation_id, events)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new in a tracker, in one row for each session it touches."""
        await self.stream_events(tracker)
        sender = tracker.sender_id
        known = self._known.get(sender)
        session = known[1] if known else await self._session(sender)
        # After a new session the tracker in hand is longer than what a later look gives back.
        kept = getattr(tracker, "waymark_kept", len(session.events))
        new = list(tracker.events)[kept:]
        if new:
            added = [*new, *self._shorter(sender, [*session.events, *new])]
            after = await self._run(lambda: self._turns.add(sender, session, added))
            tracker.waymark_kept = kept + len(new)
            self._remember(sender, after)

    async def delete(self, sender_id: str) -> None:
        """Remove everything about a conversation (UK GDPR, Article 17). Raises StillInLog."""
        self._forget(sender_id)
        try:
            await self._run(lambda: self._turns.delete(sender_id))
        finally:
            self._forget(sender_id)

    async def keys(self) -> Iterable[str]:
        """The conversations that have a tracker."""
        return await self._run(self._turns.senders)

    async def _session(self, sender: str) -> Session:
        known = self._known.get(sender)
        before = known[1] if known else None
        looked_up = _looked_up.get()
        if before and looked_up is not None:
            if sender in looked_up:
                return before
            looked_up.add(sender)
        read = partial(self._turns.session, sender, before)
        # SQLite finds a few rows sooner than a thread is changed (docs/decisions/0033).
        session = read() if self._is_sqlite else await self._run(read)
        if session.last:
            self._remember(sender, session)
        else:
            self._forget(sender)  # erased, perhaps by another process
        return session

    def _forget(self, sender: str) -> None:
        self._known.pop(sender, None)
        self._stood.pop(sender, None)

    def _remember(self, sender: str, session: Session) -> None:
        now = time.monotonic()
        self._known[sender] = (now, session)
        self._known.move_to_end(sender)
        while len(self._known) > REMEMBERED or self._oldest() < now - FORGOTTEN_AFTER:
            self._forget(next(iter(self._known)))

    def _oldest(self) -> float:
        return next(iter(self._known.values()))[0]

    def _shorter(self, sender: str, events: list[Event]) -> list[Event]:
        if not is_long(events):
            return []
        return afresh(
            events, lambda some: DialogueStateTracker.from_events(sender, some, self.domain.slots)
        )

    def _grown(self, sender: str, events: list[Event]) -> DialogueStateTracker | None:
        """The tracker of these events, from where it stood when it was asked for last."""
        stood = self._stood.pop(sender, None)
        seen = len(stood.events) if stood else 0
        # The same event at the same place: what is new came after it.
        if stood and seen <= len(events) and stood.events[-1] is events[seen - 1]:
            for event in events[seen:]:
                stood.update(event)
        else:
            stood = self._tracker(sender, events)
        if stood is None:
            return None
        self._stood[sender] = stood
        while len(self._stood) > STANDING:
            self._stood.popitem(last=False)
        return twin(stood)

    def _tracker(self, sender: str, events: list[Event]) -> DialogueStateTracker | None:
        if not events or not self.domain:
            return None
        return DialogueStateTracker.from_events(sender, events, self.domain.slots)

    async def _run(self, work: Callable[[], T]) -> T:
        """What the work gives. Who is cancelled goes when the work that has begun is done: nobody
        may write to a conversation whose lock is let go, least of all to one that is deleted."""
        begun = self._beside.submit(work)
        done = asyncio.wrap_future(begun)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            if not begun.cancel():
                await asyncio.wait({done})
            raise


def prepare(address: str, keys: str, keys_file: str) -> None:
    """Make the store's table before several processes would at once. Raises NoKeys."""
    engine = _engine(address)
    Turns(engine, Ring.chosen(keys, Path(keys_file)))
    engine.dispose()  # no connection goes into a process that divides


def _engine(address: str) -> sa.engine.Engine:
    is_sqlite = address.startswith("sqlite")
    if not is_sqlite:
        return sa.create_engine(
            address, hide_parameters=True, pool_pre_ping=True, connect_args=PATIENCE
        )
    # They stay open: closing the last one would clear the log away each time. One for the thread
    # that writes, one for who reads.
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        poolclass=sa.pool.QueuePool,
        pool_size=2,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=10000",  # first: what follows may have to wait for another engine
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",  # what is erased is overwritten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
