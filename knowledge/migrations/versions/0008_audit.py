"""The log of reads and writes, which only grows"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0008_audit"
down_revision = "0007_sign_in"
branch_labels = None
depends_on = None

REFUSAL = "the audit log only grows"
POSTGRESQL = (
    f"CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
)
SQLITE = tuple(
    f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for deed in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("came_from", sa.String(64), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("audit_by_who", "audit", ["who"])
    op.create_index("audit_by_subject", "audit", ["subject"])
    for statement in POSTGRESQL if _is_postgresql() else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit")
    if _is_postgresql():
        op.execute("DROP FUNCTION audit_only_grows")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
