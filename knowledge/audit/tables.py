"""How the log is kept. The database itself refuses to change or remove a row (migration 0008)."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from knowledge.database import Moment, metadata

audit = Table(
    "audit",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("who", String(32), nullable=False),
    Column("what", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("came_from", String(64), nullable=False),
    Column("why", String(200), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_who", "who"),
    Index("audit_by_subject", "subject"),
)
