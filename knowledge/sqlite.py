"""Connections to SQLite that change threads only where something may take long.

aiosqlite hands every step of a statement to a thread and waits for it: four changes of threads for
each, and some 300 for one message of a person, which cost several times what SQLite does. Here
steps that only read or change pages in memory run at once; what waits for another writer or for
the disk (the beginning and the end of a write, whatever is no plain statement) goes to the thread.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from typing import Any

import aiosqlite

from knowledge.errors import Unavailable

AT_ONCE = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK TO")
ROWS_AT_ONCE = 64  # aiosqlite's own measure for iterating, which nobody here does
TRIES, PAUSE = 20, 0.05  # of emptying the log, and seconds between two


class Connection(aiosqlite.Connection):
    """A connection whose plain statements run where they are called."""

    _writes = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._is_quick(fn, args):
            self._writes = True
            done = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
            if getattr(fn, "__name__", "") in ("commit", "rollback"):
                self._writes = False
            return done
        if not self._running or self._connection is None:
            raise ValueError("Connection closed")  # as aiosqlite does
        return fn(*args, **kwargs)

    def at_once(self, statement: str) -> None:
        """Run a statement that gives nothing back and waits for nobody. Raises Unavailable."""
        try:
            self._conn.execute(statement)
        except sqlite3.Error as error:
            raise Unavailable("the database did not take a step") from error

    def _is_quick(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        of, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
        if not isinstance(of, sqlite3.Cursor):
            # A read ends without the disk. After a write that was broken off the thread may
            # still be at work: what ends it waits there for its turn.
            return name == "cursor" or (name == "rollback" and not self._writes)
        if name not in ("execute", "executemany"):
            return True
        statement: str = args[0].lstrip().upper()
        return statement == "BEGIN" or statement.startswith(AT_ONCE)


async def connect(path: str) -> aiosqlite.Connection:
    """Open the database at a path."""
    made = Connection(partial(sqlite3.connect, path, check_same_thread=False), ROWS_AT_ONCE)
    made._thread.daemon = True  # it must not keep the process from ending
    return await made


def empty_log(path: str) -> bool:
    """Have the log of writes let go of what the database no longer holds; whether it did.

    Nobody waits for it: while others read or write it tries again, for a second. It blocks.
    """
    for _ in range(TRIES):
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=0)) as own:
            (was_busy, *_) = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not was_busy:
                return True
        time.sleep(PAUSE)
    return False
