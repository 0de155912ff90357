"""A SQLite file without anything in it that was removed, once for each file (VACUUM).

What is removed is overwritten (secure_delete), but it was not in the first versions, nor when
values were sealed by steps: what stood there in clear still lies in free pages of older files.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

WIPED = 42  # PRAGMA user_version of a file that was written anew


def wipe(path: Path) -> None:
    """Write the file anew unless it was. Raises sqlite3.Error, and stays to be done."""
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as kept:
        if kept.execute("PRAGMA user_version").fetchone()[0] == WIPED:
            return
        kept.execute("VACUUM")
        kept.execute(f"PRAGMA user_version = {WIPED}")
        kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds pages from before
