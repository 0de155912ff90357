"""The only file with SQL about presence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.conversations.model import Author
from knowledge.conversations.tables import entries
from knowledge.presence.tables import presence


async def see(unit: AsyncConnection, conversation: str, at: datetime) -> None:
    """Note that a person's page was there. Raises IntegrityError for an unknown conversation."""
    here = update(presence).where(presence.c.conversation == conversation).values(seen_at=at)
    if (await unit.execute(here)).rowcount == 0:
        await unit.execute(insert(presence).values(conversation=conversation, seen_at=at))


async def signs(unit: AsyncConnection, conversations: Sequence[str]) -> dict[str, datetime]:
    """The last sign of each person: their page asking for news, or their own words."""
    pages = select(presence.c.conversation, presence.c.seen_at.label("at")).where(
        presence.c.conversation.in_(conversations)
    )
    words = (
        select(entries.c.conversation, func.max(entries.c.at, type_=entries.c.at.type).label("at"))
        .where(entries.c.conversation.in_(conversations), entries.c.author == Author.PERSON)
        .group_by(entries.c.conversation)
    )
    found: dict[str, datetime] = {}
    for query in (pages, words):
        for row in await unit.execute(query):
            found[row.conversation] = max(found.get(row.conversation, row.at), row.at)
    return found
