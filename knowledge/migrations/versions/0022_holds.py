"""Holds: what must stay because somebody may be at risk"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0022_holds"
down_revision = "0021_sealed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("holds")
