"""PostgreSQL hangs, is stopped and started, or has no room: refused in time, and it goes on."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge import database
from knowledge.conversations.model import Reader
from knowledge.errors import Unavailable
from knowledge.migrating import migrate
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock
from tests.knowledge.conversations.builders import opened, tell
from tests.knowledge.postgres import NotHere, Server, the_server
from tests.knowledge.processes_of import hung

PATIENCE = 1.0  # seconds; of the tests
BACK_WITHIN = 5.0
ROOM = "/tmp/waymark-room-for-tests"  # noqa: S108  (a mount of our own)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with the_server() as started:
            migrate(started.url)
            yield started
    except NotHere as why:
        pytest.skip(str(why))


@pytest.fixture
async def away(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Knowledge]:
    """Rooms on a server that can be taken away."""
    patience = {"timeout": PATIENCE, "command_timeout": PATIENCE}
    monkeypatch.setattr(database, "PATIENCE", patience)
    knowledge = open_knowledge(server.url, HandClock())
    yield knowledge
    await knowledge.database.close()


async def test_a_server_that_hangs_is_not_waited_for(server: Server, away: Knowledge) -> None:
    conversation = await opened(away)
    with hung(server.process):
        began = time.monotonic()
        for _ in range(2):  # on a connection that was open, and on a new one
            with pytest.raises(Unavailable):
                await tell(away.conversations, conversation, "lost")
        assert not await away.database.ready()
        assert time.monotonic() - began < 10 * PATIENCE
    await _again(away, conversation)


async def test_while_it_is_stopped_and_starts_again_each_is_told_the_truth(
    server: Server, away: Knowledge
) -> None:
    conversation = await opened(away)
    told: list[str] = []
    writing = asyncio.create_task(_write(away, conversation, told, until := asyncio.Event()))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(1.0)
    before = len(told)
    await asyncio.to_thread(server.start_again)
    began = time.monotonic()
    while len(told) == before:
        await asyncio.sleep(0.01)
        assert time.monotonic() - began < BACK_WITHIN
    until.set()
    await writing  # it met nothing but Unavailable
    kept = await _texts(away, conversation)
    assert [one for one in kept if one in told] == told


async def test_a_server_without_room_refuses_and_goes_on_when_there_is_some(
    server: Server, away: Knowledge
) -> None:
    conversation = await opened(away)
    with _little_room(server) as ballast:
        await _run_sql(away, f"CREATE TABLESPACE little LOCATION '{ROOM}/data'")
        await _run_sql(away, "ALTER TABLE entries SET TABLESPACE little")
        told: list[str] = []
        with pytest.raises(Unavailable):
            await _tell_much(away, conversation, told)
        assert (await _texts(away, conversation))[1:] == told  # it can still be read
        ballast.unlink()
        await _again(away, conversation)
        await _run_sql(away, "ALTER TABLE entries SET TABLESPACE pg_default")
        await _run_sql(away, "DROP TABLESPACE little")


async def _tell_much(away: Knowledge, conversation: str, told: list[str]) -> None:
    while len(told) < 2000:
        text = f"{len(told)} " + os.urandom(1500).hex()  # nothing that can be packed
        await tell(away.conversations, conversation, text)
        told.append(text)


async def _again(away: Knowledge, conversation: str) -> None:
    began = time.monotonic()
    while True:
        try:
            await tell(away.conversations, conversation, "it is back")
        except Unavailable:
            assert time.monotonic() - began < BACK_WITHIN
            await asyncio.sleep(0.1)
        else:
            break
    assert (await _texts(away, conversation))[-1] == "it is back"


async def _write(
    knowledge: Knowledge, conversation: str, told: list[str], until: asyncio.Event
) -> None:
    number = 0
    while not until.is_set():
        number += 1
        try:
            await tell(knowledge.conversations, conversation, words := f"word {number}")
        except Unavailable:
            await asyncio.sleep(0.02)
        else:
            told.append(words)


async def _texts(knowledge: Knowledge, conversation: str) -> list[str]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    return [entry.text for entry in thread]


async def _run_sql(knowledge: Knowledge, statement: str) -> None:
    async with knowledge.database.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.exec_driver_sql(statement)


@contextmanager
def _little_room(server: Server) -> Iterator[Path]:
    """A disk of two megabytes at ROOM; a file that takes most of it, to be removed."""
    Path(ROOM).mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", ROOM], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        data, ballast = Path(ROOM, "data"), Path(ROOM, "ballast")
        data.mkdir()
        if server.user is not None:
            os.chown(data, server.user, -1)
        ballast.write_bytes(bytes(2**21))
        yield ballast
    finally:
        subprocess.run(["umount", "-l", ROOM], check=True)
        Path(ROOM).rmdir()
