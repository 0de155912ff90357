"""Bringing the database to the form the code needs."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.alone import alone_in
from knowledge.database import async_url
from knowledge.errors import Conflict, Unavailable
from knowledge.migrations import sealed_ahead
from knowledge.migrations.engine import open_engine, take_turn
from knowledge.migrations.wiping import wipe

log = logging.getLogger(__name__)

LAST_IN_CLEAR = "0020_sendings"
TRIES, BETWEEN = 10, 2.0  # how often a table is waited for, and seconds in which others go first
KEPT_WAITING = "55P03"  # PostgreSQL: lock_not_available


def migration_config(database_url: str) -> Config:
    """Alembic's settings for this database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("sqlalchemy.url", async_url(database_url).replace("%", "%%"))
    return config


def migrate(database_url: str, *, rolling: bool = False) -> None:
    """Run all steps that this database has not seen, in one process at a time.

    Safe to repeat, and to break off at any moment. ``rolling``: processes of the version before
    go on meanwhile; raises Conflict, and changes nothing, when a step is not for that. Raises
    Unavailable when somebody keeps a table for long.
    """
    path = _sqlite(database_url)
    with _alone(path):
        if rolling:
            asyncio.run(_refuse_what_needs_a_stop(database_url))
        asyncio.run(_seal(database_url, pause=0.0))
        _upgrade(migration_config(database_url))
        if path and not rolling:  # others could not write meanwhile
            _wipe(path)


def migrate_ahead(database_url: str) -> int:
    """Do what steps would take long for while an older version serves; how many rows' worth.

    Safe to repeat, and to break off at any moment.
    """
    with _alone(_sqlite(database_url)):
        return asyncio.run(_seal(database_url, pause=1.0))


def _upgrade(config: Config) -> None:
    for _ in range(TRIES):
        try:
            command.upgrade(config, "head")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != KEPT_WAITING:
                raise
            time.sleep(BETWEEN)
        else:
            return
    raise Unavailable("somebody keeps a table, perhaps a copy that is being made: try again later")


async def _seal(database_url: str, pause: float) -> int:
    """Make sealed copies of what lies in clear; ``pause``: how long others go first, in turns."""
    engine = open_engine(async_url(database_url))
    done = 0
    try:
        async with engine.connect() as turn:
            await turn.run_sync(take_turn)
            async with engine.begin() as unit:
                is_due = await unit.run_sync(_is_in_clear, migration_config(database_url))
            for big in sealed_ahead.BIG if is_due else ():
                done += await _seal_one(engine, big, pause)
    finally:
        await engine.dispose()
    return done


async def _seal_one(engine: AsyncEngine, big: sealed_ahead.Big, pause: float) -> int:
    async with engine.begin() as unit:
        if not await unit.run_sync(lambda one: inspect(one).has_table(big.name)):
            return 0
        await unit.run_sync(sealed_ahead.begin, big)
    async with engine.begin() as unit:
        conversations = await unit.run_sync(sealed_ahead.missing, big)
    for some in batched(conversations, sealed_ahead.AT_ONCE):
        began = time.monotonic()
        async with engine.begin() as unit:
            await unit.run_sync(sealed_ahead.seal, big, some)
        await asyncio.sleep(pause * (time.monotonic() - began))
    return len(conversations)


async def _refuse_what_needs_a_stop(database_url: str) -> None:
    engine = open_engine(async_url(database_url))
    try:
        async with engine.begin() as unit:
            now = await unit.run_sync(_revision)
    finally:
        await engine.dispose()
    steps = ScriptDirectory.from_config(migration_config(database_url))
    for step in steps.iterate_revisions("heads", now or "base"):
        if getattr(step.module, "needs_stop", False):
            raise Conflict(f"{step.revision} is not for older processes: stop them all, prepare")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_in_clear(connection: Connection, config: Config) -> bool:
    steps = ScriptDirectory.from_config(config).walk_revisions("base", LAST_IN_CLEAR)
    return _revision(connection) in {step.revision for step in steps}


def _wipe(path: Path) -> None:
    try:
        wipe(path)
    except sqlite3.Error as error:  # such as a full disk: no reason not to serve
        log.warning("free pages are not wiped, the next start tries: %s", type(error).__name__)


def _sqlite(database_url: str) -> Path | None:
    path = database_url.partition(":///")[2]
    return Path(path) if database_url.startswith("sqlite") and path else None


@contextmanager
def _alone(path: Path | None) -> Iterator[None]:
    """One process at a time; on PostgreSQL the database itself sees to it."""
    if path is None:
        yield
        return
    with alone_in(path.parent):
        yield
