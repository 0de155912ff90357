"""How co-ordinators and their sessions are kept."""

from sqlalchemy import Column, ForeignKey, String, Table

from knowledge.database import Moment, metadata

coordinators = Table(
    "coordinators",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("added_at", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("coordinator", ForeignKey("coordinators.id", ondelete="CASCADE"), nullable=False),
    Column("last_seen", Moment, nullable=False),
)
