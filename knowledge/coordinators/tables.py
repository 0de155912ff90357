"""How the people of the team, their sessions and their keys are kept."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    false,
)

from knowledge.database import Moment, metadata
from knowledge.sealing.columns import FoundBy, Sealed

coordinators = Table(
    "coordinators",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", Sealed("coordinators.email"), nullable=False),
    Column("email_hash", FoundBy("coordinators.email"), nullable=False, unique=True),
    Column("name", Sealed("coordinators.name"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("area", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("deactivated_at", Moment),
    # Shown as a QR code, not yet confirmed by a code.
    Column("totp_pending", Sealed("coordinators.totp_pending")),
    Column("totp_secret", Sealed("coordinators.totp_secret")),
    Column("totp_step", BigInteger),  # of the last code that was used: none is taken twice
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("coordinator", ForeignKey("coordinators.id", ondelete="CASCADE"), nullable=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("device", String(100), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("from_issuer", Boolean, nullable=False, server_default=false()),
    # Ended for another one of the same person; kept so that its device can be told.
    Column("made_room_at", Moment),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("coordinator", ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

# Who somebody is at an issuer: by this they are known there, once they have signed in.
issuer_subjects = Table(
    "issuer_subjects",
    metadata,
    Column("coordinator", ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True),
    Column("issuer_hash", String(64), primary_key=True),
    Column("subject", Sealed("issuer_subjects.subject"), nullable=False),
    Column("subject_hash", FoundBy("issuer_subjects.subject"), nullable=False, unique=True),
)

# Tries to sign in that have not succeeded (yet), by a hash of account and address.
tries = Table(
    "sign_in_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("sign_in_tries_by_key", "key"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("email", Sealed("invitations.email"), nullable=False),
    Column("email_hash", FoundBy("invitations.email"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("area", String(16), nullable=False),
    Column("invited_by", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)
