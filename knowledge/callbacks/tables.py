"""How call-backs are kept."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from knowledge.database import Moment, metadata

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("way", String(16), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("outcome", String(16), nullable=False),
    Column("done_by", String(32)),
    Column("done_at", Moment),
    Index("callbacks_by_outcome", "outcome"),
    Index("callbacks_by_conversation", "conversation"),
)
