"""The only file with SQL about sealed values as they lie on the disk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.sealing.columns import FoundBy, Sealed, place
from knowledge.sealing.ring import NotOpened, Ring

# The assistant's trackers (bot/turns.py makes and reads them). They lie in the same PostgreSQL
# database, or in a SQLite file of their own.
trackers = Table(
    "tracker_turns",
    MetaData(),
    Column("sender_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", Sealed("tracker_turns.data")),
)


def sealed_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table whose values are sealed."""
    return [column for column in table.columns if isinstance(column.type, Sealed)]


async def count(unit: AsyncConnection, table: Table, key: str) -> int:
    """How many rows hold a value that this key sealed."""
    held = [_raw(column).startswith(f"{key}.") for column in sealed_columns(table)]
    query = select(func.count()).select_from(table).where(or_(*held))
    return int(await unit.scalar(query) or 0)


@dataclass(frozen=True)
class Sealing:
    """Where it stopped, None when there are no more rows; columns with a value that doesn't open,
    each with the id of the key that it says."""

    last: Sequence[Any] | None
    left: list[tuple[str, str]]


async def seal_anew(
    unit: AsyncConnection, table: Table, ring: Ring, most: int, after: Sequence[Any] | None
) -> Sealing:
    """Seal up to ``most`` rows with the first key, from a primary key on.

    A value that doesn't open is left as it is. A row that is erased meanwhile stays erased.
    """
    keys, columns = list(table.primary_key.columns), sealed_columns(table)
    old = [~_raw(column).startswith(f"{ring.keys[0].id}.") for column in columns]
    raw = [_raw(column).label(column.name) for column in columns]
    query = select(*keys, *raw).where(or_(*old)).order_by(*keys).limit(most).with_for_update()
    if after is not None:
        query = query.where(tuple_(*keys) > tuple_(*after))
    rows = (await unit.execute(query)).all()
    last: Sequence[Any] | None = None
    left: list[tuple[str, str]] = []
    for row in rows:
        kept = row._mapping
        last = [kept[column.name] for column in keys]
        here = [column == value for column, value in zip(keys, last, strict=True)]
        values = dict(_sealed(table, ring, kept, "|".join(map(str, last)), left))
        if values:
            await unit.execute(update(table).where(*here).values(values))
    return Sealing(last if len(rows) == most else None, left)


def _sealed(
    table: Table, ring: Ring, kept: RowMapping, row: str, left: list[tuple[str, str]]
) -> Iterator[tuple[str, ColumnElement[Any] | str]]:
    for column in sealed_columns(table):
        if kept[column.name] is None:
            continue
        name = column.type.name  # type: ignore[attr-defined]  # sealed_columns gives Sealed alone
        try:
            value = ring.open(kept[column.name], place(name, row))
        except NotOpened:
            left.append((name, _said_key(ring, kept[column.name])))
            continue
        yield column.name, type_coerce(ring.seal(value, place(name, row)), Text)
        for finder in table.columns:
            if isinstance(finder.type, FoundBy) and finder.type.name == name:
                yield finder.name, ring.hashes(value.decode(), name)[0]


def _said_key(ring: Ring, kept: str) -> str:
    """The key that a value says; of one that is damaged there, nothing may be shown."""
    said = kept.partition(".")[0]
    return said if said in {key.id for key in ring.keys} else "unknown"


def _raw(column: Column[Any]) -> ColumnElement[str]:
    return type_coerce(column, Text)
