"""What people wrote and who they are is sealed, row by row"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

import knowledge.database
from knowledge.migrations.sealed_ahead import BIG, JSON, TEXT, Big, seal_rest, unwatch
from knowledge.sealing.columns import Sealed, SealedJSON, of_row

revision = "0021_sealed"
down_revision = "0020_sendings"
branch_labels = None
depends_on = None
needs_stop = True

AT_ONCE = 500
CHATS = BIG[-1]
# Tables that stay small, their primary keys, and what is sealed in them with its type before.
SMALL: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("updates", ("channel", "number"), {"address": sa.String(64), "payload": TEXT}),
    ("coordinators", ("id",), dict.fromkeys(("totp_pending", "totp_secret"), sa.String(64))),
)
MOMENT = knowledge.database.Moment(timezone=True)
OF_CHATS: dict[str, Any] = {"quiet": sa.Boolean(), "paused": sa.Boolean(), "heard_at": MOMENT}
Change = Callable[[str, bool, Any, tuple[Any, ...]], str | None]


def upgrade() -> None:
    bind = op.get_bind()
    if _is_postgresql():  # a process that was not stopped must not come between
        for name in (*(big.name for big in BIG), *(table for table, _, _ in SMALL)):
            op.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
    for big in BIG:
        seal_rest(bind, big)
        unwatch(bind, big)
        if big is CHATS:
            _seal_chats()
        else:
            _put_in_place(big)
        big.copies.drop(bind)
    for table, key, columns in SMALL:
        _retype(table, dict.fromkeys(columns, TEXT))
        _rewrite(table, key, columns, _seal)
        if _is_postgresql():
            _alter(table, {one: f"{one} || ''" for one in columns})


def downgrade() -> None:
    _open_chats()
    for big in BIG:
        if big is not CHATS:
            _rewrite(big.name, big.key, big.columns, _open)
            _retype(big.name, big.columns)
    for table, key, columns in SMALL:
        _rewrite(table, key, columns, _open)
        _retype(table, columns)


def _put_in_place(big: Big) -> None:
    """The sealed copies where the values in clear stood."""
    if _is_postgresql():
        _put_in_place_by_function(big)
        return
    _retype(big.name, dict.fromkeys(big.columns, TEXT))
    values = {one: big.copies.c[one] for one in big.columns}
    op.get_bind().execute(sa.update(big.clear).values(values).where(big.same))


def _put_in_place_by_function(big: Big) -> None:
    """In one go, by the only door to another table that a change of type knows."""
    copies, dialect = big.copies, op.get_bind().dialect
    op.execute(f"ANALYZE {copies.name}")
    types = ", ".join(copies.c[one].type.compile(dialect) for one in big.key)
    here = " AND ".join(f"{one} = ${number}" for number, one in enumerate(big.key, 1))
    for one in big.columns:
        body = f"BEGIN RETURN (SELECT {one} FROM {copies.name} WHERE {here}); END"  # noqa: S608
        op.execute(
            f"CREATE FUNCTION {copies.name}_{one}({types}) RETURNS text LANGUAGE plpgsql STABLE "
            f"AS $$ {body} $$"
        )
    _alter(big.name, {one: f"{copies.name}_{one}({', '.join(big.key)})" for one in big.columns})
    for one in big.columns:
        op.execute(f"DROP FUNCTION {copies.name}_{one}")


def _alter(table: str, values: dict[str, str]) -> None:
    """PostgreSQL writes the table anew: nothing of what stood there before is left in its file."""
    changes = (f"ALTER COLUMN {one} TYPE TEXT USING {value}" for one, value in values.items())
    op.execute(f"ALTER TABLE {table} {', '.join(changes)}")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _retype(table: str, columns: dict[str, Any]) -> None:
    with op.batch_alter_table(table) as changing:
        for name, type_ in columns.items():
            using = f"{name}::{type_.compile(op.get_bind().dialect)}"
            changing.alter_column(name, type_=type_, postgresql_using=using)


def _rewrite(name: str, key: tuple[str, ...], columns: dict[str, Any], change: Change) -> None:
    """Every row that holds something, in steps, so that memory stays small."""
    table = sa.table(name, *(sa.column(one, sa.Text()) for one in columns), *map(sa.column, key))
    keys, bind, rows = [table.c[one] for one in key], op.get_bind(), None
    holds = sa.or_(*(table.c[one].is_not(None) for one in columns))
    while rows is None or len(rows) == AT_ONCE:
        query = sa.select(table).where(holds).order_by(*keys).limit(AT_ONCE)
        if rows:
            last = [sa.literal(getattr(rows[-1], one)) for one in key]
            query = query.where(sa.tuple_(*keys) > sa.tuple_(*last))
        rows = bind.execute(query).all()
        changed = [_changed(name, key, columns, change, row._asdict()) for row in rows]
        if changed:  # all in one call: many rows take minutes otherwise
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


def _seal(name: str, _is_json: bool, value: Any, key: tuple[Any, ...]) -> str | None:
    return Sealed(name).process_bind_param(of_row(value, *key), op.get_bind().dialect)


def _open(name: str, is_json: bool, value: Any, key: tuple[Any, ...]) -> str:
    row = "|".join(map(str, key))
    kind = SealedJSON(name) if is_json else Sealed(name)
    found = kind.process_result_value(f"{value}|{row}", op.get_bind().dialect)
    return json.dumps(found) if is_json else str(found)


def _seal_chats() -> None:
    """The chats with another primary key, which SQLite can't change in place."""
    op.execute(
        "CREATE TABLE chats_kept AS SELECT kept.conversation, kept.channel, made.address, "
        "made.address_hash, kept.delivered, kept.quiet, kept.paused, kept.heard_at "
        "FROM chats kept JOIN sealed_chats made ON made.conversation = kept.conversation"
    )
    made = _remake_chats(
        sa.Column("conversation", sa.String(32), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("channel", "address_hash", name="chats_once"),
    )
    kept = sa.table("chats_kept", *(sa.column(one.name) for one in made.columns))
    op.execute(sa.insert(made).from_select(list(made.columns.keys()), sa.select(kept)))
    op.drop_table("chats_kept")


def _open_chats() -> None:
    names = ("channel", "address", "conversation", "delivered", *OF_CHATS)
    kept = sa.table("chats", *(sa.column(one, OF_CHATS.get(one)) for one in names))
    rows = [dict(row) for row in op.get_bind().execute(sa.select(kept)).mappings()]
    for row in rows:
        row["address"] = _open("chats.address", False, row["address"], (row["conversation"],))
    made = _remake_chats(
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(32), nullable=False, unique=True),
    )
    if rows:
        op.get_bind().execute(sa.insert(made), rows)


def _remake_chats(*own: Any) -> sa.Table:
    op.drop_table("chats")
    return op.create_table(
        "chats",
        *own,
        sa.Column("delivered", sa.Integer(), nullable=False),
        *(sa.Column(name, type_, nullable=False) for name, type_ in OF_CHATS.items()),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], ondelete="CASCADE"),
    )
