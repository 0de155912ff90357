"""`python -m channels backup`: one command there, one back, on a server that has nothing yet."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from channels import backup_command
from channels.settings import Settings
from knowledge.conversations.model import Reader
from knowledge.errors import NotFound
from knowledge.migrating import migrate
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.keys import everything
from tests.knowledge.conversations.builders import opened, said
from tests.knowledge.postgres import NotHere, a_server

Servers = tuple[Settings, Settings]


@pytest.fixture(params=["sqlite", "postgresql"])
def servers(
    request: pytest.FixtureRequest, settings: Settings, sqlite_url: str, tmp_path: Path
) -> Iterator[Servers]:
    """The server that runs, and one of the same kind on which nothing was ever kept."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    with ExitStack() as stack:
        urls = [sqlite_url, f"sqlite:///{there}/waymark.db"]
        if request.param == "postgresql":
            try:
                urls = [stack.enter_context(a_server()), stack.enter_context(a_server())]
            except NotHere as why:
                pytest.skip(str(why))
            migrate(urls[0])
        yield (
            settings.model_copy(update={"database_url": urls[0], "var": here}),
            settings.model_copy(update={"database_url": urls[1], "var": there}),
        )


async def _does(settings: Settings, verb: str, copy: Path) -> int:
    return await asyncio.to_thread(backup_command.run, [verb, str(copy)], settings)


async def _texts(knowledge: Knowledge, conversation: str) -> list[str]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    return [entry.text for entry in thread]


@asynccontextmanager
async def _somebody_writes(running: Knowledge, conversation: str) -> AsyncIterator[list[int]]:
    """While the block runs, a word of the person and a note of the team, again and again."""
    wrote: list[int] = []

    async def goes_on() -> None:
        while True:
            number = len(wrote) + 1
            word = said(f"word {number}", f"w{number}")
            await running.conversations.receive(conversation, word)
            await running.conversations.note(conversation, "sam", f"note {number}")
            wrote.append(number)

    writing = asyncio.create_task(goes_on())
    while not wrote:
        await asyncio.sleep(0.01)
    yield wrote
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def test_a_fresh_server_goes_on_where_the_copy_was_taken_while_people_wrote(
    servers: Servers, tmp_path: Path
) -> None:
    here, there = servers
    running = open_knowledge(here.database_url)
    conversation = await everything(running)
    async with _somebody_writes(running, conversation) as wrote:
        assert await _does(here, "make", tmp_path / "copy.tar") == 0
        while_copied = len(wrote)
    await running.database.close()
    assert while_copied > 1

    assert await _does(there, "restore", tmp_path / "copy.tar") == 0
    await asyncio.to_thread(migrate, there.database_url)
    fresh = open_knowledge(there.database_url)
    words = [one for one in await _texts(fresh, conversation) if one.startswith("word")]
    assert words == [f"word {number}" for number in range(1, len(words) + 1)]
    assert 0 < len(words) <= while_copied + 1
    verdict = await fresh.audit.verify()
    assert verdict.broken is None
    assert verdict.rows in (len(words) - 1, len(words))  # one note for each word, of one moment
    assert (await fresh.assessments.read(conversation))["place"]["district"] == "stevenage"
    await _goes_on(fresh, conversation)


async def _goes_on(fresh: Knowledge, conversation: str) -> None:
    """What was put back takes more, and its trace still refuses to be changed."""
    await fresh.conversations.receive(conversation, said("after", "after"))
    assert (await _texts(fresh, conversation))[-1] == "after"
    with pytest.raises(DBAPIError, match="the audit log only grows"):
        async with fresh.database.writing() as unit:
            await unit.execute(text("UPDATE audit SET who = 'nobody'"))
    await fresh.database.close()


async def test_without_its_keys_a_copy_is_not_put_back(
    servers: Servers, tmp_path: Path, ring: Ring, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = servers
    running = open_knowledge(here.database_url)
    conversation = await everything(running)
    await running.database.close()
    copy = tmp_path / "copy.tar"
    assert await _does(here, "make", copy) == 0
    assert all(key.secret.encode() not in copy.read_bytes() for key in ring.keys)

    use(Ring([Key.new("t1")]))  # what a fresh server makes for itself has the same name
    assert await _does(there, "restore", copy) == 1
    assert "put its keys back first" in capsys.readouterr().err
    use(Ring([Key.new("t2"), *ring.keys]))  # rotated since: the old one still opens
    assert await _does(there, "restore", copy) == 0
    fresh = open_knowledge(there.database_url)
    assert "MARKED he followed me home" in await _texts(fresh, conversation)
    use(Ring([Key.new("t1")]))
    assert {one.payload for one in await fresh.chats.undone("telegram")} == {""}
    await fresh.database.close()


async def test_nothing_that_is_there_is_overwritten(servers: Servers, tmp_path: Path) -> None:
    here, _ = servers
    running = open_knowledge(here.database_url)
    kept = await opened(running)
    assert await _does(here, "make", tmp_path / "copy.tar") == 0
    later = await opened(running)
    assert await _does(here, "make", tmp_path / "copy.tar") == 1
    assert await _does(here, "restore", tmp_path / "copy.tar") == 1
    for conversation in (kept, later):
        assert await _texts(running, conversation) == ["Hello"]
    with pytest.raises(NotFound):
        await _texts(running, "0" * 32)
    await running.database.close()
