"""What lies in the database: nothing that a person wrote, nothing that says who they are."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, Text, select, text, type_coerce, update
from sqlalchemy.exc import StatementError

from knowledge.conversations.model import UNREADABLE, Reader
from knowledge.conversations.tables import conversations, entries
from knowledge.database import Database, metadata
from knowledge.errors import Conflict
from knowledge.opening import Knowledge
from knowledge.sealing import operations
from knowledge.sealing import ring as ring_module
from knowledge.sealing.columns import Sealed, of_row, use
from knowledge.sealing.operations import KeyRing
from knowledge.sealing.ring import Key, Ring, keep
from tests.keys import WORDS, everything
from tests.knowledge.conversations.builders import opened


async def test_nothing_readable_lies_in_any_table(knowledge: Knowledge) -> None:
    await everything(knowledge)
    kept = str([row for table in metadata.sorted_tables for row in await _raw(knowledge, table)])
    for word in ("MARKED", "followed", "stevenage", "asked_for_person", "55512345"):
        assert word not in kept
    assert kept.count("'t1.") > 10


async def test_everything_reads_as_it_was_told(knowledge: Knowledge) -> None:
    conversation = await everything(knowledge)
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert [entry.text for entry in thread][1] == WORDS
    assert (await knowledge.assessments.read(conversation))["place"]["as_said"] == "MARKED"
    chat = await knowledge.chats.at("telegram", "55512345")
    assert chat is not None
    assert (chat.address, chat.conversation) == ("55512345", conversation)
    assert [one.payload for one in await knowledge.chats.undone("telegram")] == [WORDS]
    assert (await knowledge.conversations.queue())[0].state.reasons == ("asked_for_person",)


async def test_words_moved_to_another_thread_do_not_open(knowledge: Knowledge) -> None:
    mine, theirs = await everything(knowledge), await opened(knowledge)
    async with knowledge.database.writing() as unit:
        moved = select(_kept(entries, "text")).where(
            entries.c.conversation == mine, entries.c.sequence == 2
        )
        await unit.execute(
            update(entries)
            .where(entries.c.conversation == theirs)
            .values(text=type_coerce(await unit.scalar(moved), Text))
        )
    _, thread = await knowledge.conversations.thread(theirs, reader=Reader.PERSON)
    assert [one.text for one in thread] == [UNREADABLE]


@pytest.mark.parametrize("value", [WORDS, 3, b"x"])
async def test_a_value_without_its_row_is_refused(knowledge: Knowledge, value: Any) -> None:
    conversation = await opened(knowledge)
    with pytest.raises(StatementError, match="needs of_row") as refused:
        async with knowledge.database.writing() as unit:
            await unit.execute(
                update(entries).where(entries.c.conversation == conversation).values(text=value)
            )
    assert "MARKED" not in str(refused.value)


def test_each_sealed_column_bears_its_own_name() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                assert column.type.name == f"{table.name}.{column.name}"


def test_a_value_is_not_shown_by_accident() -> None:
    assert "MARKED" not in repr(of_row(WORDS, "c1"))


@pytest.fixture
def file_of_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys in a file, in use, and looked at without a pause."""
    monkeypatch.setattr(ring_module, "LOOK_EVERY", 0)
    monkeypatch.setattr(operations, "TAKEN_BY_ALL", 0)
    path = tmp_path / "keys"
    keep(path, [Key.new("k1")])
    use(Ring.load(path))
    return path


@pytest.fixture
async def keys(file_of_keys: Path, database_url: str) -> AsyncIterator[KeyRing]:
    """The operator's hands on them: a process of its own."""
    database = Database(database_url)
    yield KeyRing(Ring.load(file_of_keys), database, database)
    await database.close()


class TestRotation:
    async def test_keys_change_while_everything_runs(
        self, knowledge: Knowledge, keys: KeyRing
    ) -> None:
        before = await everything(knowledge)
        new = await keys.rotate()
        between = await opened(knowledge)  # sealed with the new key already
        assert [rows async for rows in keys.seal_anew()]
        counts = await keys.counts()
        assert counts.pop(new.id) > 5
        assert set(counts.values()) == {0}
        await keys.drop("k1")
        for conversation in (before, between):
            await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
        found = await knowledge.chats.at("telegram", "55512345")
        assert found is not None
        assert found.conversation == before

    async def test_a_chat_is_found_in_the_middle_of_it(
        self, knowledge: Knowledge, keys: KeyRing
    ) -> None:
        await everything(knowledge)
        await keys.rotate()
        assert await knowledge.chats.at("telegram", "55512345")

    async def test_sealing_anew_twice_changes_nothing(
        self, knowledge: Knowledge, keys: KeyRing
    ) -> None:
        await everything(knowledge)
        await keys.rotate()
        assert [rows async for rows in keys.seal_anew()]
        kept = await _raw(knowledge, conversations)
        assert [rows async for rows in keys.seal_anew()]
        assert await _raw(knowledge, conversations) == kept

    async def test_a_damaged_value_does_not_stop_it(
        self, knowledge: Knowledge, keys: KeyRing
    ) -> None:
        conversation = await everything(knowledge)
        old = (await keys.counts())["k1"]
        async with knowledge.database.writing() as unit:
            await unit.execute(text("UPDATE assessments SET record = 'k1.damaged'"))
            await unit.execute(text("UPDATE updates SET payload = 'MARKED. in clear'"))
        new = await keys.rotate()
        for _ in range(2):  # and again
            assert [rows async for rows in keys.seal_anew()]
            assert keys.left == {
                ("assessments.record", "k1"): 1,
                ("updates.payload", "unknown"): 1,
            }
            assert await keys.counts() == {new.id: old - 1, "k1": 1}
        with pytest.raises(Conflict):
            await keys.drop("k1")
        await keys.drop("k1", although=1)
        _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
        assert [entry.text for entry in thread][1] == WORDS

    async def test_a_key_in_use_is_not_dropped(self, knowledge: Knowledge, keys: KeyRing) -> None:
        await everything(knowledge)
        await keys.rotate()
        for key in ("k1", "k2"):
            with pytest.raises(Conflict):
                await keys.drop(key)


async def _raw(knowledge: Knowledge, table: Table) -> list[Any]:
    """Rows as they lie on the disk."""
    async with knowledge.database.reading() as unit:
        found = await unit.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
        return [tuple(row) for row in found]  # a row itself shows long values cut


def _kept(table: Table, column: str) -> Any:
    return type_coerce(table.c[column], Text)
