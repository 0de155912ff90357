"""What people wrote and who they are is sealed, row by row"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

import knowledge.database
from knowledge.sealing.columns import Sealed, SealedJSON, found_by, of_row

revision = "0021_sealed"
down_revision = "0020_sendings"
branch_labels = None
depends_on = None

AT_ONCE = 500
JSON, TEXT = sa.JSON(), sa.Text()
# Table, its primary key, and the columns that are sealed from here on with their type before.
SEALED: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("entries", ("conversation", "sequence"), {"text": TEXT, "details": JSON}),
    ("conversations", ("id",), {"reasons": JSON}),
    ("assessments", ("conversation",), {"record": JSON}),
    ("updates", ("channel", "number"), {"address": sa.String(64), "payload": TEXT}),
    ("coordinators", ("id",), dict.fromkeys(("totp_pending", "totp_secret"), sa.String(64))),
)
Change = Callable[[str, bool, Any, tuple[Any, ...]], str | None]


def upgrade() -> None:
    for table, _, columns in SEALED:
        _retype(table, dict.fromkeys(columns, TEXT))
    for table, key, columns in SEALED:
        _rewrite(table, key, columns, _seal)
    _remake_chats(
        _chat_sealed,
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("channel", "address_hash", name="chats_once"),
    )


def downgrade() -> None:
    _remake_chats(
        _chat_opened,
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(32), nullable=False, unique=True),
    )
    for table, key, columns in SEALED:
        _rewrite(table, key, columns, _open)
        _retype(table, columns)


def _retype(table: str, columns: dict[str, Any]) -> None:
    with op.batch_alter_table(table) as changing:
        for name, type_ in columns.items():
            using = f"{name}::{type_.compile(op.get_bind().dialect)}"
            changing.alter_column(name, type_=type_, postgresql_using=using)


def _rewrite(name: str, key: tuple[str, ...], columns: dict[str, Any], change: Change) -> None:
    """Every row of a table, in steps, so that memory stays small."""
    table = sa.table(name, *(sa.column(one, sa.Text()) for one in columns), *map(sa.column, key))
    keys, bind, rows = [table.c[one] for one in key], op.get_bind(), None
    while rows is None or len(rows) == AT_ONCE:
        query = sa.select(table).order_by(*keys).limit(AT_ONCE)
        if rows:
            last = [sa.literal(getattr(rows[-1], one)) for one in key]
            query = query.where(sa.tuple_(*keys) > sa.tuple_(*last))
        rows = bind.execute(query).all()
        changed = [_changed(name, key, columns, change, row._asdict()) for row in rows]
        if changed:  # all in one call: a hundred thousand conversations take minutes otherwise
            bind.execute(_update(table, key, columns), changed)


def _changed(
    name: str,
    key: tuple[str, ...],
    columns: dict[str, Any],
    change: Change,
    row: dict[str, Any],
) -> dict[str, Any]:
    place = tuple(row[one] for one in key)
    values = {
        f"new_{one}": None
        if row[one] is None
        else change(f"{name}.{one}", type_ is JSON, row[one], place)
        for one, type_ in columns.items()
    }
    return {**values, **{f"key_{one}": row[one] for one in key}}


def _update(table: sa.TableClause, key: tuple[str, ...], columns: dict[str, Any]) -> sa.Update:
    here = [table.c[one] == sa.bindparam(f"key_{one}") for one in key]
    values: dict[str, Any] = {one: sa.bindparam(f"new_{one}") for one in columns}
    return sa.update(table).where(*here).values(values)


def _seal(name: str, is_json: bool, value: Any, key: tuple[Any, ...]) -> str | None:
    kind = SealedJSON(name) if is_json else Sealed(name)
    known = json.loads(value) if is_json else value
    return kind.process_bind_param(of_row(known, *key), op.get_bind().dialect)


def _open(name: str, is_json: bool, value: Any, key: tuple[Any, ...]) -> str:
    row = "|".join(map(str, key))
    kind = SealedJSON(name) if is_json else Sealed(name)
    found = kind.process_result_value(f"{value}|{row}", op.get_bind().dialect)
    return json.dumps(found) if is_json else str(found)


def _remake_chats(change: Callable[[dict[str, Any]], dict[str, Any]], *own: Any) -> None:
    """The table with another primary key: SQLite can't change one in place."""
    bind = op.get_bind()
    moment = knowledge.database.Moment(timezone=True)
    typed: dict[str, Any] = {"quiet": sa.Boolean(), "paused": sa.Boolean(), "heard_at": moment}
    names = ("channel", "address", "conversation", "delivered", *typed)
    kept = sa.table("chats", *(sa.column(one, typed.get(one)) for one in names))
    rows = [change(dict(row)) for row in bind.execute(sa.select(kept)).mappings()]
    op.drop_table("chats")
    made = op.create_table(
        "chats",
        *own,
        sa.Column("delivered", sa.Integer(), nullable=False),
        *(sa.Column(name, type_, nullable=False) for name, type_ in typed.items()),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
    )
    if rows:
        bind.execute(sa.insert(made), rows)


def _chat_sealed(row: dict[str, Any]) -> dict[str, Any]:
    sealed = _seal("chats.address", False, row["address"], (row["conversation"],))
    return {**row, "address": sealed, "address_hash": found_by(row["address"], "chats.address")}


def _chat_opened(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "address": _open("chats.address", False, row["address"], (row["conversation"],)),
    }
