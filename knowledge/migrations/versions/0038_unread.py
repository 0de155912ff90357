"""Messages that the recogniser could not read are noted, so that no restart forgets them"""

import sqlalchemy as sa
from alembic import op

revision = "0038_unread"
down_revision = "0036_trace_and_team"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unread",
        sa.Column(
            "conversation",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
    )


def downgrade() -> None:
    op.drop_table("unread")
