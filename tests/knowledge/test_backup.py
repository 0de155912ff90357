"""A copy of everything is whole, though people write while it is taken, and can be put back."""

import asyncio
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from knowledge.backup import BadBackup, back_up, restore
from knowledge.conversations.model import Reader
from knowledge.opening import Knowledge, open_knowledge

from .conversations.builders import opened, said

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)


async def _elsewhere(url: str, folder: Path) -> str:
    """The address of a database of the same kind that does not exist or is empty."""
    if url.startswith("sqlite"):
        return f"sqlite:///{folder}/there/waymark.db"
    connection = await asyncpg.connect(url)
    await connection.execute("DROP DATABASE IF EXISTS there")
    await connection.execute("CREATE DATABASE there")
    await connection.close()
    return url.replace("/postgres?", "/there?")


async def _texts(url: str, conversation: str) -> list[str]:
    knowledge = open_knowledge(url)
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    await knowledge.database.close()
    return [entry.text for entry in thread]


async def test_what_was_said_before_the_copy_is_there_after_putting_it_back(
    knowledge: Knowledge, database_url: str, tmp_path: Path
) -> None:
    conversation = await opened(knowledge)
    await knowledge.conversations.receive(conversation, said("before", "m0"))

    async def goes_on_writing() -> None:
        for number in range(30):
            await knowledge.conversations.receive(
                conversation, said(f"word {number}", f"w{number}")
            )

    copy = tmp_path / "copy.tar"
    await asyncio.gather(
        goes_on_writing(), asyncio.to_thread(back_up, database_url, tmp_path, copy, NOW)
    )
    there = await _elsewhere(database_url, tmp_path)
    assert await asyncio.to_thread(restore, there, tmp_path / "there", copy) == NOW

    kept = await _texts(there, conversation)
    assert kept[:2] == ["Hello", "before"]
    assert kept[2:] == [f"word {number}" for number in range(len(kept) - 2)]
    assert len(await _texts(database_url, conversation)) == 32


async def test_nothing_is_overwritten(
    knowledge: Knowledge, database_url: str, tmp_path: Path
) -> None:
    conversation = await opened(knowledge)
    copy = tmp_path / "copy.tar"
    await asyncio.to_thread(back_up, database_url, tmp_path, copy, NOW)
    with pytest.raises(BadBackup, match="is there already"):
        await asyncio.to_thread(back_up, database_url, tmp_path, copy, NOW)
    with pytest.raises(BadBackup):
        await asyncio.to_thread(restore, database_url, tmp_path, copy)
    assert await _texts(database_url, conversation) == ["Hello"]


def _small(folder: Path) -> tuple[str, Path]:
    kept = sqlite3.connect(folder / "waymark.db")
    kept.execute("CREATE TABLE words (word)")
    kept.close()
    return f"sqlite:///{folder}/waymark.db", folder / "copy.tar"


def test_the_trackers_are_in_it_and_the_keys_are_not(tmp_path: Path) -> None:
    url, copy = _small(tmp_path)
    sqlite3.connect(tmp_path / "trackers.db").execute("CREATE TABLE events (data)").close()
    (tmp_path / "secrets.env").write_text("WAYMARK_LINK_SECRET=do-not-copy")
    assert set(back_up(url, tmp_path, copy, NOW)) == {"waymark.db", "trackers.db"}
    assert b"do-not-copy" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0


def _crashed(folder: Path, word: str) -> None:
    """A database as `kill -9` leaves it: its last words are in its log alone."""
    write = (
        "import os, sqlite3, sys; kept = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "kept.execute('PRAGMA journal_mode=WAL'); kept.execute('CREATE TABLE words (word)');"
        "kept.execute('INSERT INTO words VALUES (?)', sys.argv[2:]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", write, folder / "waymark.db", word], check=True)


@pytest.mark.parametrize("left", ["waymark.db-wal", "waymark.db-shm", "trackers.db-journal"])
def test_a_log_of_the_old_database_is_not_played_into_the_copy(tmp_path: Path, left: str) -> None:
    before, here = tmp_path / "before", tmp_path / "here"
    for folder, word in ((before, "of the copy"), (here, "since")):
        folder.mkdir()
        _crashed(folder, word)
    copy = tmp_path / "copy.tar"
    back_up(f"sqlite:///{before}/waymark.db", before, copy, NOW)
    (here / "waymark.db").rename(tmp_path / "moved away")
    if left not in ("waymark.db-wal", "waymark.db-shm"):
        (here / left).touch()
    for name in ("waymark.db-wal", "waymark.db-shm"):
        if name != left:
            (here / name).unlink()

    with pytest.raises(BadBackup, match=f"{left} is there already: move it away first"):
        restore(f"sqlite:///{here}/waymark.db", here, copy)
    assert [one.name for one in here.iterdir()] == [left]

    (here / left).unlink()
    restore(f"sqlite:///{here}/waymark.db", here, copy)
    with closing(sqlite3.connect(here / "waymark.db")) as kept:
        assert kept.execute("SELECT word FROM words").fetchall() == [("of the copy",)]


def test_a_damaged_copy_is_not_put_back(tmp_path: Path) -> None:
    url, copy = _small(tmp_path)
    back_up(url, tmp_path, copy, NOW)
    with tarfile.open(copy) as tar:
        start = tar.getmember("waymark.db").offset_data
    damaged = bytearray(copy.read_bytes())
    damaged[start + 100] ^= 1
    copy.write_bytes(damaged)
    with pytest.raises(BadBackup, match=r"waymark\.db is damaged"):
        restore(f"sqlite:///{tmp_path}/there/waymark.db", tmp_path / "there", copy)
    assert not (tmp_path / "there" / "waymark.db").exists()


@pytest.mark.parametrize("content", [b"", b"not a tar file at all", b"\0" * 10240])
def test_what_is_no_copy_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copy.tar"
    copy.write_bytes(content)
    with pytest.raises(BadBackup, match="is not a whole copy"):
        restore(f"sqlite:///{tmp_path}/there/waymark.db", tmp_path / "there", copy)


def test_copying_nothing_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="there is nothing at"):
        back_up(f"sqlite:///{tmp_path}/none.db", tmp_path, tmp_path / "copy.tar", NOW)
