"""How alarms are kept, and what went up because nobody heard them."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table

from knowledge.database import Moment, metadata

# A projection of the thread (store.project), written in the transaction of each entry.
alarms = Table(
    "alarms",
    metadata,
    Column("conversation", String(32), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("priority", String(16), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("acknowledged_by", String(32)),
    Column("acknowledged_at", Moment),
    Column("taken_at", Moment),
    Column("went_up_at", Moment),
    ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
    Index("alarms_by_acknowledged", "acknowledged_at"),
    Index("alarms_by_raised", "raised_at"),
)

# Messages that called people because the recogniser could not read them: it does so as soon as it
# can (channels/second_look.py), and until then they are here. `sequence` is the message's.
unread = Table(
    "unread",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
)

# That an alarm went up for one reason: the key makes sure that it does so once.
escalations = Table(
    "escalations",
    metadata,
    Column("conversation", String(32), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("step", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["conversation", "sequence"],
        ["alarms.conversation", "alarms.sequence"],
        ondelete="CASCADE",
    ),
)

# Words to the team on their way. They name no conversation, so they outlive its erasure.
notices = Table(
    "notices",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("step", String(32), nullable=False),
    Column("way", String(16), nullable=False),
    Column("recipient", String(32), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("next_try_at", Moment),
    Column("tries", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("given_up_at", Moment),
    Index("notices_by_next_try", "next_try_at"),
)
