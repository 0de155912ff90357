"""Call-backs, and when a person's page was last there"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0011_callbacks"
down_revision = "0010_alarms"
branch_labels = None
depends_on = None

MOMENT = knowledge.database.Moment(timezone=True)


def _conversation(is_key: bool) -> sa.Column[str]:
    return sa.Column(
        "conversation",
        sa.String(32),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=is_key,
    )


def upgrade() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", sa.String(32), primary_key=True),
        _conversation(is_key=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("done_by", sa.String(32)),
        sa.Column("done_at", MOMENT),
    )
    op.create_index("callbacks_by_outcome", "callbacks", ["outcome"])
    op.create_index("callbacks_by_conversation", "callbacks", ["conversation"])
    op.create_table(
        "presence",
        _conversation(is_key=True),
        sa.Column("seen_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_table("callbacks")
