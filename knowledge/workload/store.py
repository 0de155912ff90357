"""The only file with SQL about figures of the desk."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.conversations.model import Kind
from knowledge.conversations.tables import entries


async def outcomes(unit: AsyncConnection, start: datetime, end: datetime) -> Counter[str]:
    """With which outcomes conversations were closed in a time."""
    query = select(entries.c.details).where(
        entries.c.kind == Kind.CLOSED, entries.c.at >= start, entries.c.at < end
    )
    found = [row.details.get("outcome") for row in await unit.execute(query)]
    return Counter(str(one) for one in found if one)
