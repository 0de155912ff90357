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

# Conversations that are erased, until the assistant has forgotten them too. A line goes in with
# the erasing, so that whoever dies in between leaves it to others.
to_forget = Table(
    "to_forget",
    metadata,
    Column("conversation", String(32), primary_key=True),  # there is no such row any more
    Column("due", Moment, nullable=False),
)
