"""How conversations are kept."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from knowledge.conversations.model import UNKNOWN_REASON, UNREADABLE
from knowledge.database import Moment, metadata
from knowledge.sealing.columns import Sealed, SealedJSON

# The state columns are a projection of the entries (model.state_after), written in the
# same transaction as each entry, so that the queue need not read every thread.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_sequence", Integer, nullable=False),
    Column("holder", String(16), nullable=False),
    Column("held_by", String(32)),
    Column("priority", String(16)),
    Column("waiting_since", Moment),
    Column("reasons", SealedJSON("conversations.reasons", (UNKNOWN_REASON,)), nullable=False),
    Column("interrupted_by_risk", Boolean, nullable=False),
    Index("conversations_by_holder", "holder"),
)

entries = Table(
    "entries",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("message_id", String(64)),
    Column("author", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("text", Sealed("entries.text", UNREADABLE), nullable=False),
    Column("by", String(32)),
    Column("details", SealedJSON("entries.details", ()), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation", "message_id", name="entries_once"),
)

# Messages of people that still wait for their answer. A line goes in with the message and
# goes out with the answer, so that a restart knows what is unfinished. The oldest line's owner is
# the process that sees to the conversation; when it dies, another one takes the line over.
inbox = Table(
    "inbox",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("owner", String(32)),
)
