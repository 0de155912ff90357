"""The database: one engine a process, and units of work that read or write."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from asyncpg import PostgresError  # type: ignore[import-untyped]
from sqlalchemy import (
    DateTime,
    Dialect,
    MetaData,
    TypeDecorator,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection  # not Python's own
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from knowledge.errors import Unavailable
from knowledge.sqlite import connect, empty_log
from knowledge.together import WRITES, Together

metadata = MetaData()

# Connections of one process to PostgreSQL. Who gets none in time is refused, not kept waiting.
POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 5}

# How long a server that is there but says nothing is waited for, in seconds.
PATIENCE = {"timeout": 5, "command_timeout": 10}

# Errors of PostgreSQL (by the beginning of their code) for which no statement is to blame: its
# connections, its room, being stopped or started, its machine, and a server that only lets read.
AWAY = ("08", "53", "57", "58", "25006")

# Settings of PostgreSQL without which a power cut takes what it said it had kept.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class Moment(TypeDecorator[datetime]):
    """A point in time: aware UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """On the way in."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """On the way out."""
        if value is None:
            return None
        known: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)  # SQLite drops it
        return known.astimezone(UTC)


def async_url(url: str) -> str:
    """``sqlite:///…`` or ``postgresql://…`` with the driver this project uses.

    What PostgreSQL's own programs and the assistant read from the address, `sslmode` and its like,
    this driver reads from a `dsn` alone. Raises ValueError for any other kind of database.
    """
    scheme, separator, rest = url.partition("://")
    kind = scheme.split("+")[0]
    if kind not in DRIVERS or not separator:
        raise ValueError("must start with sqlite:/// or postgresql://")
    where, _, query = rest.partition("?")
    options = parse_qsl(query)
    of_tls = [(name, value) for name, value in options if name.startswith("ssl")]
    if of_tls:
        others = [one for one in options if one not in of_tls]
        rest = f"{where}?{urlencode([*others, ('dsn', f'postgresql://?{urlencode(of_tls)}')])}"
    return f"{DRIVERS[kind]}://{rest}"


class Database:
    """Units of work on one database. Opened once by the process that owns it."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(async_url(url))
        self._together = Together(self.engine) if url.startswith("sqlite") else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading. Raises Unavailable when the database does not answer."""
        async with _translated(), self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed when the block ends well, undone when it raises."""
        unit = self.engine.begin() if self._together is None else self._together.writing()
        async with _translated(), unit as connection:
            yield connection

    async def ready(self) -> bool:
        """Whether the database answers."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except Unavailable:
            return False
        return True

    async def forgets_by(self) -> list[str]:
        """The settings by which the server may forget what it has said it kept.

        None for SQLite: we set those ourselves. Raises Unavailable.
        """
        if self._together is not None:
            return []
        off = text(
            "SELECT name FROM pg_settings"
            " WHERE name = ANY(:names) AND setting = 'off' ORDER BY name"
        )
        async with self.reading() as connection:
            return list((await connection.scalars(off, {"names": list(DURABLE)})).all())

    async def empty_log(self) -> bool:
        """Leave nothing of what was erased in SQLite's log of writes; a server sees to its own.

        False when others read or wrote for so long that it could not be done now.
        """
        if self._together is None:
            return True
        return await asyncio.to_thread(empty_log, self.engine.url.database or "")

    async def has(self, table: str) -> bool:
        """Whether there is such a table."""
        async with self.reading() as connection:
            return await connection.run_sync(lambda one: inspect(one).has_table(table))

    async def close(self) -> None:
        """Give all connections back."""
        if self._together is not None:
            await self._together.ended()
        await self.engine.dispose()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except (OperationalError, OSError, TimeoutError, NoConnection) as error:
        raise Unavailable("the database did not answer") from error
    except (DBAPIError, PostgresError) as error:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if lost or _code(error).startswith(AWAY):
            raise Unavailable("the database is not there for this now") from error
        raise


def _code(error: DBAPIError | PostgresError) -> str:
    """PostgreSQL's code of an error; one that comes while connecting is the driver's own."""
    own = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(own, "sqlstate", None) or "")


def _engine(url: str) -> AsyncEngine:
    # Parameters are what people wrote: no error may quote them.
    if not url.startswith("sqlite"):
        return create_async_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args=PATIENCE, **POOL
        )
    path = make_url(url).database or ""
    engine = create_async_engine(url, async_creator=partial(connect, path), hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # what was accepted survives a power cut
        "busy_timeout=10000",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # It must know at the start that this one writes, or two may block each other.
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.connection.driver_connection.at_once("BEGIN")
