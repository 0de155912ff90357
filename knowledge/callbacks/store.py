"""The only file with SQL about call-backs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.callbacks.model import AHEAD, Callback, Outcome
from knowledge.callbacks.tables import callbacks
from knowledge.contact.model import Way
from knowledge.errors import NotFound


async def add(unit: AsyncConnection, made: Callback) -> None:
    """Keep a new call-back."""
    await unit.execute(insert(callbacks).values(**vars(made)))


async def change(unit: AsyncConnection, callback: str, **values: Any) -> None:
    """Note what became of a call-back."""
    await unit.execute(update(callbacks).where(callbacks.c.id == callback).values(**values))


async def get(unit: AsyncConnection, callback: str) -> Callback:
    """One call-back. Raises NotFound."""
    found = await _all(unit, select(callbacks).where(callbacks.c.id == callback))
    if not found:
        raise NotFound(callback)
    return found[0]


async def of(unit: AsyncConnection, conversations: Sequence[str]) -> list[Callback]:
    """The call-backs of these conversations, the earliest first."""
    return await _all(unit, select(callbacks).where(callbacks.c.conversation.in_(conversations)))


async def due(unit: AsyncConnection, now: datetime) -> list[Callback]:
    """Those that should happen now, or should have happened."""
    query = select(callbacks).where(callbacks.c.outcome.in_(AHEAD), callbacks.c.start <= now)
    return await _all(unit, query)


async def ended_between(unit: AsyncConnection, start: datetime, end: datetime) -> list[Callback]:
    """Those whose time was over between these moments."""
    return await _all(
        unit, select(callbacks).where(callbacks.c.end >= start, callbacks.c.end < end)
    )


async def _all(unit: AsyncConnection, query: Select[Any]) -> list[Callback]:
    return [_callback(row) for row in await unit.execute(query.order_by(callbacks.c.start))]


def _callback(row: Row[*tuple[Any, ...]]) -> Callback:
    return Callback(
        id=row.id,
        conversation=row.conversation,
        way=Way(row.way),
        start=row.start,
        end=row.end,
        made_at=row.made_at,
        begun_at=row.begun_at,
        outcome=Outcome(row.outcome),
        done_by=row.done_by,
        done_at=row.done_at,
    )
