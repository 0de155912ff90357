"""What Rasa's own store kept in clear before there was ours: sealed while the assistant answers.

A conversation is taken over when somebody asks for it, or when its turn comes in the background;
once all are, the table is removed. Whoever is killed meanwhile leaves nothing half done.
"""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa
from rasa.shared.core.events import Event, deserialise_events

if TYPE_CHECKING:
    from bot.turns import Turns

log = logging.getLogger(__name__)

GIVES_WAY = 3.0  # so many times as long as a conversation took, the turns of people go first
_OF = sa.bindparam("of")
_old = sa.table("events", sa.column("id"), sa.column("sender_id"), sa.column("data"))
_SENDERS = sa.select(_old.c.sender_id).distinct()
_ANY = sa.select(_old.c.id).where(_old.c.sender_id == _OF).limit(1)
# One statement takes them: of several engines one gets the rows, the others wait and get none.
_TAKE = sa.text("DELETE FROM events WHERE sender_id = :of RETURNING id, data")


class OldEvents:
    """The rows of Rasa's own store. Blocks: call it beside the event loop."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self._engine = engine
        self.there = self.is_there()

    def is_there(self) -> bool:
        """Whether anything may be left; looks again."""
        self.there = sa.inspect(self._engine).has_table(_old.name)
        return self.there

    def senders(self) -> list[str]:
        """The conversations that are not taken over yet."""
        if not self.is_there():
            return []
        with self._engine.connect() as connection:
            return list(connection.execute(_SENDERS).scalars())

    def taken(self, connection: sa.engine.Connection, sender: str) -> list[Event]:
        """The events of a conversation; here they are gone when the transaction ends well."""
        if connection.execute(_ANY, {"of": sender}).first() is None:
            return []
        rows = sorted(connection.execute(_TAKE, {"of": sender}), key=lambda row: row.id)
        events: list[Event] = deserialise_events([json.loads(row.data) for row in rows])
        return events

    def forget(self, connection: sa.engine.Connection, sender: str) -> None:
        """Remove the events of a conversation."""
        connection.execute(sa.delete(_old).where(_old.c.sender_id == sender))

    def end(self) -> None:
        """Remove the table when nothing is left in it."""
        if not self.senders() and self.there:
            with self._engine.begin() as connection:
                connection.execute(sa.text("DROP TABLE IF EXISTS events"))
        self.is_there()


def take_over_rest(turns: Turns) -> None:
    """Take over every conversation that is left. Blocks for as long as that takes."""
    for sender in turns.old.senders():
        began = time.monotonic()
        try:
            turns.take_over(sender)
        except Exception as error:  # the others are no worse for it; the next start tries again
            log.error("a conversation was not taken over: %s", type(error).__name__)
        time.sleep(GIVES_WAY * (time.monotonic() - began))
    try:
        turns.old.end()
    except sa.exc.DBAPIError as error:
        log.error("the old table was not removed: %s", type(error).__name__)
