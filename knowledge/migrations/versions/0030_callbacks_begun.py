"""Call-backs: when the gate let somebody reach out"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0030_callbacks_begun"
down_revision = "0022_holds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("callbacks", sa.Column("begun_at", knowledge.database.Moment(timezone=True)))


def downgrade() -> None:
    op.drop_column("callbacks", "begun_at")
