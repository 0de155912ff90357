"""How far everybody has come in a thread."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from knowledge.database import metadata

# ``reader`` is a co-ordinator's id, or PERSON for the person whose conversation it is.
readers = Table(
    "readers",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("reader", String(32), primary_key=True),
    Column("delivered", Integer, nullable=False),
    Column("read", Integer, nullable=False),
)
