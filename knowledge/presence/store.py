"""The only file with SQL about presence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.clock import APART
from knowledge.conversations.model import Author
from knowledge.conversations.tables import entries
from knowledge.presence.tables import presence


async def see(unit: AsyncConnection, conversation: str, at: datetime) -> None:
    """Note that a person's page was there. Raises IntegrityError for an unknown conversation."""
    here = update(presence).where(presence.c.conversation == conversation).values(seen_at=at)
    if (await unit.execute(here)).rowcount == 0:
        await unit.execute(insert(presence).values(conversation=conversation, seen_at=at))


async def signs(
    unit: AsyncConnection, conversations: Sequence[str], now: datetime
) -> dict[str, datetime]:
    """The last sign of each person: their page asking for news, or their own words.

    One of the future is from before the clock was set back: it counts where there is no other.
    """
    pages = select(presence.c.conversation, presence.c.seen_at.label("at")).where(
        presence.c.conversation.in_(conversations)
    )
    words = (
        select(entries.c.conversation, func.max(entries.c.at, type_=entries.c.at.type).label("at"))
        .where(entries.c.conversation.in_(conversations), entries.c.author == Author.PERSON)
        .group_by(entries.c.conversation)
    )
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for query in (pages, words):
        for row in await unit.execute(query):
            found[row.conversation].append(row.at)
    known = now + APART
    return {one: max([at for at in all_ if at <= known] or all_) for one, all_ in found.items()}
