"""First tables"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("opened_at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=16), nullable=False),
        sa.Column("held_by", sa.String(length=32), nullable=True),
        sa.Column("priority", sa.String(length=16), nullable=True),
        sa.Column("waiting_since", knowledge.database.Moment(timezone=True), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("interrupted_by_risk", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index("conversations_by_holder", ["holder"], unique=False)

    op.create_table(
        "coordinators",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("added_at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "assessments",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("changed_at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation"),
    )
    op.create_table(
        "entries",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=True),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation", "sequence"),
        sa.UniqueConstraint("conversation", "message_id", name="entries_once"),
    )
    op.create_table(
        "inbox",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation", "sequence"),
    )
    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("coordinator", sa.String(length=32), nullable=False),
        sa.Column("last_seen", knowledge.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["coordinator"], ["coordinators.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("secret_hash"),
    )


def downgrade() -> None:
    op.drop_table("sessions")
    op.drop_table("inbox")
    op.drop_table("entries")
    op.drop_table("assessments")
    op.drop_table("coordinators")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index("conversations_by_holder")

    op.drop_table("conversations")
