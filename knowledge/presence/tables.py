"""How it is kept when a person's page last asked for news."""

from sqlalchemy import Column, ForeignKey, Table

from knowledge.database import Moment, metadata

presence = Table(
    "presence",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
