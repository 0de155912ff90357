"""How running processes and their claims are kept."""

from sqlalchemy import BigInteger, Column, Float, Integer, String, Table, text

from knowledge.database import metadata

# A process lives for as long as it says so (`until`, in seconds by the database's clock), or until
# somebody on the same machine sees that it died. What a dead process claimed is free.
processes = Table(
    "processes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("machine", String(64), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("until", Float, nullable=False),
)

# Work that one process does for all: the clocks, Telegram, deleting what is due. Its owner may do
# it once it `begins` (by the database's clock); nobody has it where the owner is empty.
claims = Table(
    "claims",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("begins", Float, nullable=False, server_default=text("0")),
)
