"""The only file with SQL about alarms."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.alarms.model import (
    LONGEST_PAUSE,
    Alarm,
    Notice,
    Step,
    is_heard,
    starts_a_clock,
)
from knowledge.alarms.tables import alarms, escalations, notices, unread
from knowledge.callbacks.tables import callbacks
from knowledge.clock import APART
from knowledge.conversations.model import Entry, Holder, Kind, Priority, State, most_serious
from knowledge.conversations.tables import conversations


async def project(unit: AsyncConnection, conversation: str, before: State, entry: Entry) -> None:
    """Bring the alarms of a conversation along with one more entry of its thread."""
    if entry.kind is Kind.HAND_OFF:
        asked = Priority(entry.details["priority"])
        ringing = [one.priority for one in await of(unit, [conversation], unheard=True)]
        if starts_a_clock(before, most_serious(*ringing), asked):
            await _raise(unit, conversation, asked, entry)
        if entry.details.get("unread"):
            message = {"conversation": conversation, "sequence": entry.details["about"]}
            await unit.execute(insert(unread).values(message))
    elif entry.kind is Kind.TRANSFERRED:  # whoever was told may be away
        await _raise(unit, conversation, before.priority or Priority.NORMAL, entry)
    elif is_heard(entry):
        await _acknowledge(unit, conversation, entry)
        await unit.execute(delete(unread).where(unread.c.conversation == conversation))


async def _raise(
    unit: AsyncConnection, conversation: str, priority: Priority, entry: Entry
) -> None:
    await unit.execute(
        insert(alarms).values(
            conversation=conversation,
            sequence=entry.sequence,
            priority=priority,
            raised_at=entry.at,
        )
    )


async def _acknowledge(unit: AsyncConnection, conversation: str, entry: Entry) -> None:
    here = update(alarms).where(alarms.c.conversation == conversation)
    await unit.execute(
        here.where(alarms.c.acknowledged_at.is_(None)).values(
            acknowledged_by=entry.by, acknowledged_at=entry.at
        )
    )
    if entry.kind is Kind.TAKEN:
        await unit.execute(here.where(alarms.c.taken_at.is_(None)).values(taken_at=entry.at))


async def of(
    unit: AsyncConnection, conversations: Sequence[str], *, unheard: bool = False
) -> list[Alarm]:
    """The alarms of these conversations, the latest first."""
    query = (
        select(alarms)
        .where(alarms.c.conversation.in_(conversations))
        .order_by(alarms.c.sequence.desc())
    )
    if unheard:
        query = query.where(alarms.c.acknowledged_at.is_(None))
    return [_alarm(row) for row in await unit.execute(query)]


async def ringing(unit: AsyncConnection) -> list[Alarm]:
    """Every alarm that nobody has acknowledged."""
    query = select(alarms).where(alarms.c.acknowledged_at.is_(None))
    return [_alarm(row) for row in await unit.execute(query.order_by(alarms.c.raised_at))]


async def unread_messages(unit: AsyncConnection, most: int) -> list[tuple[str, int]]:
    """Conversation and sequence of messages that nobody has read, the recogniser neither."""
    query = select(unread).order_by(unread.c.conversation, unread.c.sequence).limit(most)
    return [(row.conversation, row.sequence) for row in await unit.execute(query)]


async def was_read(unit: AsyncConnection, conversation: str, sequence: int) -> None:
    """The recogniser has read a message."""
    here = unread.c.conversation == conversation, unread.c.sequence == sequence
    await unit.execute(delete(unread).where(*here))


async def left_waiting(unit: AsyncConnection, now: datetime) -> list[Alarm]:
    """The alarms of people in danger that were acknowledged while nobody took the conversation.

    Not where a call-back is agreed on, until its time is over: then they know when somebody comes.
    """
    agreed = select(callbacks.c.conversation).where(
        callbacks.c.outcome.in_(("open", "begun")), callbacks.c.end > now
    )
    query = (
        select(alarms)
        .join(conversations, conversations.c.id == alarms.c.conversation)
        .where(
            alarms.c.acknowledged_at.is_not(None),
            alarms.c.taken_at.is_(None),
            alarms.c.priority.in_((Priority.URGENT, Priority.EMERGENCY)),
            conversations.c.holder == Holder.WAITING,
            alarms.c.conversation.not_in(agreed),
        )
    )
    return [_alarm(row) for row in await unit.execute(query.order_by(alarms.c.raised_at))]


async def raised_between(unit: AsyncConnection, start: datetime, end: datetime) -> list[Alarm]:
    """The alarms of a time."""
    query = select(alarms).where(alarms.c.raised_at >= start, alarms.c.raised_at < end)
    return [_alarm(row) for row in await unit.execute(query.order_by(alarms.c.raised_at))]


async def went_up(unit: AsyncConnection, alarm: Alarm, step: Step, at: datetime) -> bool:
    """Note that an alarm goes up for a reason; False when it did before, or the reason is gone.

    The caller holds the lock of the conversation: of several processes that see it, one goes on.
    """
    done = alarms.c.taken_at if step is Step.NOBODY_TOOK_IT else alarms.c.acknowledged_at
    heard = await unit.scalar(select(done).where(*_is(alarm)))
    before = await unit.scalar(
        select(escalations.c.at).where(
            escalations.c.conversation == alarm.conversation,
            escalations.c.sequence == alarm.sequence,
            escalations.c.step == step,
        )
    )
    if heard is not None or before is not None:
        return False
    await unit.execute(update(alarms).where(*_is(alarm)).values(went_up_at=at))
    await unit.execute(
        insert(escalations).values(
            conversation=alarm.conversation, sequence=alarm.sequence, step=step, at=at
        )
    )
    return True


async def gone_up(unit: AsyncConnection) -> set[tuple[str, int, str]]:
    """What went up already of the alarms that nobody took."""
    query = select(escalations).join(
        alarms,
        (alarms.c.conversation == escalations.c.conversation)
        & (alarms.c.sequence == escalations.c.sequence),
    )
    rows = await unit.execute(query.where(alarms.c.taken_at.is_(None)))
    return {(row.conversation, row.sequence, row.step) for row in rows}


async def add_notices(unit: AsyncConnection, made: Sequence[Notice], at: datetime) -> None:
    """Keep notices to be sent from now on."""
    for one in made:
        await unit.execute(
            insert(notices).values(
                id=one.id,
                step=one.step,
                way=one.way,
                recipient=one.to,
                made_at=at,
                next_try_at=at,
                tries=0,
            )
        )


async def any_notice(unit: AsyncConnection, now: datetime, way: str | None) -> bool:
    """Whether a notice is due; with a way, one that goes by it."""
    due = select(notices.c.id).where(_is_due(now, way)).limit(1)
    return await unit.scalar(due) is not None


async def next_notice(
    unit: AsyncConnection, now: datetime, back_at: datetime, way: str | None
) -> Notice | None:
    """Take one notice in hand, of this way if one is given; nobody else is given it before
    ``back_at``."""
    due = (
        select(notices)
        .where(_is_due(now, way))
        .order_by(notices.c.next_try_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await unit.execute(due)).first()
    if row is None:
        return None
    await unit.execute(
        update(notices)
        .where(notices.c.id == row.id)
        .values(next_try_at=back_at, tries=row.tries + 1)
    )
    return Notice(
        id=row.id, step=Step(row.step), way=row.way, to=row.recipient, tries=row.tries + 1
    )


async def change_notice(unit: AsyncConnection, notice: str, **values: datetime | None) -> None:
    """Note how it went with a notice."""
    await unit.execute(update(notices).where(notices.c.id == notice).values(**values))


def _is_due(now: datetime, way: str | None) -> ColumnElement[bool]:
    """No pause is as long as that: the clock was set back since."""
    at = notices.c.next_try_at
    due = or_(at <= now, at > now + LONGEST_PAUSE + APART)
    return due if way is None else and_(due, notices.c.way == way)


def _is(alarm: Alarm) -> tuple[Any, Any]:
    return alarms.c.conversation == alarm.conversation, alarms.c.sequence == alarm.sequence


def _alarm(row: Row[*tuple[Any, ...]]) -> Alarm:
    return Alarm(
        conversation=row.conversation,
        sequence=row.sequence,
        priority=Priority(row.priority),
        raised_at=row.raised_at,
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=row.acknowledged_at,
        taken_at=row.taken_at,
        went_up_at=row.went_up_at,
    )
