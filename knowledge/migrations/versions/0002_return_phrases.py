"""Phrases to come back with"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0002_return_phrases"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "return_phrases",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("phrase_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation"),
        sa.UniqueConstraint("phrase_hash"),
    )


def downgrade() -> None:
    op.drop_table("return_phrases")
