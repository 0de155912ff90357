"""A session that made room for another one is kept for a while, so that its device can be told"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0039_sessions_make_room"
down_revision = "0038_unread"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("made_room_at", knowledge.database.Moment(timezone=True)))


def downgrade() -> None:
    op.drop_column("sessions", "made_room_at")
