"""How the log is kept.

The database itself refuses to change a row, and to remove one that no anchor covers (0008, 0036).
"""

from sqlalchemy import BigInteger, Column, Index, String, Table

from knowledge.database import Moment, metadata
from knowledge.sealing.columns import Sealed

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

# After which row a log begins whose oldest rows were removed by the rule. Its hash is sealed,
# so nobody without the keys makes an anchor; moved to another row it does not open.
audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Sealed("audit_anchors.hash", ""), nullable=False),
    Column("at", Moment, nullable=False),
)
