"""Whoever follows a process that may still live begins a little later than it claims"""

import sqlalchemy as sa
from alembic import op

revision = "0041_claims_begin"
down_revision = "0040_retention_counted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The version before writes no such column: it may run beside this one for a while.
    op.add_column(
        "claims", sa.Column("begins", sa.Float(), nullable=False, server_default=sa.text("0"))
    )


def downgrade() -> None:
    op.drop_column("claims", "begins")
