"""The only file with SQL about marks."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.conversations.model import Kind
from knowledge.conversations.tables import entries


async def marked_conversations(unit: AsyncConnection) -> list[str]:
    """Every conversation in which something was marked."""
    query = select(entries.c.conversation).where(entries.c.kind == Kind.MARKED).distinct()
    return [str(row.conversation) for row in await unit.execute(query.order_by("conversation"))]
