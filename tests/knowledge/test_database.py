"""Units of work on each database, and what is said when it is away."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError, OperationalError

from knowledge.conversations import store
from knowledge.conversations.model import Reader, Received
from knowledge.database import POOL
from knowledge.errors import KnowledgeError, Unavailable
from knowledge.opening import Knowledge, open_knowledge
from tests.knowledge.conversations.builders import opened, said, tell
from tests.knowledge.postgres import NotHere, a_server

WORDS = "he keeps a key under the mat"


async def test_what_raises_is_undone_as_a_whole(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    with pytest.raises(RuntimeError):
        await _half_a_deed(knowledge, conversation)
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert [entry.sequence for entry in thread] == [1]
    assert (await tell(knowledge.conversations, conversation, "next")).sequence == 2


async def test_what_is_erased_is_not_in_the_log_of_writes_either(sqlite_url: str) -> None:
    knowledge = open_knowledge(sqlite_url)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    gone, stays = [await opened(knowledge) for _ in range(2)]
    for conversation in (gone, stays):
        await tell(knowledge.conversations, conversation, WORDS)
    sealed = {one: _sealed(path, one) for one in (gone, stays)}
    assert all(one in _raw(path) for one in sealed.values())
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM entries").fetchone()  # somebody reads: nobody waits for them
        erasing = asyncio.create_task(knowledge.conversations.erase(gone))
        await asyncio.sleep(0.1)
        await tell(knowledge.conversations, stays, "hello")
        reader.rollback()
    await erasing
    assert sealed[gone] not in _raw(path)
    assert sealed[stays] in _raw(path)
    await knowledge.database.close()


async def test_twenty_writers_at_once_all_get_their_turn(knowledge: Knowledge) -> None:
    conversations = [await opened(knowledge) for _ in range(20)]
    await asyncio.gather(*(tell(knowledge.conversations, one, "hi") for one in conversations))
    assert sorted(await knowledge.conversations.unfinished()) == sorted(conversations)


async def test_who_fails_among_those_that_write_together_is_undone_alone(
    knowledge: Knowledge,
) -> None:
    conversations = [await opened(knowledge) for _ in range(20)]
    fail = [number % 3 == 0 for number in range(20)]
    deeds = [_deed(knowledge, one, fails=f) for one, f in zip(conversations, fail, strict=True)]
    done = await asyncio.gather(*deeds, return_exceptions=True)
    assert [isinstance(one, RuntimeError) for one in done] == fail
    for one, failed in zip(conversations, fail, strict=True):
        _, thread = await knowledge.conversations.thread(one, reader=Reader.COORDINATOR)
        assert len(thread) == (1 if failed else 2)


async def test_nobody_is_told_before_the_disk_has_it(
    knowledge: Knowledge,
) -> None:
    conversations = [await opened(knowledge) for _ in range(5)]
    engine = knowledge.database.engine.sync_engine
    event.listen(engine, "commit", _full)
    done = await asyncio.gather(
        *(tell(knowledge.conversations, one, "hi") for one in conversations),
        return_exceptions=True,
    )
    event.remove(engine, "commit", _full)
    assert all(isinstance(one, Unavailable) for one in done)
    assert await knowledge.conversations.unfinished() == []


async def test_who_gives_up_waiting_leaves_the_others_theirs(knowledge: Knowledge) -> None:
    conversations = [await opened(knowledge) for _ in range(20)]
    tasks = [
        asyncio.create_task(tell(knowledge.conversations, one, "hi")) for one in conversations
    ]
    for turns in range(5):
        await asyncio.sleep(0)
        tasks[turns].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert not any(isinstance(one, BaseException) for one in done[5:])
    kept = await knowledge.conversations.unfinished()
    assert set(conversations[5:]) <= set(kept)
    assert (await tell(knowledge.conversations, conversations[0], "again")).sequence >= 2


async def test_where_one_failure_undoes_all_nobody_is_told_that_it_is_kept(
    knowledge: Knowledge,
) -> None:
    """A full disk makes SQLite undo the whole transaction by itself (lang_transaction.html)."""
    if not knowledge.database.engine.url.drivername.startswith("sqlite"):
        pytest.skip("PostgreSQL's writers share nothing")
    conversations = [await opened(knowledge) for _ in range(7)]
    first = [tell(knowledge.conversations, one, "hi") for one in conversations[:3]]
    after = [tell(knowledge.conversations, one, "hi") for one in conversations[3:]]
    done = await asyncio.gather(*first, _all_undone(knowledge), *after, return_exceptions=True)
    kept = await knowledge.conversations.unfinished()
    told = [one for one in done if not isinstance(one, BaseException)]
    assert all(isinstance(one, Unavailable) for one in done[:3])
    assert sorted(kept) == sorted(conversations[3:])
    assert len(told) == len(kept)


async def test_whoever_is_stopped_within_a_statement_takes_nobodys_words_along_unseen(
    knowledge: Knowledge,
) -> None:
    for steps in range(12):
        conversations = [await opened(knowledge) for _ in range(6)]
        tasks = [
            asyncio.create_task(tell(knowledge.conversations, one, "hi")) for one in conversations
        ]
        for _ in range(steps):
            await asyncio.sleep(0.001)
        tasks[2].cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        others = [one for number, one in enumerate(done) if number != 2]
        assert all(isinstance(one, Received | Unavailable) for one in others), others
        kept = set(await knowledge.conversations.unfinished())
        for conversation, one in zip(conversations, done, strict=True):
            assert conversation in kept or isinstance(one, BaseException)


async def test_the_database_says_that_it_is_ready(knowledge: Knowledge) -> None:
    assert await knowledge.database.ready()


async def test_a_file_that_is_not_there_is_unavailable() -> None:
    await _is_unavailable("sqlite:////nowhere/waymark.db")


async def test_a_server_that_refuses_is_unavailable(unused_tcp_port: int) -> None:
    await _is_unavailable(f"postgresql://waymark@127.0.0.1:{unused_tcp_port}/waymark")


async def test_a_socket_that_is_gone_is_unavailable() -> None:
    await _is_unavailable("postgresql://waymark@/postgres?host=/nowhere")


@pytest.mark.parametrize("code", ["57P03", "57P01", "53300"])  # it starts, it stops, it is full
async def test_a_server_that_takes_nobody_now_is_unavailable(code: str, tmp_path: Path) -> None:
    fields = ("SFATAL", "VFATAL", f"C{code}", "Mnot now", "")
    said = b"".join(field.encode() + b"\0" for field in fields)

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(b"E" + (4 + len(said)).to_bytes(4, "big") + said)
        writer.close()

    async with await asyncio.start_unix_server(refuse, tmp_path / ".s.PGSQL.5432"):
        await _is_unavailable(f"postgresql://waymark@/postgres?host={tmp_path}")


async def test_who_gets_no_connection_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"pool_size": 2, "max_overflow": 0, "pool_timeout": 0.1}.items():
        monkeypatch.setitem(POOL, name, value)
    try:
        with a_server() as url:
            knowledge = open_knowledge(url)
            async with knowledge.database.reading(), knowledge.database.reading():
                with pytest.raises(Unavailable):
                    await knowledge.conversations.queue()
            await knowledge.database.close()
    except NotHere as why:
        pytest.skip(str(why))


async def test_a_server_that_stops_in_the_middle_is_unavailable() -> None:
    try:
        with a_server() as url:
            knowledge = open_knowledge(url)
            assert await knowledge.database.ready()
    except NotHere as why:
        pytest.skip(str(why))
    assert not await knowledge.database.ready()
    await knowledge.database.close()


async def test_an_error_of_the_database_quotes_nobody(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    with pytest.raises(IntegrityError) as raised:
        await _twice(knowledge, conversation)
    assert WORDS not in str(raised.value)


async def _all_undone(knowledge: Knowledge) -> None:
    async with knowledge.database.writing() as unit:
        held = await unit.get_raw_connection()
        assert held.driver_connection is not None
        await held.driver_connection.rollback()
        raise RuntimeError("the disk is full")


async def _deed(knowledge: Knowledge, conversation: str, *, fails: bool) -> None:
    async with knowledge.database.writing() as unit:
        await store.append(unit, conversation, said("one"), knowledge.clock())
        if fails:
            raise RuntimeError


def _full(_connection: Connection) -> None:
    raise OperationalError("COMMIT", {}, Exception("database or disk is full"))


async def _is_unavailable(url: str) -> None:
    away = open_knowledge(url)
    try:
        assert not await away.database.ready()
        with pytest.raises(Unavailable) as raised:
            await away.conversations.queue()
        assert isinstance(raised.value, KnowledgeError)
    finally:
        await away.database.close()
        await asyncio.sleep(0.2)  # the failed connection has a thread that ends by itself


async def _half_a_deed(knowledge: Knowledge, conversation: str) -> None:
    async with knowledge.database.writing() as unit:
        await store.append(unit, conversation, said(), knowledge.clock())
        raise RuntimeError("in the middle")


async def _twice(knowledge: Knowledge, conversation: str) -> None:
    async with knowledge.database.writing() as unit:
        for _ in range(2):
            draft = said(WORDS, "same-id")
            await store.append(unit, conversation, draft, knowledge.clock())


async def test_a_full_disk_refuses_what_it_can_not_keep_and_loses_nothing_that_it_kept(
    sqlite_url: str,
) -> None:
    knowledge = open_knowledge(sqlite_url)
    conversation = await opened(knowledge)
    async with knowledge.database.reading() as connection:
        used = int((await connection.exec_driver_sql("PRAGMA page_count")).scalar_one())
    pages = [used + 20]  # SQLite takes no further one and says what it says on a full disk

    def bounded(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages[0]}")

    event.listen(knowledge.database.engine.sync_engine, "begin", bounded)
    kept = await _told_until_refused(knowledge, conversation)
    pages[0] = 2**31 - 2  # somebody made room
    await tell(knowledge.conversations, conversation, WORDS)
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert kept
    assert [entry.text for entry in thread][1:] == [*kept, WORDS]  # after the greeting
    await knowledge.database.close()


async def _told_until_refused(knowledge: Knowledge, conversation: str) -> list[str]:
    kept: list[str] = []
    while len(kept) < 100:
        words = f"{len(kept)} {WORDS * 100}"
        try:
            await tell(knowledge.conversations, conversation, words)
        except Unavailable:
            return kept
        kept.append(words)
    raise AssertionError("the disk never was full")


def _sealed(path: Path, conversation: str) -> bytes:
    """The words of a conversation's last entry as they lie on the disk."""
    with closing(sqlite3.connect(path)) as kept:
        query = "SELECT text FROM entries WHERE conversation = ? ORDER BY sequence DESC"
        return str(kept.execute(query, [conversation]).fetchone()[0]).encode()


def _raw(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
