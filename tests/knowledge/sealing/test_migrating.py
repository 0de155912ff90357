"""What was kept in clear is sealed by this step, and comes back when the step is undone."""

import asyncio
from typing import Any

from alembic import command
from sqlalchemy import text

from knowledge.conversations.model import Reader
from knowledge.database import Database
from knowledge.migrating import migrate, migration_config
from knowledge.opening import open_knowledge
from tests.keys import everything

BEFORE = "0008_audit"


def test_there_and_back_again(database_url: str) -> None:
    conversation = asyncio.run(_told(database_url))
    command.downgrade(migration_config(database_url), BEFORE)
    try:
        clear = asyncio.run(_rows(database_url))
        assert all(word in clear for word in ("MARKED he followed", "stevenage", "55512345"))
    finally:
        migrate(database_url)
    sealed = asyncio.run(_rows(database_url))
    assert not any(word in sealed for word in ("MARKED", "stevenage", "55512345"))
    asyncio.run(_reads(database_url, conversation))


async def _told(url: str) -> str:
    knowledge = open_knowledge(url)
    try:
        return await everything(knowledge)
    finally:
        await knowledge.database.close()


async def _reads(url: str, conversation: str) -> None:
    knowledge = open_knowledge(url)
    try:
        _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
        assert thread[1].text == "MARKED he followed me home"
        record = await knowledge.assessments.read(conversation)
        assert record["place"]["district"] == "stevenage"
        chat = await knowledge.chats.at("telegram", "55512345")
        assert chat is not None
        assert chat.conversation == conversation
    finally:
        await knowledge.database.close()


async def _rows(url: str) -> str:
    database = Database(url)
    kept: list[Any] = []
    async with database.reading() as unit:
        for table in ("entries", "conversations", "assessments", "updates", "chats"):
            found = await unit.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            kept += [tuple(row) for row in found]
    await database.close()
    return str(kept)
