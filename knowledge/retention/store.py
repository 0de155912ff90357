"""The only file with SQL about what is due to be deleted, and what is on hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.assessment.tables import assessments
from knowledge.chats.tables import updates
from knowledge.conversations.model import Author, Holder
from knowledge.conversations.model import Kind as EntryKind
from knowledge.conversations.tables import conversations, entries
from knowledge.errors import Held
from knowledge.retention.model import Counted, Hold, Kind
from knowledge.retention.tables import counted as clock
from knowledge.retention.tables import holds
from knowledge.retention.tables import to_forget as to_forget_
from knowledge.sealing.columns import of_row

ONLY = 1  # the row's id
UNKNOWN = ""  # of a record that doesn't open


async def counted(unit: AsyncConnection) -> Counted | None:
    """How far the rules have counted; None before the first run."""
    row = (await unit.execute(select(clock))).first()
    return None if row is None else Counted(seen=row.seen, until=row.until)


async def count(unit: AsyncConnection, now: Counted) -> None:
    """Keep how far they have."""
    done = await unit.execute(update(clock).values(seen=now.seen, until=now.until))
    if done.rowcount == 0:
        await unit.execute(insert(clock).values(id=ONLY, seen=now.seen, until=now.until))


async def due(
    unit: AsyncConnection, kind: Kind, before: datetime, most: int, after: str = ""
) -> list[str]:
    """Conversations of a kind whose time is over, by id, from an id on.

    What is on hold is never among them; what waits for a person is a CASE, as what somebody took.
    ABANDONED and SIGNPOSTING are one kind here: only the sealed record tells them apart.
    """
    query = select(conversations.c.id).where(
        ~exists().where(holds.c.conversation == conversations.c.id)
    )
    query = _of_kind(query, kind, before).where(conversations.c.id > after)
    found = await unit.scalars(query.order_by(conversations.c.id).limit(most))
    return list(found.all())


async def statuses(unit: AsyncConnection, ids: list[str]) -> dict[str, str]:
    """How far the questions got in each of these conversations; UNKNOWN if it can't be opened."""
    query = select(assessments.c.conversation, assessments.c.record).where(
        assessments.c.conversation.in_(ids)
    )
    return {
        row.conversation: row.record["status"] if row.record else UNKNOWN
        for row in await unit.execute(query)
    }


async def put_on_hold(unit: AsyncConnection, conversation: str, hold: Hold) -> None:
    """Keep a hold in place of the one before."""
    await release(unit, conversation)
    await unit.execute(
        insert(holds).values(
            conversation=conversation,
            reason=of_row(hold.reason, conversation),
            by=hold.by,
            at=hold.at,
        )
    )


async def release(unit: AsyncConnection, conversation: str) -> bool:
    """Take a hold away; False when there was none."""
    done = await unit.execute(delete(holds).where(holds.c.conversation == conversation))
    return done.rowcount == 1


async def hold_of(unit: AsyncConnection, conversation: str) -> Hold | None:
    """The hold on a conversation, if there is one."""
    row = (await unit.execute(select(holds).where(holds.c.conversation == conversation))).first()
    return None if row is None else Hold(reason=row.reason, by=row.by, at=row.at)


async def check_hold(unit: AsyncConnection, conversation: str) -> None:
    """Raises Held for a conversation that must stay."""
    if await hold_of(unit, conversation) is not None:
        raise Held(conversation)


async def must_forget(unit: AsyncConnection, conversation: str, due: datetime) -> None:
    """Note that what is erased must be forgotten, and from when on doing so is enough."""
    await unit.execute(insert(to_forget_).values(conversation=conversation, due=due))


async def to_forget(unit: AsyncConnection, now: datetime) -> list[str]:
    """Those for which it is enough now, who waits longest first."""
    query = select(to_forget_.c.conversation).where(to_forget_.c.due <= now)
    return list((await unit.scalars(query.order_by(to_forget_.c.due))).all())


async def forgotten(unit: AsyncConnection, conversation: str, now: datetime | None) -> bool:
    """Take a note away, None: also before its time; False when it is still needed."""
    mine = to_forget_.c.conversation == conversation
    is_enough = mine if now is None else and_(mine, to_forget_.c.due <= now)
    await unit.execute(delete(to_forget_).where(is_enough))
    return await unit.scalar(select(to_forget_.c.conversation).where(mine)) is None


async def empty_set_aside(unit: AsyncConnection, before: datetime) -> int:
    """Forget what updates held that nobody could work off since this moment."""
    done = await unit.execute(
        update(updates)
        .where(updates.c.payload.is_not(None), updates.c.at < before)
        .values(payload=None, address=None)
    )
    return done.rowcount


def _of_kind(query: Select[Any], kind: Kind, before: datetime) -> Select[Any]:
    spoke = _has(author=Author.PERSON)
    in_nobodys_hands = conversations.c.holder.in_([Holder.ASSISTANT, Holder.NOBODY])
    is_case = _has(kind=EntryKind.TAKEN) | ~in_nobodys_hands
    mine = entries.c.conversation == conversations.c.id
    last = select(func.max(entries.c.at)).where(mine).scalar_subquery()
    if kind is Kind.SILENT:
        return query.where(~spoke, ~is_case, conversations.c.opened_at < before)
    if kind is Kind.CASE:
        return query.where(is_case, last < before)
    return query.where(spoke, ~is_case, last < before)


def _has(**columns: str) -> ColumnElement[bool]:
    mine = [entries.c.conversation == conversations.c.id]
    return exists().where(and_(*mine, *(entries.c[one] == is_ for one, is_ in columns.items())))
