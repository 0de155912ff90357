"""The connection that steps are made on: it leaves nothing half done and keeps nobody waiting."""

from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

ONE_AT_A_TIME = 7_210_042  # the name of PostgreSQL's lock: any number that nobody else takes
# Who waits for a table keeps all others waiting behind: a step gives up soon, and is tried again.
WAITS = "SET lock_timeout = '3s'"


def open_engine(url: str) -> AsyncEngine:
    """An engine for steps on the database at an asynchronous address."""
    engine = create_async_engine(url, hide_parameters=True)
    if url.startswith("sqlite"):
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def take_turn(connection: Connection) -> None:
    """Wait until no other connection makes steps on this PostgreSQL; ends with the connection.

    On SQLite knowledge/migrating.py sees to it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
        connection.execute(text(WAITS))
        connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own leaves out tables
    cursor = connection.cursor()
    # Foreign keys stay off: a table that is made anew must not take others' rows with it.
    for pragma in ("busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
