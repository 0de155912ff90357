"""Areas, second factors, devices, invitations, tries"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0007_sign_in"
down_revision = "0006"
branch_labels = None
depends_on = None
needs_stop = True

MOMENT = knowledge.database.Moment(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("coordinators") as table:
        table.add_column(sa.Column("area", sa.String(16), nullable=False, server_default="both"))
        table.add_column(sa.Column("deactivated_at", MOMENT))
        table.add_column(sa.Column("totp_pending", sa.String(64)))
        table.add_column(sa.Column("totp_secret", sa.String(64)))
        table.add_column(sa.Column("totp_step", sa.BigInteger()))
    with op.batch_alter_table("coordinators") as table:
        table.alter_column("area", server_default=None)
    op.drop_table("sessions")  # who is signed in signs in again
    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.String(64), primary_key=True),
        sa.Column("coordinator", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["coordinator"], ["coordinators.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("coordinator", sa.String(32), primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.ForeignKeyConstraint(["coordinator"], ["coordinators.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("sign_in_tries_by_key", "sign_in_tries", ["key"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("area", sa.String(16), nullable=False),
        sa.Column("invited_by", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("secret_hash"),
    )


def downgrade() -> None:
    for table in ("invitations", "sign_in_tries", "recovery_codes", "sessions"):
        op.drop_table(table)
    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.String(64), primary_key=True),
        sa.Column("coordinator", sa.String(32), nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["coordinator"], ["coordinators.id"], ondelete="CASCADE"),
    )
    with op.batch_alter_table("coordinators") as people:
        for column in ("area", "deactivated_at", "totp_pending", "totp_secret", "totp_step"):
            people.drop_column(column)
