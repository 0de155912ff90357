"""Signing in at an issuer (OpenID Connect)"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0015_sign_in_flows"
down_revision = "0014_readers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_flows",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
    )
    op.add_column(
        "sessions",
        sa.Column("from_issuer", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("sessions", "from_issuer")
    op.drop_table("sign_in_flows")
