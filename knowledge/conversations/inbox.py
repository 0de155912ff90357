"""The SQL about messages that wait for their answer, and which process sees to them."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.conversations.model import Entry
from knowledge.conversations.store import entry_of
from knowledge.conversations.tables import entries, inbox

# Made once: making a statement costs more than running it (as in store.py).
_OLDEST = (
    select(entries, inbox.c.owner)
    .join(
        inbox,
        (inbox.c.conversation == entries.c.conversation)
        & (inbox.c.sequence == entries.c.sequence),
    )
    .where(entries.c.conversation == bindparam("of"))
    .order_by(entries.c.sequence)
    .limit(1)
)


async def put(unit: AsyncConnection, conversation: str, sequence: int, owner: str) -> None:
    """Note that a message waits for its answer.

    It is its owner's unless an older one waits: whoever sees to that one comes to this as well.
    The conversation must be locked (``store.append`` does it).
    """
    older = await unit.scalar(
        select(inbox.c.sequence).where(inbox.c.conversation == conversation).limit(1)
    )
    await unit.execute(
        insert(inbox).values(
            conversation=conversation, sequence=sequence, owner=owner if older is None else None
        )
    )


async def take(unit: AsyncConnection, conversation: str, sequence: int, owner: str) -> bool:
    """Note that a message has its answer; False when it is not (or no longer) its owner's."""
    done = await unit.execute(
        delete(inbox).where(
            inbox.c.conversation == conversation,
            inbox.c.sequence == sequence,
            inbox.c.owner == owner,
        )
    )
    return done.rowcount == 1


async def oldest(unit: AsyncConnection, conversation: str) -> tuple[Entry, str | None] | None:
    """The oldest message of a conversation that waits for its answer, and whose it is."""
    row = (await unit.execute(_OLDEST, {"of": conversation})).first()
    return None if row is None else (entry_of(row), row.owner)


async def take_over(
    unit: AsyncConnection, conversation: str, sequence: int, before: str | None, owner: str
) -> bool:
    """Make a waiting message another owner's; False when somebody was faster."""
    done = await unit.execute(
        update(inbox)
        .where(
            inbox.c.conversation == conversation,
            inbox.c.sequence == sequence,
            inbox.c.owner.is_not_distinct_from(before),
        )
        .values(owner=owner)
    )
    return done.rowcount == 1


async def conversations(unit: AsyncConnection, seen_to_by: Collection[str] = ()) -> list[str]:
    """The conversations that have messages without an answer, but for those of these owners."""
    query = select(inbox.c.conversation).distinct()
    if seen_to_by:
        others = inbox.alias()
        owned = exists().where(
            others.c.conversation == inbox.c.conversation, others.c.owner.in_(seen_to_by)
        )
        query = query.where(~owned)
    return [str(row.conversation) for row in await unit.execute(query)]
