"""How chats of messengers are kept."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from knowledge.database import Moment, metadata
from knowledge.sealing.columns import FoundBy, Sealed

# Of addresses and payloads that can't be opened the text is empty: one of them stops nobody else.
chats = Table(
    "chats",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("address", Sealed("chats.address", instead=""), nullable=False),
    Column("address_hash", FoundBy("chats.address"), nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("heard_at", Moment, nullable=False),
    UniqueConstraint("channel", "address_hash", name="chats_once"),
)

# What is on its way to a chat. Kept before anything is handed to the messenger, which has no key
# to recognise a repetition by: after a crash it tells what may have arrived already.
sendings = Table(
    "sendings",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("upto", Integer, nullable=False),
    Column("arrived", Integer, nullable=False),
    Column("in_doubt", Boolean, nullable=False),
    Column("covered", Boolean, nullable=False),
)

# Each update once, whatever the messenger repeats. The payload goes as soon as it is worked
# off; the number stays for as long as the messenger may repeat it.
updates = Table(
    "updates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("address", Sealed("updates.address", instead="")),
    Column("payload", Sealed("updates.payload", instead="")),
    Column("at", Moment, nullable=False),
    Index("updates_at", "at"),
)

# The messenger's own numbers of what stands in a chat, so that it can be deleted there.
chat_messages = Table(
    "chat_messages",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
