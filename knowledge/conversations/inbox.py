"""The SQL about messages that wait for their answer, and which process sees to them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    Integer,
    String,
    bindparam,
    case,
    delete,
    exists,
    insert,
    null,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.conversations.model import Entry, Holder
from knowledge.conversations.store import entry_of
from knowledge.conversations.tables import conversations as threads
from knowledge.conversations.tables import entries, inbox

# Made once: making a statement costs more than running it (as in store.py).
_OLDEST = (
    select(entries, inbox.c.owner, threads.c.channel, threads.c.holder)
    .join(
        inbox,
        (inbox.c.conversation == entries.c.conversation)
        & (inbox.c.sequence == entries.c.sequence),
    )
    .join(threads, threads.c.id == entries.c.conversation)
    .where(entries.c.conversation == bindparam("of"))
    .order_by(entries.c.sequence)
    .limit(1)
)
_older = inbox.alias()
_PUT = insert(inbox).from_select(
    ["conversation", "sequence", "owner"],
    select(
        bindparam("of", type_=String),
        bindparam("at", type_=Integer),
        case(
            (exists().where(_older.c.conversation == bindparam("of")), null()),
            else_=bindparam("whose", type_=String),
        ),
    ),
)
_TAKE = delete(inbox).where(
    inbox.c.conversation == bindparam("of"),
    inbox.c.sequence == bindparam("at"),
    inbox.c.owner == bindparam("whose"),
)


async def put(unit: AsyncConnection, conversation: str, sequence: int, owner: str) -> None:
    """Note that a message waits for its answer.

    It is its owner's unless an older one waits: whoever sees to that one comes to this as well.
    The conversation must be locked (``store.append`` does it).
    """
    await unit.execute(_PUT, {"of": conversation, "at": sequence, "whose": owner})


async def take(unit: AsyncConnection, conversation: str, sequence: int, owner: str) -> bool:
    """Note that a message has its answer; False when it is not (or no longer) its owner's."""
    done = await unit.execute(_TAKE, {"of": conversation, "at": sequence, "whose": owner})
    return done.rowcount == 1


@dataclass(frozen=True)
class Waiting:
    """A message that waits for its answer, and what must be known to answer it."""

    entry: Entry
    owner: str | None
    channel: str
    holder: Holder


async def oldest(unit: AsyncConnection, conversation: str) -> Waiting | None:
    """The oldest message of a conversation that waits for its answer."""
    row = (await unit.execute(_OLDEST, {"of": conversation})).first()
    if row is None:
        return None
    return Waiting(entry_of(row), row.owner, row.channel, Holder(row.holder))


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
