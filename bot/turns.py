"""The rows of the trackers' store: what Rasa knows of a turn, sealed, and how rows make a session.

The channels seal these rows anew when keys change (knowledge/sealing/trackers.py knows the table).
"""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.events import Event, SessionStarted, deserialise_events
from sqlalchemy.schema import CreateTable

from bot.old_events import OldEvents
from knowledge.sealing.ring import Ring

TRIES, PAUSE = 5, 0.05  # of emptying SQLite's log, and seconds between two

turns = sa.Table(
    "tracker_turns",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("starts_session", sa.Boolean, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)

# Made once: making a statement costs more than running it.
_OF = sa.bindparam("of")
_MINE = sa.select(turns).where(turns.c.sender_id == _OF)
_LATER = _MINE.where(turns.c.number >= sa.bindparam("since")).order_by(turns.c.number)
_STARTED = sa.select(sa.func.max(turns.c.number)).where(
    turns.c.sender_id == _OF, turns.c.starts_session
)
_LATEST = _MINE.where(turns.c.number >= sa.func.coalesce(_STARTED.scalar_subquery(), 0)).order_by(
    turns.c.number
)
_ADD = sa.insert(turns)


class StillInLog(Exception):
    """What was removed can still be found in the log of writes."""


@dataclass(frozen=True)
class Session:
    """The events since the last start of a session, and the number of their last row."""

    last: int = 0
    events: list[Event] = field(default_factory=list)


class Turns:
    """Reads and writes rows. Blocks: call it beside the event loop."""

    def __init__(self, engine: sa.engine.Engine, ring: Ring) -> None:
        self._engine = engine
        self._ring = ring
        with engine.begin() as connection:  # several engines may start at once
            connection.execute(CreateTable(turns, if_not_exists=True))
        self.old = OldEvents(engine)

    def session(self, sender: str, before: Session | None = None) -> Session:
        """The latest session; ``before`` is what was known of it and spares reading it again."""
        self.take_over(sender)
        if before is None or not before.last:
            return self._folded(self._rows(sender), Session())
        rows = self._rows(sender, before.last)
        if not rows or rows[0].number != before.last:  # erased meanwhile
            return self.session(sender)
        return self._folded(rows[1:], before)

    def all(self, sender: str) -> list[Event]:
        """Every event of a conversation."""
        self.take_over(sender)
        return [event for row in self._rows(sender, 0) for event in self._events(sender, row)]

    def add(self, sender: str, session: Session, new: list[Event]) -> Session:
        """Keep new events after this session; the session as it is then."""
        rows = self._made(sender, session.last, new)
        with self._engine.begin() as connection:
            connection.execute(_ADD, rows)
        # Read back as any other process would: nobody shares an event with a tracker in use.
        return self._folded([_Row(**row) for row in rows], session)

    def delete(self, sender: str) -> None:
        """Remove a conversation. Raises StillInLog when all is removed but what the log holds."""
        self._of_old(lambda connection: self.old.forget(connection, sender))
        with self._engine.begin() as connection:
            connection.execute(sa.delete(turns).where(turns.c.sender_id == sender))
        if self._engine.dialect.name == "sqlite":
            _empty_log(str(self._engine.url.database))

    def senders(self) -> list[str]:
        """The conversations there are."""
        with self._engine.connect() as connection:
            kept = list(connection.execute(sa.select(turns.c.sender_id).distinct()).scalars())
        return list(dict.fromkeys([*kept, *self.old.senders()]))

    def take_over(self, sender: str) -> None:
        """Seal what Rasa's own store kept of a conversation, if it is still as it was there."""
        self._of_old(lambda connection: self._take(connection, sender))

    def _take(self, connection: sa.engine.Connection, sender: str) -> None:
        events = self.old.taken(connection, sender)
        if events:
            connection.execute(_ADD, self._made(sender, 0, events))

    def _of_old(self, deed: Callable[[sa.engine.Connection], None]) -> None:
        if not self.old.there:
            return
        try:
            with self._engine.begin() as connection:
                deed(connection)
        except sa.exc.DBAPIError:
            if self.old.is_there():  # else another engine just ended it
                raise

    def _rows(self, sender: str, since: int | None = None) -> Sequence[Any]:
        """The rows from a number on, or from the last start of a session on."""
        query = _LATEST if since is None else _LATER
        with self._engine.connect() as connection:
            return list(connection.execute(query, {"of": sender, "since": since}))

    def _folded(self, rows: Sequence[Any], session: Session) -> Session:
        """A session and the rows after it as one session."""
        for row in rows:
            events = self._events(row.sender_id, row)
            before = [] if row.starts_session else session.events
            session = Session(row.number, [*before, *events])
        return session

    def _events(self, sender: str, row: Any) -> list[Event]:
        raw = self._ring.open(row.data, _place(sender, row.number))
        events: list[Event] = deserialise_events(json.loads(zlib.decompress(raw)))
        return events

    def _made(self, sender: str, last: int, events: list[Event]) -> list[dict[str, Any]]:
        return [
            {
                "sender_id": sender,
                "number": last + at,
                "starts_session": isinstance(part[0], SessionStarted),
                "data": self._sealed(sender, last + at, part),
            }
            for at, part in enumerate(_by_session(events), 1)
        ]

    def _sealed(self, sender: str, number: int, events: list[Event]) -> str:
        text = json.dumps([event.as_dict() for event in events], separators=(",", ":"))
        return self._ring.seal(zlib.compress(text.encode(), 1), _place(sender, number))


@dataclass(frozen=True)
class _Row:
    sender_id: str
    number: int
    starts_session: bool
    data: str


def _by_session(events: list[Event]) -> Iterator[list[Event]]:
    """Runs of events, each but the first beginning with the start of a session."""
    run: list[Event] = []
    for event in events:
        if run and isinstance(event, SessionStarted):
            yield run
            run = []
        run.append(event)
    if run:
        yield run


def _place(sender: str, number: int) -> str:
    return f"tracker_turns.data|{sender}|{number}"


def _empty_log(path: str) -> None:
    """Leave nothing of what was removed in SQLite's log of writes (as knowledge/sqlite.py does).

    Nobody waits for it; while others read or write it tries again. Raises StillInLog in the end:
    whoever asked for it asks again (channels/forgetting.py).
    """
    for _ in range(TRIES):
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=0)) as own:
            if not own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return
        time.sleep(PAUSE)
    raise StillInLog("others read or wrote all the time")
