"""The only file with SQL about phrases."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.returning.tables import return_phrases


async def keep(unit: AsyncConnection, conversation: str, phrase_hash: str, at: datetime) -> None:
    """Keep a phrase's hash in place of the one before."""
    await unit.execute(delete(return_phrases).where(return_phrases.c.conversation == conversation))
    await unit.execute(
        insert(return_phrases).values(
            conversation=conversation, phrase_hash=phrase_hash, made_at=at
        )
    )


async def conversation_of(unit: AsyncConnection, phrase_hash: str) -> str | None:
    """The conversation that a phrase opens, if any."""
    found: str | None = await unit.scalar(
        select(return_phrases.c.conversation).where(return_phrases.c.phrase_hash == phrase_hash)
    )
    return found
