"""How far the rules of retention have counted, so that a wrong clock makes nothing old"""

import sqlalchemy as sa
from alembic import op

revision = "0040_retention_counted"
down_revision = "0039_sessions_make_room"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_counted",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    # What people wrote last bears witness to the time, where there is anything to lose.
    op.execute(
        "INSERT INTO retention_counted (id, seen, until)"
        " SELECT 1, max(at), max(at) FROM entries HAVING max(at) IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("retention_counted")
