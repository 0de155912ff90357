"""Looking for a person in everything that is kept: each table opened with the keys, each file."""

import sqlite3
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from sqlalchemy import inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from knowledge.database import async_url
from knowledge.migrations.all_tables import metadata
from knowledge.sealing.columns import place, ring_in_use, use
from knowledge.sealing.ring import Ring
from knowledge.sealing.store import sealed_columns, trackers
from tests.journeys.running import awaited

OURS = {"alembic_version"}  # of the migrations: names a step, and nothing else
OWNERS = ("conversation", "sender_id", "number", "id")  # the column that says whose a row is
NOT_KEPT = "models"  # trained before anybody wrote

Found = set[tuple[str, str]]


@dataclass(frozen=True)
class Stores:
    """All that the processes hold: databases, folders, Redis where it is used."""

    databases: list[str]
    keys: Path
    folders: list[Path]
    redis: str | None = None

    def tables(self, marks: Iterable[str]) -> Found:
        """Which table holds which mark. Raises AssertionError for a table that nobody knows."""
        use(Ring.load(self.keys))
        return awaited(_in_all(self.databases, list(marks)))

    def sealed(self, conversations: Iterable[str]) -> set[str]:
        """What lies sealed in files of SQLite of these conversations and of updates.

        A server keeps those until it needs their room (docs/impact-assessment.md).
        """
        wanted, found = list(conversations), set[str]()
        for url in self.databases:
            if url.startswith("sqlite"):
                with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as kept:
                    found |= set(_sealed_in(kept, wanted))
        return found

    def files(self, marks: Iterable[str]) -> Found:
        """Which file holds which mark, byte by byte, in its name too."""
        wanted = list(marks)
        return {
            (path.name, mark)
            for folder in self.folders
            for path in folder.rglob("*")
            if path.is_file() and NOT_KEPT not in path.parts
            for mark in _marks_in(wanted, path.name.encode() + b"\n" + path.read_bytes())
        }

    def cache(self, marks: Iterable[str]) -> Found:
        """Which key of Redis holds which mark, in its name or its value."""
        if self.redis is None:
            return set()
        wanted = list(marks)
        with Redis.from_url(self.redis) as cache:
            return {
                (repr(key), mark)
                for key in cache.scan_iter()
                for mark in _marks_in(wanted, key + b"\n" + (cache.dump(key) or b""))
            }


def tables_with(found: Found, marks: Iterable[str]) -> set[str]:
    """The tables that hold one of these marks."""
    wanted = set(marks)
    return {table for table, mark in found if mark in wanted}


def _marks_in(marks: Iterable[str], raw: bytes) -> Iterator[str]:
    there = raw.lower()
    return (mark for mark in marks if mark.lower().encode() in there)


def _sealed_in(kept: sqlite3.Connection, conversations: list[str]) -> Iterator[str]:
    there = {name for (name,) in kept.execute("SELECT name FROM sqlite_master")}
    for table in (*metadata.tables.values(), trackers):
        sealed = [column.name for column in sealed_columns(table)]
        owners = [name for name in OWNERS if name in table.columns]
        if not sealed or not owners or table.name not in there:
            continue
        columns = ", ".join(f'"{name}"' for name in (owners[0], *sealed))
        for owner, *values in kept.execute(f'SELECT {columns} FROM "{table.name}"'):  # noqa: S608
            if owner in conversations or table.name == "updates":
                yield from (value for value in values if value)


async def _in_all(urls: list[str], marks: list[str]) -> Found:
    found: Found = set()
    for url in urls:
        engine = create_async_engine(async_url(url))
        async with engine.connect() as unit:
            names = await unit.run_sync(lambda there: inspect(there).get_table_names())
            assert set(names) <= {*metadata.tables, trackers.name, *OURS}
            for name in names:
                async for row in _rows(unit, name):
                    found |= {(name, mark) for mark in _marks_in(marks, row)}
        await engine.dispose()
    return found


async def _rows(unit: AsyncConnection, name: str) -> AsyncIterator[bytes]:
    """Every row as it lies on the disk, and opened where something in it is sealed."""
    for row in await unit.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608  (ours)
        yield repr(tuple(row)).encode()
        if name == trackers.name:
            yield _memory(row)
    if name in metadata.tables and sealed_columns(table := metadata.tables[name]):
        for opened in await unit.execute(select(table)):
            yield repr(tuple(opened)).encode()


def _memory(row: Any) -> bytes:
    """What the assistant remembers (bot/turns.py)."""
    where = place(f"{trackers.name}.data", f"{row.sender_id}|{row.number}")
    return zlib.decompress(ring_in_use().open(row.data, where))
