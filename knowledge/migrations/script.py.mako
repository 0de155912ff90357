"""${message}"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# needs_stop = True  when processes of the version before can't live with it (docs/servers)


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
