"""How holds are kept, and how far the rules have counted."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from knowledge.conversations.model import UNREADABLE
from knowledge.database import Moment, metadata
from knowledge.sealing.columns import Sealed

holds = Table(
    "holds",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", Sealed("holds.reason", UNREADABLE), nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

# One row: a clock that is wrong must not make things old (model.py).
counted = Table(
    "retention_counted",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seen", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)
