"""How devices are kept."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text

from knowledge.database import Moment, metadata

devices = Table(
    "push_devices",
    metadata,
    Column("id", String(32), primary_key=True),  # a hash of the endpoint: each device once
    Column("coordinator", ForeignKey("coordinators.id", ondelete="CASCADE"), nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", String(128), nullable=False),
    Column("auth", String(64), nullable=False),
    Column("is_duty", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("push_devices_by_coordinator", "coordinator"),
)
