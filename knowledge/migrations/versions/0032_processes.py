"""Processes: which of them live, what each does for all, and who answers a conversation"""

import sqlalchemy as sa
from alembic import op

revision = "0032_processes"
down_revision = "0030_callbacks_begun"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("machine", sa.String(64), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(32), nullable=False),
    )
    op.add_column("inbox", sa.Column("owner", sa.String(32)))


def downgrade() -> None:
    op.drop_column("inbox", "owner")
    op.drop_table("claims")
    op.drop_table("processes")
