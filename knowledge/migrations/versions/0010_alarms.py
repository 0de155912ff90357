"""Alarms with their clocks, what went up, notices to the team, devices"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0010_alarms"
down_revision = "0008_audit"
branch_labels = None
depends_on = None

MOMENT = knowledge.database.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("acknowledged_by", sa.String(32)),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("taken_at", MOMENT),
        sa.Column("went_up_at", MOMENT),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
    )
    op.create_index("alarms_by_acknowledged", "alarms", ["acknowledged_at"])
    op.create_index("alarms_by_raised", "alarms", ["raised_at"])
    op.create_table(
        "escalations",
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True),
        sa.Column("step", sa.String(32), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation", "sequence"],
            ["alarms.conversation", "alarms.sequence"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("recipient", sa.String(32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("given_up_at", MOMENT),
    )
    op.create_index("notices_by_next_try", "notices", ["next_try_at"])
    op.create_table(
        "push_devices",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "coordinator",
            sa.String(32),
            sa.ForeignKey("coordinators.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(128), nullable=False),
        sa.Column("auth", sa.String(64), nullable=False),
        sa.Column("is_duty", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
    )
    op.create_index("push_devices_by_coordinator", "push_devices", ["coordinator"])
    # Who waits at this moment is not forgotten: their clock starts again now.
    op.execute(
        "INSERT INTO alarms (conversation, sequence, priority, raised_at) "
        "SELECT c.id, (SELECT MAX(e.sequence) FROM entries e "
        "WHERE e.conversation = c.id AND e.kind = 'hand_off'), c.priority, CURRENT_TIMESTAMP "
        "FROM conversations c WHERE c.holder = 'waiting' AND c.priority IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM entries e WHERE e.conversation = c.id "
        "AND e.kind = 'hand_off')"
    )


def downgrade() -> None:
    for table in ("push_devices", "notices", "escalations", "alarms"):
        op.drop_table(table)
