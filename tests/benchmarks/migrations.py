"""How long each migration takes on a database with many conversations.

Run `make bench-migrations` (`CONVERSATIONS=100000`): a SQLite and a PostgreSQL database as the
first version kept them, with three entries and a record for each conversation, and one of sixteen
on Telegram, are brought to the present form. `ahead` is what an older version serves through
(`channels prepare ahead`; AHEAD=no leaves it out). PostgreSQL is left out, and said so, where it
is not installed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from knowledge.database import async_url
from knowledge.migrating import LAST_IN_CLEAR, migrate, migrate_ahead, migration_config
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.knowledge.postgres import NotHere, a_server

AT_ONCE = 1_000
ENTRIES = 3
WORDS = "someone broke into my shed last night and took my bike, i can't sleep since then"
# As the first version wrote them, whatever the tables have become since.
CONVERSATION = """
    INSERT INTO conversations (id, token_hash, channel, opened_at, last_sequence, holder, reasons,
    interrupted_by_risk)
    VALUES (:id, :hash, 'web', '2026-11-01 10:00:00', 3, 'assistant', '[]', FALSE)"""
ENTRY = """
    INSERT INTO entries (conversation, sequence, message_id, author, kind, audience, text, details,
    at)
    VALUES (:id, :sequence, :message, 'person', 'said', 'everyone', :words, '{}',
    '2026-11-01 10:00:00')"""
ASSESSMENT = """
    INSERT INTO assessments (conversation, record, changed_at)
    VALUES (:id, :record, '2026-11-01 10:00:00')"""
RECORD = '{"status": "in_progress"}'
CHATS = """
    INSERT INTO chats (channel, address, conversation, delivered, quiet, paused, heard_at)
    SELECT 'telegram', id, id, 3, FALSE, FALSE, opened_at FROM conversations
    WHERE id LIKE '%0'"""


def main() -> int:
    """Fill, migrate step by step, and print the time of each."""
    parser = argparse.ArgumentParser(prog="make bench-migrations")
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--ahead", choices=("yes", "no"), default="yes")
    given = parser.parse_args()
    many, ahead = given.conversations, given.ahead == "yes"
    use(Ring([Key.new("b1")]))
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        _measure(f"sqlite:///{folder}/waymark.db", many, ahead=ahead)
    try:
        with a_server() as url:
            _measure(url, many, ahead=ahead)
    except NotHere as why:
        sys.stdout.write(f"not on PostgreSQL: {why}\n")
    return 0


def _measure(url: str, many: int, *, ahead: bool) -> None:
    config = migration_config(url)
    steps = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    command.upgrade(config, steps[0])
    asyncio.run(_fill(url, many))
    sys.stdout.write(f"{url.partition(':')[0]}, {many} conversations\n")
    before = steps.index(LAST_IN_CLEAR) + 1
    total = sum(_timed(one, partial(command.upgrade, config, one)) for one in steps[1:before])
    asyncio.run(_more(url))
    if ahead:
        _timed("ahead", lambda: migrate_ahead(url))
    total += sum(_timed(one, partial(command.upgrade, config, one)) for one in steps[before:])
    total += _timed("wiped, nothing left", lambda: migrate(url))
    sys.stdout.write(f"{'all that needs a stop':<28} {total:>8.2f} s\n")


def _timed(name: str, deed: Callable[[], object]) -> float:
    began = time.monotonic()
    with contextlib.redirect_stderr(io.StringIO()):
        deed()
    took = time.monotonic() - began
    sys.stdout.write(f"{name:<28} {took:>8.2f} s\n")
    sys.stdout.flush()
    return took


async def _more(url: str) -> None:
    engine = create_async_engine(async_url(url))
    async with engine.begin() as kept:
        await kept.execute(text(CHATS))
    await engine.dispose()


async def _fill(url: str, many: int) -> None:
    """Rows as the first version wrote them."""
    engine = create_async_engine(async_url(url))
    async with engine.begin() as kept:
        for first in range(0, many, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, many))
            for statement, rows in (
                (CONVERSATION, [{"id": _id(one), "hash": f"{one:064x}"} for one in numbers]),
                (
                    ENTRY,
                    [_entry(one, place) for one in numbers for place in range(1, ENTRIES + 1)],
                ),
                (ASSESSMENT, [{"id": _id(one), "record": RECORD} for one in numbers]),
            ):
                await kept.execute(text(statement), rows)
    await engine.dispose()


def _entry(conversation: int, sequence: int) -> dict[str, object]:
    return {
        "id": _id(conversation),
        "sequence": sequence,
        "message": f"m{sequence}",
        "words": WORDS,
    }


def _id(number: int) -> str:
    return f"{number:032x}"


if __name__ == "__main__":
    sys.exit(main())
