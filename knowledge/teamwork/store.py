"""The only file with SQL about how far everybody has come, and who has what open."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.chats.tables import chats
from knowledge.conversations.model import Author, Holder, Kind
from knowledge.conversations.tables import conversations, entries
from knowledge.teamwork.model import PERSON, Mark
from knowledge.teamwork.tables import readers


async def mark_of(unit: AsyncConnection, conversation: str, reader: str) -> Mark | None:
    """How far one reader has come, None when nothing was noted."""
    query = select(readers.c.delivered, readers.c.read).where(
        readers.c.conversation == conversation, readers.c.reader == reader
    )
    row = (await unit.execute(query)).first()
    return None if row is None else Mark(row.delivered, row.read)


async def keep_mark(unit: AsyncConnection, conversation: str, reader: str, mark: Mark) -> None:
    """Keep how far a reader has come."""
    values = {"delivered": mark.delivered, "read": mark.read}
    done = await unit.execute(
        update(readers)
        .where(readers.c.conversation == conversation, readers.c.reader == reader)
        .values(**values)
    )
    if done.rowcount == 0:
        row = {"conversation": conversation, "reader": reader, **values}
        await unit.execute(insert(readers).values(**row))


async def read_by_team(unit: AsyncConnection, conversation: str) -> int:
    """Up to which sequence anybody but the person has read."""
    query = select(func.max(readers.c.read)).where(
        readers.c.conversation == conversation, readers.c.reader != PERSON
    )
    return int(await unit.scalar(query) or 0)


async def last_sequence(unit: AsyncConnection, conversation: str) -> int | None:
    """The last sequence of a thread, None for an unknown conversation."""
    query = select(conversations.c.last_sequence).where(conversations.c.id == conversation)
    found = await unit.scalar(query)
    return None if found is None else int(found)


async def brought_by_messenger(unit: AsyncConnection, conversation: str) -> int:
    """Up to which sequence a messenger brought the thread to its chat; 0 without one."""
    query = select(chats.c.delivered).where(chats.c.conversation == conversation)
    return int(await unit.scalar(query) or 0)


async def open_at_the_desk(
    unit: AsyncConnection, coordinator: str
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What somebody holds, and what others of the team hold or passed on: id, holder, priority."""
    passed_on = select(entries.c.conversation).where(
        entries.c.kind.in_([Kind.TRANSFERRED, Kind.JOINED])
    )
    query = select(conversations.c.id, conversations.c.held_by, conversations.c.priority).where(
        (conversations.c.held_by == coordinator)
        | and_(
            conversations.c.holder.in_([Holder.WAITING, Holder.COORDINATOR]),
            conversations.c.id.in_(passed_on),
        )
    )
    return (await unit.execute(query)).all()


async def unread(unit: AsyncConnection, conversation: str, after: int) -> int:
    """How many messages of the person came after a sequence."""
    query = select(func.count()).where(
        entries.c.conversation == conversation,
        entries.c.author == Author.PERSON,
        entries.c.kind == Kind.SAID,
        entries.c.sequence > after,
    )
    return int(await unit.scalar(query.select_from(entries)) or 0)
