"""Where the assistant keeps its trackers: Rasa's SQL store, told where by one address."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain


class TrackerStore(SQLTrackerStore):
    """Rasa's SQL store on SQLite (write-ahead log) or PostgreSQL."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the store at ``host``, a complete SQLAlchemy address."""
        sa.event.listen(sa.engine.Engine, "connect", _prepare)
        super().__init__(domain, host=host, event_broker=event_broker, **kwargs)

    async def delete(self, sender_id: str) -> None:
        """Remove everything about a conversation (UK GDPR, Article 17)."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender_id).delete()
            session.commit()


def _prepare(connection: Any, _record: object) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()
