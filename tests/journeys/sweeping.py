"""Looking for a person in everything that is kept: each table opened with the keys, each file."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis
from sqlalchemy import MetaData, Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from knowledge.database import async_url
from knowledge.migrations.all_tables import metadata
from knowledge.sealing.columns import place, ring_in_use, use
from knowledge.sealing.ring import Ring
from knowledge.sealing.store import trackers

OURS = {"alembic_version"}  # of the migrations: names a step, and nothing else
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
        return asyncio.run(_in_all(self.databases, list(marks)))

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


async def _in_all(urls: list[str], marks: list[str]) -> Found:
    found: Found = set()
    for url in urls:
        engine = create_async_engine(async_url(url))
        async with engine.connect() as unit:
            there = MetaData()
            await unit.run_sync(there.reflect)
            assert set(there.tables) <= {*metadata.tables, trackers.name, *OURS}
            for table in there.tables.values():
                async for row in _rows(unit, table):
                    found |= {(table.name, mark) for mark in _marks_in(marks, row)}
        await engine.dispose()
    return found


async def _rows(unit: AsyncConnection, table: Table) -> AsyncIterator[bytes]:
    """Every row twice: as it lies on the disk, and opened."""
    for row in await unit.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608  (ours)
        yield repr(tuple(row)).encode()
        if table.name == trackers.name:
            yield _memory(row)
    if table.name in metadata.tables:
        for opened in await unit.execute(select(metadata.tables[table.name])):
            yield repr(tuple(opened)).encode()


def _memory(row: Any) -> bytes:
    """What the assistant remembers (bot/turns.py)."""
    where = place(f"{trackers.name}.data", f"{row.sender_id}|{row.number}")
    return zlib.decompress(ring_in_use().open(row.data, where))
