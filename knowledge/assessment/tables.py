"""How assessments are kept."""

from sqlalchemy import JSON, Column, ForeignKey, Table

from knowledge.database import Moment, metadata

assessments = Table(
    "assessments",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("record", JSON, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
