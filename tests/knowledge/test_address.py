"""What an address of PostgreSQL says of encryption is kept by everybody who connects to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from knowledge.backup import BadBackup, back_up
from knowledge.errors import Unavailable
from knowledge.migrating import migrate
from knowledge.opening import open_knowledge

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)
# The protocol of PostgreSQL, 53.7 (message formats).
ASKS_FOR_TLS = (8).to_bytes(4) + (80877103).to_bytes(4)
ASKS_FOR_THE_PASSWORD = b"R" + (8).to_bytes(4) + (3).to_bytes(4)
PASSWORD = r"a:b\c@d%/?"

Deed = Callable[[str, Path], Awaitable[object]]


async def _copies(url: str, folder: Path) -> None:
    with pytest.raises(BadBackup):
        await asyncio.to_thread(back_up, url, folder, folder / "copy.tar", NOW)


async def _reads(url: str, _: Path) -> None:
    knowledge = open_knowledge(url)
    with pytest.raises(Unavailable):
        await knowledge.conversations.queue()
    await knowledge.database.close()


async def _migrates(url: str, _: Path) -> None:
    with pytest.raises((OSError, DBAPIError)):
        await asyncio.to_thread(migrate, url)


@pytest.mark.parametrize("deed", [_copies, _reads, _migrates])
async def test_nothing_goes_in_clear_to_a_server_without_tls(deed: Deed, tmp_path: Path) -> None:
    async with _a_server() as (where, heard):
        await deed(f"postgresql://waymark@{where}/data?sslmode=require", tmp_path)
    assert heard
    assert set(heard) == {ASKS_FOR_TLS}


@pytest.mark.parametrize("deed", [_copies, _reads, _migrates])
async def test_without_a_word_on_it_it_goes(deed: Deed, tmp_path: Path) -> None:
    async with _a_server() as (where, heard):
        await deed(f"postgresql://waymark@{where}/data", tmp_path)
    assert any(b"waymark" in one for one in heard)


@pytest.mark.parametrize("deed", [_copies, _reads])
async def test_a_password_with_odd_characters_arrives(deed: Deed, tmp_path: Path) -> None:
    async with _a_server() as (where, heard):
        url = f"postgresql://waymark:a%3Ab%5Cc%40d%25%2F%3F@{where}/data?sslmode=disable"
        await deed(url, tmp_path)
    assert ASKS_FOR_TLS not in heard
    assert f"{PASSWORD}\0".encode() in b"".join(heard)


@asynccontextmanager
async def _a_server() -> AsyncIterator[tuple[str, list[bytes]]]:
    """One that knows no TLS, asks for a password, and notes what it hears."""
    heard: list[bytes] = []
    listening: list[asyncio.Task[None]] = []

    async def listens(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await reader.read(10_000):
                heard.append(said)
                if said.startswith(b"p"):
                    break
                writer.write(b"N" if said == ASKS_FOR_TLS else ASKS_FOR_THE_PASSWORD)
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(
        lambda *ends: listening.append(asyncio.create_task(listens(*ends))), "127.0.0.1", 0
    )
    host, port = server.sockets[0].getsockname()
    yield f"{host}:{port}", heard
    server.close()
    await asyncio.gather(*listening)
