"""What was accepted is on the disk before anybody is told so, on each database."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.conversations.model import Reader
from knowledge.migrating import migrate
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock
from tests.knowledge.conversations.builders import opened, tell
from tests.knowledge.postgres import NotHere, the_server
from tests.knowledge.processes_of import killed

WRITERS = 6
EACH = 40


async def test_what_lies_on_the_disk_when_the_word_is_given_is_enough(
    sqlite_url: str, tmp_path: Path
) -> None:
    knowledge = open_knowledge(sqlite_url, HandClock())
    conversation = await opened(knowledge)
    for number in range(5):
        await tell(knowledge.conversations, conversation, f"word {number}")
        copy = _copied(tmp_path / "waymark.db", tmp_path / f"cut-{number}")
        after = open_knowledge(f"sqlite:///{copy}", HandClock())
        assert (await _texts(after, conversation))[1:] == [
            f"word {at}" for at in range(number + 1)
        ]
        assert await after.conversations.unfinished() == [conversation]
        await after.database.close()
    await knowledge.database.close()


async def test_sqlite_waits_for_the_disk(sqlite_url: str) -> None:
    knowledge = open_knowledge(sqlite_url)
    async with knowledge.database.writing() as unit:
        assert (await unit.exec_driver_sql("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert (await unit.exec_driver_sql("PRAGMA journal_mode")).scalar_one() == "wal"
    await knowledge.database.close()


async def test_a_postgresql_that_dies_as_it_gives_its_word_keeps_it() -> None:
    try:
        with the_server(fsync=True) as server:
            await asyncio.to_thread(migrate, server.url)
            knowledge = open_knowledge(server.url, HandClock())
            talks = [await opened(knowledge) for _ in range(WRITERS)]
            told: dict[str, list[str]] = {one: [] for one in talks}
            writing = [asyncio.create_task(_write(knowledge, one, told[one])) for one in talks]
            while sum(map(len, told.values())) < WRITERS * EACH / 4:
                await asyncio.sleep(0)
            killed(server.process)
            await asyncio.gather(*writing, return_exceptions=True)
            await knowledge.database.close()
            server.start_again()
            after = open_knowledge(server.url, HandClock())
            for one in talks:  # the last one may be there although nobody was told
                assert (await _texts(after, one))[1:][: len(told[one])] == told[one]
            assert await after.database.forgets_by() == []
            await after.database.close()
    except NotHere as why:
        pytest.skip(str(why))


@pytest.mark.parametrize("setting", ["synchronous_commit", "full_page_writes"])
async def test_a_postgresql_that_may_forget_is_named(postgres: str, setting: str) -> None:
    knowledge = open_knowledge(postgres)
    try:
        await _set(knowledge, f"ALTER SYSTEM SET {setting} = off")
        assert set(await knowledge.database.forgets_by()) == {"fsync", setting}  # as tests have it
    finally:
        await _set(knowledge, f"ALTER SYSTEM RESET {setting}")
        await knowledge.database.close()


async def _set(knowledge: Knowledge, statement: str) -> None:
    async with knowledge.database.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.exec_driver_sql(statement)
        await alone.exec_driver_sql("SELECT pg_reload_conf()")
    await asyncio.sleep(0.3)
    await knowledge.database.engine.dispose()


async def _write(knowledge: Knowledge, conversation: str, told: list[str]) -> None:
    for number in range(EACH):
        await tell(knowledge.conversations, conversation, words := f"word {number}")
        told.append(words)


async def _texts(knowledge: Knowledge, conversation: str) -> list[str]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    return [entry.text for entry in thread]


def _copied(path: Path, to: Path) -> Path:
    """The file and its log as a cut would leave them; what only memory held is not there."""
    to.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", to / f"{path.name}{suffix}")
    with closing(sqlite3.connect(to / path.name)) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return to / path.name
