"""Who somebody is at an issuer: what never becomes another person's there, unlike an address"""

import sqlalchemy as sa
from alembic import op

revision = "0043_issuer_subjects"
down_revision = "0042_to_forget"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issuer_subjects",
        sa.Column(
            "coordinator",
            sa.String(32),
            sa.ForeignKey("coordinators.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("issuer_hash", sa.String(64), primary_key=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_hash", sa.String(64), nullable=False, unique=True),
    )


def downgrade() -> None:
    op.drop_table("issuer_subjects")
