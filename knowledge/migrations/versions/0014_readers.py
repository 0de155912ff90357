"""How far everybody has come in a thread"""

import sqlalchemy as sa
from alembic import op

revision = "0014_readers"
down_revision = "0011_callbacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readers",
        sa.Column(
            "conversation",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("reader", sa.String(32), primary_key=True),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("readers")
