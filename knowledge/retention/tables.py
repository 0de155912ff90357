"""How holds are kept."""

from sqlalchemy import Column, ForeignKey, String, Table

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
