"""Sealing ahead: an older version serves on, and the step that follows finds little left to do."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from knowledge.conversations.model import Reader
from knowledge.database import Database
from knowledge.migrating import migrate, migrate_ahead, migration_config
from knowledge.migrations import sealed_ahead
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.keys import WORDS, everything

BEFORE = "0020_sendings"
CLEAR = ("entries", "conversations", "assessments", "chats")
COPIES = tuple(f"sealed_{table}" for table in CLEAR)
MANY = 5  # with batches of two: ten batches in all


@pytest.fixture
def conversation(database_url: str) -> Iterator[str]:
    """One that says all, in a database from before sealing; in its present form afterwards."""
    made = _with(database_url, everything)
    command.downgrade(migration_config(database_url), BEFORE)
    yield made
    migrate(database_url)


def test_what_the_older_version_reads_stays_as_it_is(database_url: str, conversation: str) -> None:
    before = _rows(database_url, CLEAR)
    assert migrate_ahead(database_url) > 0
    assert _rows(database_url, CLEAR) == before
    assert "MARKED" in before
    copies = _rows(database_url, COPIES)
    assert conversation in copies
    assert not any(word in copies for word in ("MARKED", "stevenage", "55512345"))


def test_a_second_time_nothing_is_left_to_do(database_url: str, conversation: str) -> None:
    migrate_ahead(database_url)
    assert migrate_ahead(database_url) == 0
    migrate(database_url)
    assert migrate_ahead(database_url) == 0
    _reads(database_url, conversation)


def test_what_the_older_version_writes_since_is_sealed_too(
    database_url: str, conversation: str
) -> None:
    migrate_ahead(database_url)
    _write(
        database_url,
        "INSERT INTO entries (conversation, sequence, author, kind, audience, text, details, at) "
        "SELECT conversation, 90, author, kind, audience, 'MARKED later', details, at "
        "FROM entries WHERE sequence = 1",
        """UPDATE assessments SET record = '{"crime_type": "burglary"}'""",
        "UPDATE conversations SET reasons = '[\"suicide_self_harm\"]'",
        "UPDATE chats SET address = '777'",
    )
    migrate(database_url)
    said, record, reasons, chat = _with(database_url, lambda one: _latest(one, conversation))
    assert (said, record["crime_type"]) == ("MARKED later", "burglary")
    assert reasons == ("suicide_self_harm",)
    assert chat == conversation


def test_what_is_erased_is_erased_from_the_copies(database_url: str, conversation: str) -> None:
    noise = _with_another(database_url)
    migrate_ahead(database_url)
    _write(database_url, f"DELETE FROM conversations WHERE id = '{conversation}'")  # noqa: S608
    copies = _rows(database_url, COPIES)
    assert conversation not in copies
    assert noise in copies
    migrate(database_url)
    assert conversation not in _rows(database_url, CLEAR)


@pytest.mark.parametrize("batches", [0, 1, 4, 8])
def test_broken_off_after_any_batch_it_goes_on(
    database_url: str, conversation: str, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [_with_another(database_url) for _ in range(MANY)]
    with monkeypatch.context() as broken:
        broken.setattr(sealed_ahead, "AT_ONCE", 2)
        broken.setattr(sealed_ahead, "seal", _killed_after(batches, sealed_ahead.seal))
        with pytest.raises(_Killed):
            migrate_ahead(database_url)
    migrate(database_url)
    _reads(database_url, conversation)
    assert all(other in _rows(database_url, CLEAR) for other in others)


@pytest.mark.parametrize("at", ["unwatch", "seal_rest"])
@pytest.mark.parametrize("tables", [1, 3])
def test_the_step_itself_is_taken_whole_or_not_at_all(
    database_url: str, conversation: str, at: str, tables: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _rows(database_url, CLEAR)
    with monkeypatch.context() as broken:
        # A step is read anew each time: it takes its verbs from here.
        broken.setattr(sealed_ahead, at, _killed_after(tables, getattr(sealed_ahead, at)))
        with pytest.raises(_Killed):
            migrate(database_url)
    assert _rows(database_url, CLEAR) == before
    migrate(database_url)
    _reads(database_url, conversation)


def test_copies_of_a_key_that_is_lost_are_made_again(database_url: str, conversation: str) -> None:
    migrate_ahead(database_url)
    use(Ring([Key.new("t1")]))  # of the same name, and another key
    migrate(database_url)
    _reads(database_url, conversation)


def test_nothing_readable_is_left_in_the_file(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    conversation = _with(sqlite_url, everything)
    command.downgrade(migration_config(sqlite_url), BEFORE)
    _fill(sqlite_url)
    assert _raw(path).count(b"MARKED") > 100
    migrate_ahead(sqlite_url)
    migrate(sqlite_url)
    assert b"MARKED" not in _raw(path)
    _reads(sqlite_url, conversation)


def test_what_was_removed_in_the_first_versions_is_wiped_once(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path, isolation_level=None)) as first:
        for statement in (
            "PRAGMA user_version = 0",
            "PRAGMA secure_delete = OFF",
            "CREATE TABLE old (words TEXT)",
            "INSERT INTO old VALUES ('MARKED')",
            "DROP TABLE old",
        ):
            first.execute(statement)
    assert b"MARKED" in _raw(path)
    migrate(sqlite_url, rolling=True)  # who is served must not wait for it
    assert b"MARKED" in _raw(path)
    migrate(sqlite_url)
    assert b"MARKED" not in _raw(path)
    wiped = path.stat().st_mtime_ns
    migrate(sqlite_url)
    assert path.stat().st_mtime_ns == wiped


class _Killed(BaseException):
    """The process ends here."""


def _killed_after(times: int, deed: Callable[..., None]) -> Callable[..., None]:
    left = [times]

    def killed(*arguments: Any) -> None:
        if not left[0]:
            raise _Killed
        left[0] -= 1
        deed(*arguments)

    return killed


def _with(url: str, deed: Callable[[Knowledge], Any]) -> Any:
    async def run() -> Any:
        knowledge = open_knowledge(url)
        try:
            return await deed(knowledge)
        finally:
            await knowledge.database.close()

    return asyncio.run(run())


def _with_another(url: str) -> str:
    """One more conversation in a database from before, with an entry and a record."""
    number = _with(url, lambda one: _number(one.database))
    id_ = f"{number:032x}"
    given = {
        "conversations": (
            "id",
            "token_hash, channel, opened_at, last_sequence, holder, reasons, interrupted_by_risk",
        ),
        "entries": ("conversation", "sequence, author, kind, audience, text, details, at"),
        "assessments": ("conversation", "record, changed_at"),
    }
    for table, (key, columns) in given.items():
        _write(
            url,
            f"INSERT INTO {table} ({key}, {columns}) "  # noqa: S608  (names of this test's)
            f"SELECT '{id_}', {columns} FROM {table} LIMIT 1",
        )
    return id_


async def _number(database: Database) -> int:
    async with database.reading() as unit:
        return int(await unit.scalar(text("SELECT COUNT(*) FROM conversations")) or 0)


def _fill(url: str) -> None:
    """Many rows in clear."""
    _write(
        url,
        "INSERT INTO entries (conversation, sequence, author, kind, audience, text, details, at) "
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
        "SELECT conversation, i, author, kind, audience, text || i, details, at "
        "FROM entries, n WHERE sequence = 2",
    )


def _write(url: str, *statements: str) -> None:
    async def run() -> None:
        database = Database(url)
        async with database.writing() as unit:
            for statement in statements:
                await unit.execute(text(statement))
        await database.close()

    asyncio.run(run())


def _rows(url: str, tables: tuple[str, ...]) -> str:
    async def run() -> str:
        database, kept = Database(url), []
        async with database.reading() as unit:
            for table in tables:
                found = await unit.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
                kept.append(sorted(map(repr, found)))
        await database.close()
        return repr(kept)

    return asyncio.run(run())


def _reads(url: str, conversation: str) -> None:
    """A person and the desk read all, Telegram is found, and no copies are left."""

    async def read(knowledge: Knowledge) -> None:
        for reader in (Reader.PERSON, Reader.COORDINATOR):
            _, thread = await knowledge.conversations.thread(conversation, reader=reader)
            assert thread[1].text == WORDS
        assert (await knowledge.assessments.read(conversation))["place"]["district"] == "stevenage"
        chat = await knowledge.chats.at("telegram", "55512345")
        assert chat is not None
        assert not any([await knowledge.database.has(copies) for copies in COPIES])

    _with(url, read)
    rows = _rows(url, (*CLEAR, "updates"))
    assert not any(word in rows for word in ("MARKED", "stevenage", "55512345"))


async def _latest(knowledge: Knowledge, conversation: str) -> tuple[Any, ...]:
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    chat = await knowledge.chats.at("telegram", "777")
    record = await knowledge.assessments.read(conversation)
    return thread[-1].text, record, state.reasons, chat and chat.conversation


def _raw(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
