"""How assessments are kept."""

from sqlalchemy import Column, ForeignKey, Table

from knowledge.database import Moment, metadata
from knowledge.sealing.columns import SealedJSON

assessments = Table(
    "assessments",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("record", SealedJSON("assessments.record", ()), nullable=False),
    Column("changed_at", Moment, nullable=False),
)
