"""What is erased here and must be forgotten by the assistant too, kept until it was"""

import sqlalchemy as sa
from alembic import op

revision = "0042_to_forget"
down_revision = "0041_claims_begin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "to_forget",
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("to_forget")
