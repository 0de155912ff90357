"""How long each migration takes on a database with many conversations.

Run `make bench-migrations` (`CONVERSATIONS=100000`): a SQLite database as the first version kept
it, with three entries and a record for each conversation, is brought to the present form.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from knowledge.migrating import migration_config
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring

AT = "2026-11-01 10:00:00.000000"
WORDS = "someone broke into my shed last night and took my bike, i can't sleep since then"
ENTRIES = 3


def main() -> int:
    """Fill, migrate step by step, and print the time of each."""
    parser = argparse.ArgumentParser(prog="make bench-migrations")
    parser.add_argument("--conversations", type=int, default=100_000)
    many = parser.parse_args().conversations
    use(Ring([Key.new("b1")]))
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        path = Path(folder) / "waymark.db"
        config = migration_config(f"sqlite:///{path}")
        script = ScriptDirectory.from_config(config)
        steps = [one.revision for one in script.walk_revisions()][::-1]
        command.upgrade(config, steps[0])
        _fill(path, many)
        sys.stdout.write(f"{many} conversations, {path.stat().st_size / 1e6:.0f} MB before\n")
        total = sum(_step(config, revision) for revision in steps[1:])
        sys.stdout.write(f"{'all':<28} {total:>8.2f} s\n")
    return 0


def _step(config: object, revision: str) -> float:
    began = time.monotonic()
    with contextlib.redirect_stderr(io.StringIO()):
        command.upgrade(config, revision)  # type: ignore[arg-type]
    took = time.monotonic() - began
    sys.stdout.write(f"{revision:<28} {took:>8.2f} s\n")
    sys.stdout.flush()
    return took


def _fill(path: Path, many: int) -> None:
    """Rows as the first version wrote them."""
    with contextlib.closing(sqlite3.connect(path)) as kept, kept:
        kept.executemany(
            "INSERT INTO conversations (id, token_hash, channel, opened_at, last_sequence, holder,"
            " reasons, interrupted_by_risk) VALUES (?, ?, 'web', ?, ?, 'assistant', '[]', 0)",
            ((_id(number), f"{number:064x}", AT, ENTRIES) for number in range(many)),
        )
        kept.executemany(
            "INSERT INTO entries (conversation, sequence, message_id, author, kind, audience,"
            " text, details, at) VALUES (?, ?, ?, 'person', 'said', 'everyone', ?, '{}', ?)",
            _entries(many),
        )
        kept.executemany(
            "INSERT INTO assessments (conversation, record, changed_at)"
            ' VALUES (?, \'{"status": "in_progress"}\', ?)',
            ((_id(number), AT) for number in range(many)),
        )


def _entries(many: int) -> Iterator[tuple[str, int, str, str, str]]:
    for number in range(many):
        for sequence in range(1, ENTRIES + 1):
            yield _id(number), sequence, f"m{sequence}", WORDS, AT


def _id(number: int) -> str:
    return f"{number:032x}"


if __name__ == "__main__":
    sys.exit(main())
