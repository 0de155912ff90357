"""The trace may be shortened behind a sealed anchor; names and addresses of the team are sealed"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import knowledge.database
from knowledge.sealing.columns import Sealed, found_by, of_row

revision = "0036_trace_and_team"
down_revision = "0032_processes"
branch_labels = None
depends_on = None
needs_stop = True

REFUSAL = "the audit log only grows"
COVERED = "OLD.sequence <= COALESCE((SELECT MAX(sequence) FROM audit_anchors), 0)"
# Tables, and what is sealed in them from here on with its type before.
SEALED: dict[str, dict[str, sa.String]] = {
    "coordinators": {"email": sa.String(254), "name": sa.String(100)},
    "invitations": {"email": sa.String(254)},
}
# What this step finds on coordinators.email, by the names that databases give.
UNIQUE = {"uq": "uq_%(table_name)s_%(column_0_name)s"}


def upgrade() -> None:
    op.create_table(
        "audit_anchors",
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
    )
    _guard(covered=True)
    for table in SEALED:
        _seal(table)


def downgrade() -> None:
    for table in SEALED:
        _open(table)
    _guard(covered=False)
    op.drop_table("audit_anchors")


def _guard(*, covered: bool) -> None:
    """Whether rows that an anchor covers may be removed."""
    if _is_postgresql():
        lets = f"IF TG_OP = 'DELETE' AND {COVERED} THEN RETURN OLD; END IF;" if covered else ""
        op.execute(
            f"CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {lets} RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        return
    op.execute("DROP TRIGGER audit_no_delete")
    when = f"WHEN NOT ({COVERED})" if covered else ""
    op.execute(
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {when} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _seal(table: str) -> None:
    with op.batch_alter_table(table, naming_convention=UNIQUE) as changing:
        for name in SEALED[table]:
            changing.alter_column(name, type_=sa.Text(), existing_nullable=False)
        changing.add_column(sa.Column("email_hash", sa.String(64)))
        if table == "coordinators":
            changing.drop_constraint(_unique("email"), type_="unique")
    for row in _rows(table):
        values = {name: _sealed(table, name, row) for name in SEALED[table]}
        values["email_hash"] = found_by(row["email"], f"{table}.email")
        _write(table, row["id"], values)
    with op.batch_alter_table(table, naming_convention=UNIQUE) as changing:
        changing.alter_column("email_hash", existing_type=sa.String(64), nullable=False)
        if table == "coordinators":
            changing.create_unique_constraint(_unique("email_hash"), ["email_hash"])


def _open(table: str) -> None:
    for row in _rows(table):
        _write(table, row["id"], {name: _opened(table, name, row) for name in SEALED[table]})
    with op.batch_alter_table(table, naming_convention=UNIQUE) as changing:
        if table == "coordinators":
            changing.drop_constraint(_unique("email_hash"), type_="unique")
            changing.create_unique_constraint(_unique("email"), ["email"])
        changing.drop_column("email_hash")
        for name, type_ in SEALED[table].items():
            changing.alter_column(name, type_=type_, existing_nullable=False)


def _unique(column: str) -> str:
    """The name of a unique constraint: PostgreSQL's own, and on SQLite by the convention."""
    return f"coordinators_{column}_key" if _is_postgresql() else f"uq_coordinators_{column}"


def _rows(table: str) -> list[dict[str, Any]]:
    columns = (sa.column(name, sa.Text()) for name in ("id", *SEALED[table]))
    found = op.get_bind().execute(sa.select(sa.table(table, *columns))).mappings()
    return [dict(row) for row in found]


def _write(table: str, id_: str, values: dict[str, Any]) -> None:
    changed = sa.table(table, *(sa.column(name, sa.Text()) for name in ("id", *values)))
    op.get_bind().execute(sa.update(changed).where(changed.c.id == id_).values(values))


def _sealed(table: str, name: str, row: dict[str, Any]) -> str | None:
    kind = Sealed(f"{table}.{name}")
    return kind.process_bind_param(of_row(row[name], row["id"]), op.get_bind().dialect)


def _opened(table: str, name: str, row: dict[str, Any]) -> str:
    kind = Sealed(f"{table}.{name}")
    return str(kind.process_result_value(f"{row[name]}|{row['id']}", op.get_bind().dialect))


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
