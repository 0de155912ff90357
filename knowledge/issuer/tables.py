"""How sign-ins that are on their way are kept."""

from sqlalchemy import Column, String, Table

from knowledge.database import Moment, metadata

# Sign-ins that went to the issuer and have not come back. Each is good once, for minutes.
flows = Table(
    "sign_in_flows",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("at", Moment, nullable=False),
)
