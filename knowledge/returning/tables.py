"""How phrases are kept: never themselves, one for a conversation."""

from sqlalchemy import Column, ForeignKey, String, Table

from knowledge.database import Moment, metadata

return_phrases = Table(
    "return_phrases",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("phrase_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)
